package io.troupe.driver.eventlog;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// Where event logs lie, and how many are kept. The log of a running application is locked by its
/// writer, and never taken away.
///
/// @param path the folder
/// @param chosen whether the user asked for it, and then wants an error when it cannot be written
public record LogFolder(Path path, boolean chosen) {
    static final String SUFFIX = ".jsonl";

    /// The older part of a log that grew too large for one file.
    static final String OLDER_PART = ".1";

    private static final int MOST_LOGS = 200;
    private static final long MOST_BYTES = 2L << 30;
    private static final Duration LONGEST = Duration.ofDays(30);
    private static final int MOST_NAMES = 1000;

    /// A log file that is open for writing, and locked.
    record Open(Path file, FileChannel channel) {}

    /// `spark.eventLog.dir`, else the user's own folder for such things.
    public static LogFolder of(Map<String, String> conf, Map<String, String> environment) {
        String set = conf.get("spark.eventLog.dir");
        if (set != null && !set.isBlank()) {
            return new LogFolder(
                    Path.of(set.startsWith("file:") ? set.replaceFirst("^file:/*", "/") : set),
                    true);
        }
        return new LogFolder(base(environment).resolve("troupe").resolve("events"), false);
    }

    private static Path base(Map<String, String> environment) {
        String state = environment.get("XDG_STATE_HOME");
        if (state != null && state.startsWith("/")) {
            return Path.of(state);
        }
        String windows = environment.get("LOCALAPPDATA");
        return windows != null
                ? Path.of(windows)
                : Path.of(System.getProperty("user.home"), ".local", "state");
    }

    /// Makes the folder, for its user alone, unless it is there.
    ///
    /// @throws IOException naming the folder, if it cannot be made or written
    public void prepare() throws IOException {
        try {
            if (!Files.isDirectory(path)) {
                Files.createDirectories(path);
                if (Files.getFileStore(path).supportsFileAttributeView("posix")) {
                    Files.setPosixFilePermissions(
                            path, PosixFilePermissions.fromString("rwx------"));
                }
            }
            if (!Files.isWritable(path)) {
                throw new IOException("it is not writable");
            }
        } catch (IOException e) {
            throw new IOException(
                    "cannot write the event log to "
                            + path
                            + ": "
                            + e
                            + "; set spark.eventLog.dir to a folder that can be written, or spark.eventLog.enabled to false",
                    e);
        }
    }

    /// Starts a file for the application; its name gets a number when it is taken.
    Open open(String application) throws IOException {
        prepare();
        for (int number = 1; number <= MOST_NAMES; number++) {
            String name = application + (number == 1 ? "" : "-" + number) + SUFFIX;
            try {
                return open(path.resolve(name));
            } catch (FileAlreadyExistsException _) {
                // Another application of this name began in the same millisecond, or long ago.
            }
        }
        throw new IOException(
                "there are " + MOST_NAMES + " logs of " + application + " in " + path);
    }

    static Open open(Path file) throws IOException {
        FileChannel channel =
                FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        channel.tryLock();
        return new Open(file, channel);
    }

    private record Log(Path file, Instant modified, long bytes) {}

    /// Takes away the oldest logs beyond the number, the bytes and the age that are kept.
    void forgetOld() throws IOException {
        List<Log> logs = new ArrayList<>();
        try (Stream<Path> files = Files.list(path)) {
            for (Path file : files.filter(f -> f.toString().endsWith(SUFFIX)).toList()) {
                try {
                    logs.add(
                            new Log(
                                    file,
                                    Files.getLastModifiedTime(file).toInstant(),
                                    Files.size(file) + olderBytes(file)));
                } catch (NoSuchFileException _) {
                    // Another application that began at the same time took it away.
                }
            }
        }
        logs.sort(Comparator.comparing(Log::modified).reversed());
        Instant tooOld = Instant.now().minus(LONGEST);
        long bytes = 0;
        for (int i = 0; i < logs.size(); i++) {
            Log log = logs.get(i);
            bytes += log.bytes();
            if (i >= MOST_LOGS || bytes > MOST_BYTES || log.modified().isBefore(tooOld)) {
                forget(log.file());
            }
        }
    }

    static Path olderPart(Path file) {
        return file.resolveSibling(file.getFileName() + OLDER_PART);
    }

    private static long olderBytes(Path file) throws IOException {
        try {
            return Files.size(olderPart(file));
        } catch (NoSuchFileException _) {
            return 0;
        }
    }

    private static void forget(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE);
                FileLock lock = channel.tryLock()) {
            if (lock == null) {
                return;
            }
            Files.deleteIfExists(olderPart(file));
            Files.delete(file);
        } catch (NoSuchFileException _) {
            // Another application that began at the same time took it away.
        } catch (OverlappingFileLockException _) {
            // It is this very process's log.
        }
    }
}
