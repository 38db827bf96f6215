package io.troupe.executor.block;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A process's own folder for spilled data. It holds a lock for as long as the process lives, so
/// that a later process can tell folders of the living from leftovers of the dead and remove those.
public final class ScratchFolder implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ScratchFolder.class);
    private static final String PREFIX = "troupe-scratch-";
    private static final String LOCK = "lock";

    private final Path path;
    private final FileChannel lockFile;
    private final FileLock lock;

    private ScratchFolder(Path path, FileChannel lockFile, FileLock lock) {
        this.path = path;
        this.lockFile = lockFile;
        this.lock = lock;
    }

    /// Makes a fresh folder and removes those that dead processes left beside it.
    ///
    /// @param parent an existing folder, or one that can be made
    /// @throws IOException naming the folder, if it cannot be written
    public static ScratchFolder create(Path parent) throws IOException {
        try {
            Files.createDirectories(parent);
            removeLeftovers(parent);
            Path path = Files.createTempDirectory(parent, PREFIX);
            FileChannel file =
                    FileChannel.open(
                            path.resolve(LOCK),
                            StandardOpenOption.CREATE_NEW,
                            StandardOpenOption.WRITE);
            return new ScratchFolder(path, file, file.lock());
        } catch (IOException e) {
            throw new IOException(
                    "cannot use "
                            + parent
                            + " for spilled data: "
                            + e.getMessage()
                            + "; set spark.local.dir to a folder that can be written",
                    e);
        }
    }

    /// The folder.
    public Path path() {
        return path;
    }

    private static void removeLeftovers(Path parent) throws IOException {
        try (DirectoryStream<Path> folders = Files.newDirectoryStream(parent, PREFIX + "*")) {
            for (Path folder : folders) {
                if (isAbandoned(folder)) {
                    delete(folder);
                }
            }
        }
    }

    private static boolean isAbandoned(Path folder) {
        Path lock = folder.resolve(LOCK);
        if (!Files.exists(lock)) {
            return false;
        }
        try (FileChannel file = FileChannel.open(lock, StandardOpenOption.WRITE);
                FileLock taken = file.tryLock()) {
            return taken != null;
        } catch (IOException | OverlappingFileLockException e) {
            LOG.debug("scratch folder {} is in use: {}", folder, e.getMessage());
            return false;
        }
    }

    private static void delete(Path folder) {
        try (Stream<Path> paths = Files.walk(folder)) {
            List<Path> deepestFirst = paths.sorted(Comparator.reverseOrder()).toList();
            for (Path path : deepestFirst) {
                Files.deleteIfExists(path);
            }
        } catch (IOException e) {
            LOG.warn("cannot remove scratch folder {}: {}", folder, e.getMessage());
        }
    }

    @Override
    public void close() throws IOException {
        lock.release();
        lockFile.close();
        delete(path);
    }
}
