package io.troupe.executor.task;

import io.troupe.cluster.protocol.TaskFailure;
import io.troupe.executor.block.ScratchException;
import io.troupe.executor.fetch.FetchFailedException;
import io.troupe.planner.error.TroupeException;
import io.troupe.pybridge.worker.WorkerDiedException;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.FileSystemException;
import java.util.Locale;
import java.util.Map;

/// Gives what a task throws its type, and back again for those who call jobs.
public final class Failures {
    private static final int MAX_TEXT = 16 * 1024;

    private Failures() {}

    /// The typed failure behind what a task threw.
    public static TaskFailure of(Throwable thrown) {
        for (Throwable t = thrown; t != null; t = t.getCause()) {
            switch (t) {
                case CancelledException e -> {
                    return new TaskFailure.Cancelled(e.getMessage());
                }
                case FetchFailedException e -> {
                    return e.failure();
                }
                case TaskFailureException e -> {
                    return e.failure();
                }
                case WorkerDiedException e -> {
                    return new TaskFailure.WorkerCrash(cut(String.valueOf(e.getMessage())), -1, "");
                }
                case TroupeException e -> {
                    return ofUser(e);
                }
                case OutOfMemoryError e -> {
                    return new TaskFailure.OutOfMemory(String.valueOf(e.getMessage()));
                }
                case ScratchException e -> {
                    return new TaskFailure.DiskFull(String.valueOf(e.folder()), e.getMessage());
                }
                case IOException e when isDiskFull(e) -> {
                    String path =
                            e instanceof FileSystemException f ? f.getFile() : "the scratch folder";
                    return new TaskFailure.DiskFull(String.valueOf(path), e.getMessage());
                }
                default -> {}
            }
        }
        return ofDefect(thrown);
    }

    private static boolean isDiskFull(IOException e) {
        String text = String.valueOf(e.getMessage()).toLowerCase(Locale.ROOT);
        return text.contains("no space left") || text.contains("quota exceeded");
    }

    private static TaskFailure ofUser(TroupeException e) {
        String text = e.getMessage();
        String head = "[" + e.condition() + "] ";
        text = text.startsWith(head) ? text.substring(head.length()) : text;
        String tail = " SQLSTATE: " + e.sqlState();
        text =
                e.sqlState() != null && text.endsWith(tail)
                        ? text.substring(0, text.length() - tail.length())
                        : text;
        return new TaskFailure.TaskError(
                e.kind().name(),
                e.condition(),
                orEmpty(e.sqlState()),
                cut(text),
                e.parameters(),
                orEmpty(e.site()),
                cut(orEmpty(e.pythonTraceback())),
                cut(trace(e)),
                e.kind() != TroupeException.Kind.SparkException);
    }

    private static TaskFailure ofDefect(Throwable t) {
        Throwable shown =
                t instanceof UncheckedIOException && t.getCause() != null ? t.getCause() : t;
        return new TaskFailure.TaskError(
                TroupeException.Kind.SparkException.name(),
                shown instanceof IOException ? "FAILED_READ_FILE.NO_HINT" : "INTERNAL_ERROR",
                shown instanceof IOException ? "KD001" : "XX000",
                cut(shown.getClass().getSimpleName() + ": " + shown.getMessage()),
                Map.of("message", cut(String.valueOf(shown.getMessage()))),
                "",
                "",
                cut(trace(t)),
                false);
    }

    /// The exception that a job's caller gets for a failure.
    public static TroupeException toException(TaskFailure failure) {
        return switch (failure) {
            case TaskFailure.TaskError e -> {
                TroupeException rebuilt =
                        new TroupeException(
                                TroupeException.Kind.valueOf(e.errorClass()),
                                e.condition(),
                                e.sqlState().isEmpty() ? null : e.sqlState(),
                                e.text(),
                                e.parameters());
                if (!e.site().isEmpty()) {
                    rebuilt.at(e.site());
                }
                if (!e.pythonTraceback().isEmpty()) {
                    rebuilt.withPythonTraceback(e.pythonTraceback());
                }
                rebuilt.initCause(new RemoteTrace(e.jvmTrace()));
                yield rebuilt;
            }
            case TaskFailure.GivenUp g
                    when g.last() instanceof TaskFailure.TaskError e && !e.deterministic() ->
                    withText(e, g.message());
            case TaskFailure.GivenUp g -> spark("JOB_FAILED", g.message());
            case TaskFailure.Cancelled c -> spark("JOB_CANCELLED", "Job cancelled: " + c.reason());
            case TaskFailure.NoExecutors n -> spark("NO_EXECUTORS", n.message());
            case TaskFailure.FetchFailure f -> spark("FETCH_FAILED", f.message());
            case TaskFailure.ExecutorLost l -> spark("EXECUTOR_LOST", l.message());
            case TaskFailure.WorkerCrash w -> spark("PYTHON_WORKER_CRASHED", w.message());
            case TaskFailure.OutOfMemory o -> spark("OUT_OF_MEMORY", o.message());
            case TaskFailure.DiskFull d -> spark("DISK_FULL", d.message());
            case TaskFailure.CommitDenied d -> spark("COMMIT_DENIED", d.message());
        };
    }

    private static TroupeException withText(TaskFailure.TaskError e, String text) {
        return (TroupeException)
                toException(
                        new TaskFailure.TaskError(
                                e.errorClass(),
                                e.condition(),
                                e.sqlState(),
                                text,
                                e.parameters(),
                                e.site(),
                                e.pythonTraceback(),
                                e.jvmTrace(),
                                e.deterministic()));
    }

    private static TroupeException spark(String condition, String text) {
        return new TroupeException(
                TroupeException.Kind.SparkException,
                condition,
                null,
                text,
                Map.of("message", text));
    }

    private static String orEmpty(String text) {
        return text == null ? "" : text;
    }

    private static String cut(String text) {
        return text.length() <= MAX_TEXT ? text : text.substring(0, MAX_TEXT) + "… (cut)";
    }

    private static String trace(Throwable t) {
        StringWriter text = new StringWriter();
        t.printStackTrace(new PrintWriter(text));
        return text.toString();
    }

    /// Carries an executor's stack trace as text.
    private static final class RemoteTrace extends Exception {
        private static final long serialVersionUID = 1L;

        RemoteTrace(String text) {
            super("on the executor: " + text, null, false, false);
        }
    }
}
