package io.troupe.cluster.protocol;

import java.util.Map;

/// Why a task, a stage or a job did not succeed. The type survives every boundary; [#message()] is
/// for the place where a person reads it.
public sealed interface TaskFailure {
    /// Whether another try of the same task could succeed.
    boolean retryable();

    /// Whether the failure counts against the limit of tries of the task.
    boolean counts();

    /// The failure in plain words, naming the offender.
    String message();

    /// The user's data, query or function is at fault: it carries the error class, so that the
    /// client raises the right exception.
    ///
    /// @param errorClass name of the client's exception class, such as `ArithmeticException`
    /// @param condition error condition, such as `DIVIDE_BY_ZERO`
    /// @param sqlState five-character state; may be empty
    /// @param text the message
    /// @param parameters parameters of the condition
    /// @param site the user's line that wrote the failing expression; may be empty
    /// @param pythonTraceback the user's Python traceback; empty if Python was not involved
    /// @param jvmTrace the JVM's stack trace; shown on request only
    /// @param deterministic whether a retry is known to fail in the same way
    record TaskError(
            String errorClass,
            String condition,
            String sqlState,
            String text,
            Map<String, String> parameters,
            String site,
            String pythonTraceback,
            String jvmTrace,
            boolean deterministic)
            implements TaskFailure {
        @Override
        public boolean retryable() {
            return !deterministic;
        }

        @Override
        public boolean counts() {
            return true;
        }

        @Override
        public String message() {
            return text;
        }
    }

    /// A block that another task wrote could not be read.
    ///
    /// @param block the block
    /// @param executor where it was looked for
    /// @param reason what went wrong
    /// @param text details for people
    record FetchFailure(BlockId block, ExecutorId executor, Reason reason, String text)
            implements TaskFailure {
        /// What went wrong, in the order of how much is lost.
        public enum Reason {
            /// The holder answers but no longer has the block.
            MISSING,
            /// The bytes that arrived do not match their checksum.
            CORRUPT,
            /// The holder cannot be reached or broke off.
            UNREACHABLE
        }

        @Override
        public boolean retryable() {
            return false;
        }

        @Override
        public boolean counts() {
            return false;
        }

        @Override
        public String message() {
            return "could not fetch " + block + " from " + executor + " (" + reason + "): " + text;
        }
    }

    /// The executor that ran the task is gone.
    ///
    /// @param executor the executor
    /// @param reason how its loss was noticed
    record ExecutorLost(ExecutorId executor, String reason) implements TaskFailure {
        @Override
        public boolean retryable() {
            return true;
        }

        @Override
        public boolean counts() {
            return true;
        }

        @Override
        public String message() {
            return "executor " + executor + " was lost: " + reason;
        }
    }

    /// The task's Python process died, hung or spoke rubbish.
    ///
    /// @param text what happened, with exit code or signal
    /// @param exitCode the exit code; -1 if unknown
    /// @param lastLines last lines of its stderr
    record WorkerCrash(String text, int exitCode, String lastLines) implements TaskFailure {
        @Override
        public boolean retryable() {
            return true;
        }

        @Override
        public boolean counts() {
            return true;
        }

        @Override
        public String message() {
            return lastLines.isEmpty()
                    ? text
                    : text + "\nlast lines of the worker's stderr:\n" + lastLines;
        }
    }

    /// The task needed more memory than it could get, spilling included.
    ///
    /// @param text who asked for how much
    record OutOfMemory(String text) implements TaskFailure {
        @Override
        public boolean retryable() {
            return true;
        }

        @Override
        public boolean counts() {
            return true;
        }

        @Override
        public String message() {
            return "out of memory: " + text;
        }
    }

    /// The scratch disk is full or fails.
    ///
    /// @param path file or directory that could not be written
    /// @param text what the system said
    record DiskFull(String path, String text) implements TaskFailure {
        @Override
        public boolean retryable() {
            return true;
        }

        @Override
        public boolean counts() {
            return true;
        }

        @Override
        public String message() {
            return "cannot write to "
                    + path
                    + ": "
                    + text
                    + ". Make room there, or set spark.local.dir (of a node: --scratch) to folders on larger disks,"
                    + " separated by commas";
        }
    }

    /// Somebody asked for the end: the user, a job's failure, a finished copy of the same task.
    ///
    /// @param reason who and why
    record Cancelled(String reason) implements TaskFailure {
        @Override
        public boolean retryable() {
            return false;
        }

        @Override
        public boolean counts() {
            return false;
        }

        @Override
        public String message() {
            return "cancelled: " + reason;
        }
    }

    /// Another attempt of the task was allowed to commit its output.
    ///
    /// @param task the attempt that was refused
    /// @param winner the attempt that may commit
    record CommitDenied(TaskAttemptId task, TaskAttemptId winner) implements TaskFailure {
        @Override
        public boolean retryable() {
            return false;
        }

        @Override
        public boolean counts() {
            return false;
        }

        @Override
        public String message() {
            return task + " may not commit its output: " + winner + " does";
        }
    }

    /// No executor could take the job's tasks within the time that one waits for it.
    ///
    /// @param text which nodes were seen, why none served, what to do
    record NoExecutors(String text) implements TaskFailure {
        @Override
        public boolean retryable() {
            return false;
        }

        @Override
        public boolean counts() {
            return false;
        }

        @Override
        public String message() {
            return text;
        }
    }

    /// A limit of tries was reached; wraps the last failure.
    ///
    /// @param what which limit, of what, in plain words
    /// @param last the failure of the last try
    record GivenUp(String what, TaskFailure last) implements TaskFailure {
        @Override
        public boolean retryable() {
            return false;
        }

        @Override
        public boolean counts() {
            return false;
        }

        @Override
        public String message() {
            return what + "; the last failure: " + last.message();
        }
    }
}
