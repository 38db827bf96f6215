package io.troupe.console.application;

import io.troupe.console.log.LogFiles;
import io.troupe.console.model.LoggedEvent;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;

/// An application at a glance, from the first and the last line of its log.
///
/// @param id its identity, which names its log
/// @param name what the user called it
/// @param user who ran it, or empty
/// @param version Troupe's version
/// @param started milliseconds since the epoch
/// @param updated time of the log's last change
/// @param ended milliseconds since the epoch; 0 while it runs, or if its log was cut off
public record LogSummary(
        String id,
        String name,
        String user,
        String version,
        long started,
        long updated,
        long ended) {
    private static final int HEAD = 256 * 1024;
    private static final int TAIL = 4096;

    /// Empty if the file does not begin as an event log does.
    static Optional<LogSummary> of(LogFiles.Log log) throws IOException {
        try (RandomAccessFile file = new RandomAccessFile(log.file().toFile(), "r")) {
            String head = text(file, 0, HEAD);
            int end = head.indexOf('\n');
            return end < 0
                    ? Optional.empty()
                    : LoggedEvent.parse(head.substring(0, end))
                            .filter(event -> event.name().equals("applicationStarted"))
                            .map(event -> of(log, event, ended(file)));
        }
    }

    private static LogSummary of(LogFiles.Log log, LoggedEvent start, long ended) {
        Map<String, Object> settings = start.object("settings").fields();
        return new LogSummary(
                log.id(),
                String.valueOf(settings.getOrDefault("spark.app.name", log.id())),
                start.text("user"),
                start.text("version"),
                start.time(),
                log.modified(),
                ended);
    }

    private static long ended(RandomAccessFile file) {
        try {
            String tail = text(file, Math.max(0, file.length() - TAIL), TAIL).stripTrailing();
            return LoggedEvent.parse(tail.substring(tail.lastIndexOf('\n') + 1))
                    .filter(event -> event.name().equals("applicationEnded"))
                    .map(LoggedEvent::time)
                    .orElse(0L);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static String text(RandomAccessFile file, long from, int most) throws IOException {
        byte[] bytes = new byte[(int) Math.min(most, file.length() - from)];
        file.seek(from);
        file.readFully(bytes);
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
