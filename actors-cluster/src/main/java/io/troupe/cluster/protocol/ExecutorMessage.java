package io.troupe.cluster.protocol;

import java.util.List;

/// What the driver tells an executor. Every message may arrive late, twice or not at all; each is idempotent.
public sealed interface ExecutorMessage extends WireMessage {
    /// Run a task. A task that the executor already runs or ran is not run again.
    ///
    /// @param task the attempt, which names the bundle to use
    record LaunchTask(TaskAttemptId task) implements ExecutorMessage {}

    /// Stop a task. It answers with a cancelled failure unless it had ended before.
    ///
    /// @param task the attempt
    /// @param reason who and why
    record CancelTask(TaskAttemptId task, String reason) implements ExecutorMessage {}

    /// Forget outputs, bundles and broadcasts of stages that nobody will read again.
    ///
    /// @param stages at most a few thousand
    record DropStages(List<StageId> stages) implements ExecutorMessage {
        @Override
        public int estimatedBytes() {
            return 1024 + 12 * stages.size();
        }
    }

    /// The scheduler has seen these ends of tasks; they need not be reported again.
    ///
    /// @param tasks the attempts
    record Acknowledge(List<TaskAttemptId> tasks) implements ExecutorMessage {
        @Override
        public int estimatedBytes() {
            return 1024 + 24 * tasks.size();
        }
    }

    /// The answer to [SchedulerMessage.AskCommit].
    ///
    /// @param task the attempt that asked
    /// @param winner the attempt that may commit
    record CommitAnswer(TaskAttemptId task, TaskAttemptId winner) implements ExecutorMessage {}

    /// End: stop tasks, drop blocks, stop the Python workers.
    ///
    /// @param reason who and why
    record Shutdown(String reason) implements ExecutorMessage {}
}
