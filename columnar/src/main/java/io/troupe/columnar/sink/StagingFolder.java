package io.troupe.columnar.sink;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/// The folder inside an output path in which a job's files lie until they count. Its driver holds
/// the lock of a file in it, which the operating system frees when the process ends, however it
/// ends: a folder whose lock is free belongs to nobody, and the next write to the path removes it.
final class StagingFolder implements AutoCloseable {
    static final String PREFIX = "_temporary-";
    private static final String LOCK = "driver.lock";

    /// Holds the files that a commit replaces, until the new ones are in place.
    private static final String ASIDE = "earlier";

    /// This process's folders. Their lock files are never opened a second time: closing any channel
    /// of a file gives up all locks that the process holds on it.
    private static final Set<Path> OWN = ConcurrentHashMap.newKeySet();

    private final Path path;
    private final FileChannel lock;

    private StagingFolder(Path path, FileChannel lock) {
        this.path = path;
        this.lock = lock;
    }

    /// Makes a folder of its own inside the target, which is made if it is missing.
    static StagingFolder make(Path target) throws IOException {
        Path path = target.resolve(PREFIX + UUID.randomUUID());
        OWN.add(path.getFileName());
        Files.createDirectories(path);
        // The lock is taken under another name: a lock file that nobody holds is an abandoned
        // one's.
        Path unnamed = path.resolve(LOCK + ".new");
        FileChannel channel =
                FileChannel.open(unnamed, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        try {
            channel.lock();
            Files.move(unnamed, path.resolve(LOCK));
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
        return new StagingFolder(path, channel);
    }

    /// Removes the staging folders of drivers that have ended. One that still holds the files which
    /// an interrupted commit put aside stays: they may be the only copy.
    static void removeAbandoned(Path target) throws IOException {
        try (DirectoryStream<Path> found = Files.newDirectoryStream(target, PREFIX + "*")) {
            for (Path folder : found) {
                if (!Files.exists(folder.resolve(ASIDE)) && isAbandoned(folder)) {
                    FolderTree.delete(folder);
                }
            }
        }
    }

    private static boolean isAbandoned(Path folder) throws IOException {
        if (OWN.contains(folder.getFileName())) {
            return false;
        }
        try (FileChannel channel =
                        FileChannel.open(folder.resolve(LOCK), StandardOpenOption.WRITE);
                FileLock free = channel.tryLock()) {
            return free != null;
        } catch (NoSuchFileException e) {
            return false;
        }
    }

    Path path() {
        return path;
    }

    Path aside() {
        return path.resolve(ASIDE);
    }

    /// Removes the folder with all that is in it.
    @Override
    public void close() {
        try {
            lock.close();
            FolderTree.delete(path);
            OWN.remove(path.getFileName());
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
