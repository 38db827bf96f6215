package io.troupe.pybridge.worker;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// A process that runs users' functions, however it came to be.
sealed interface WorkerProcess permits SpawnedProcess, ForkedProcess {
    long pid();

    /// What the worker writes, read by one thread.
    InputStream output();

    /// What the worker reads, written by one thread.
    OutputStream input();

    InputStream errors();

    /// Completes when the process has ended: its exit code, or a signal's number negated.
    CompletableFuture<Integer> ended();

    /// Ends the process and those that it started.
    void kill();

    /// Unblocks a reader of [#output]: a child that the user's function left behind may hold the
    /// pipe open after the worker's death.
    void closeOutput() throws IOException;

    /// How the process ended, or null if it has not within the time.
    default String awaitEnd(Duration limit) throws InterruptedException {
        try {
            return describe(ended().get(limit.toMillis(), TimeUnit.MILLISECONDS));
        } catch (TimeoutException _) {
            return null;
        } catch (ExecutionException e) {
            return "how it ended is not known (" + e.getCause().getMessage() + ")";
        }
    }

    private static String describe(int status) {
        return switch (status) {
            case -11 -> "it was killed by signal 11 (SIGSEGV)";
            case -9 -> "it was killed by signal 9 (SIGKILL), perhaps for memory";
            case -6 -> "it was killed by signal 6 (SIGABRT)";
            case -15 -> "it was killed by signal 15 (SIGTERM)";
            default ->
                    status < 0
                            ? "it was killed by signal " + -status
                            : "it exited with code " + status;
        };
    }
}
