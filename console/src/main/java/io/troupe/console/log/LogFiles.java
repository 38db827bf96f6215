package io.troupe.console.log;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// The event logs of a folder.
///
/// @param folder where they lie
public record LogFiles(Path folder) {
    private static final String SUFFIX = ".jsonl";
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_-][A-Za-z0-9._-]{0,200}");
    private static final int MOST = 1000;

    /// A log.
    ///
    /// @param id the application, or the file's name where several logs have it
    /// @param file its current part
    /// @param modified milliseconds since the epoch
    /// @param bytes of its current part
    public record Log(String id, Path file, long modified, long bytes) {}

    /// The logs, latest first; the latest thousand.
    ///
    /// @throws IOException if there is no such folder, or it cannot be read
    public List<Log> all() throws IOException {
        List<Log> logs = new ArrayList<>();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.filter(LogFiles::isLog).toList()) {
                try {
                    logs.add(
                            new Log(
                                    id(file),
                                    file,
                                    Files.getLastModifiedTime(file).toMillis(),
                                    Files.size(file)));
                } catch (NoSuchFileException _) {
                    // It was forgotten while the folder was being listed.
                }
            }
        }
        logs.sort(Comparator.comparingLong(Log::modified).reversed());
        return logs.size() > MOST ? logs.subList(0, MOST) : logs;
    }

    /// The log of that name, if the folder has it. A name can lead to no other folder.
    public Optional<Path> find(String id) {
        Path file = folder.resolve(NAME.matcher(id).matches() ? id + SUFFIX : "-");
        return Files.isRegularFile(file) ? Optional.of(file) : Optional.empty();
    }

    private static boolean isLog(Path file) {
        String name = file.getFileName().toString();
        return name.endsWith(SUFFIX) && NAME.matcher(id(file)).matches();
    }

    private static String id(Path file) {
        String name = file.getFileName().toString();
        return name.substring(0, name.length() - SUFFIX.length());
    }
}
