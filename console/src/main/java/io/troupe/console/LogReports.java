package io.troupe.console;

import io.troupe.console.application.FolderApplications;
import io.troupe.console.application.LogSummary;
import io.troupe.console.compare.Comparison;
import io.troupe.console.model.ApplicationModel;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;

/// `troupe history` and `troupe compare`: event logs as text. Arguments: `history FOLDER`, or
/// `compare FOLDER RUN RUN`, where a run is an application's identity or a path.
public final class LogReports {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT)
                    .withZone(ZoneId.systemDefault());

    private LogReports() {}

    public static void main(String[] arguments) {
        try {
            Path folder = Path.of(arguments[1]);
            System.out.print(
                    arguments[0].equals("history")
                            ? history(folder)
                            : compare(folder, arguments[2], arguments[3]));
            System.out.flush();
        } catch (IOException | UncheckedIOException e) {
            String why =
                    e instanceof UncheckedIOException ? e.getCause().getMessage() : e.getMessage();
            System.err.println("troupe " + arguments[0] + ": " + why);
            System.exit(1);
        }
    }

    static String history(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            throw new IOException("there is no folder " + folder);
        }
        List<LogSummary> logs = new FolderApplications(folder).list();
        StringBuilder text = new StringBuilder();
        text.append(line("STARTED", "TOOK", "STATE", "APPLICATION", "NAME"));
        for (LogSummary log : logs) {
            long end = log.ended() == 0 ? log.updated() : log.ended();
            text.append(
                    line(
                            TIME.format(Instant.ofEpochMilli(log.started())),
                            String.format(
                                    Locale.ROOT, "%.1f s", Math.max(0, end - log.started()) / 1e3),
                            log.ended() == 0 ? "unfinished" : "done",
                            log.id(),
                            log.name()));
        }
        return text.toString();
    }

    private static String line(String... cells) {
        return String.format(Locale.ROOT, "%-19s  %10s  %-10s  %-26s  %s%n", (Object[]) cells);
    }

    static String compare(Path folder, String before, String after) throws IOException {
        FolderApplications logs = new FolderApplications(folder);
        return read(logs, folder, before, one -> other(logs, folder, after, one));
    }

    private static String other(
            FolderApplications logs, Path folder, String run, ApplicationModel one) {
        try {
            return read(logs, folder, run, two -> new Comparison(one, two).text());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String read(
            FolderApplications logs,
            Path folder,
            String run,
            java.util.function.Function<ApplicationModel, String> question)
            throws IOException {
        Path file = Path.of(run);
        if (Files.isRegularFile(file)) {
            String name = file.getFileName().toString();
            String id = name.endsWith(".jsonl") ? name.substring(0, name.length() - 6) : name;
            Path place = file.toAbsolutePath().getParent();
            return new FolderApplications(place)
                    .read(id, model -> ask(model, run, question))
                    .orElseThrow(() -> new IOException(run + " is no event log (NAME.jsonl)"));
        }
        if (!run.isEmpty() && Files.isDirectory(file)) {
            throw new IOException(
                    run
                            + " is a folder; name one of its logs, as `troupe history "
                            + run
                            + "` lists");
        }
        if (!Files.isDirectory(folder)) {
            throw new IOException(
                    "there is no folder "
                            + folder
                            + "; say with --folder where the event logs are");
        }
        return logs.read(run, model -> ask(model, run, question))
                .orElseThrow(() ->
                        new IOException(
                                "there is no event log of '"
                                        + run
                                        + "' in "
                                        + folder
                                        + "; `troupe history` lists them"));
    }

    private static String ask(
            ApplicationModel model,
            String run,
            java.util.function.Function<ApplicationModel, String> question) {
        if (model.started() == 0) {
            throw new UncheckedIOException(
                    new IOException(
                            run
                                    + " is no event log: it has no applicationStarted; `troupe history` lists those that are"));
        }
        return question.apply(model);
    }
}
