package io.troupe.executor.block;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The folders, best on several disks, in which a process puts what it has no memory for. A folder
/// that cannot be written is left alone for a while, and the others take its share. Safe for many
/// threads.
public final class ScratchFolders implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ScratchFolders.class);
    private static final long AVOID_NANOS = TimeUnit.SECONDS.toNanos(60);

    private final List<ScratchFolder> folders;

    /// When a folder last failed, by [System#nanoTime()].
    private final Map<Path, Long> failures = new ConcurrentHashMap<>();

    private ScratchFolders(List<ScratchFolder> folders) {
        this.folders = folders;
    }

    /// Something that is written into a folder.
    @FunctionalInterface
    interface Writing<T> {
        T into(Path folder) throws IOException;
    }

    /// Makes a folder in each parent that can be written.
    ///
    /// @param parents existing folders, or ones that can be made
    /// @throws IOException naming the folders, if none can be written
    public static ScratchFolders create(List<Path> parents) throws IOException {
        List<ScratchFolder> made = new ArrayList<>();
        IOException first = null;
        for (Path parent : parents) {
            try {
                made.add(ScratchFolder.create(parent));
            } catch (IOException e) {
                LOG.warn("{}", e.getMessage());
                first = first == null ? e : first;
            }
        }
        if (made.isEmpty()) {
            throw first == null ? new IOException("no folder for spilled data is given") : first;
        }
        return new ScratchFolders(List.copyOf(made));
    }

    /// The folder to write to next: of those that did not fail of late the one with most room.
    public Path next() {
        return byPreference().getFirst();
    }

    private List<Path> byPreference() {
        if (folders.size() == 1) {
            return List.of(folders.getFirst().path());
        }
        long now = System.nanoTime();
        Map<Path, Long> room = new LinkedHashMap<>();
        for (ScratchFolder folder : folders) {
            Long failed = failures.get(folder.path());
            boolean avoid = failed != null && now - failed < AVOID_NANOS;
            room.put(folder.path(), avoid ? -1 : usable(folder.path()));
        }
        return room.entrySet().stream()
                .sorted(Map.Entry.comparingByValue(Comparator.reverseOrder()))
                .map(Map.Entry::getKey)
                .toList();
    }

    private static long usable(Path folder) {
        try {
            return Files.getFileStore(folder).getUsableSpace();
        } catch (IOException e) {
            LOG.debug("no room is known of {}: {}", folder, e.getMessage());
            return 0;
        }
    }

    /// Writes into one folder; when that fails, into the next.
    ///
    /// @throws ScratchException if all fail
    <T> T write(Writing<T> writing) throws ScratchException {
        IOException last = null;
        Path tried = null;
        for (Path folder : byPreference()) {
            try {
                return writing.into(folder);
            } catch (IOException e) {
                tell(folder, e);
                tried = folder;
                last = e;
            }
        }
        throw new ScratchException(tried, last);
    }

    /// One line per folder and minute: a full disk refuses every write.
    private void tell(Path folder, IOException e) {
        long now = System.nanoTime();
        Long before = failures.put(folder, now);
        if (before == null || now - before >= AVOID_NANOS) {
            LOG.warn("cannot write spilled data to {}: {}", folder, e.getMessage());
        }
    }

    @Override
    public void close() throws IOException {
        for (ScratchFolder folder : folders) {
            folder.close();
        }
    }
}
