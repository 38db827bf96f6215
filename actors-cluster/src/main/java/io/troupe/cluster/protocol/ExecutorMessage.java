package io.troupe.cluster.protocol;

import io.troupe.planner.stage.TaskSpec;
import java.util.List;

/// What the driver tells an executor. Every message may arrive late, twice or not at all; each is
/// idempotent.
public sealed interface ExecutorMessage extends WireMessage {
    /// Run a task. A task that the executor already runs or ran is not run again.
    ///
    /// @param task the attempt, which names the bundle to use
    /// @param spec the task's inputs; null when the bundle holds them
    /// @param estimatedBytes upper estimate of the message's encoded size
    record LaunchTask(TaskAttemptId task, TaskSpec spec, int estimatedBytes)
            implements ExecutorMessage {}

    /// Stop a task. It answers with a cancelled failure unless it had ended before.
    ///
    /// @param task the attempt
    /// @param reason who and why
    record CancelTask(TaskAttemptId task, String reason) implements ExecutorMessage {}

    /// Forget all that is held for a query that has ended: outputs, bundles, shared build sides.
    ///
    /// @param query the query
    record DropQuery(QueryId query) implements ExecutorMessage {}

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

    /// Get an output from another executor and keep it as well. Answered by
    /// [SchedulerMessage.OutputCopied].
    ///
    /// @param task the attempt that made it
    /// @param partitions number of its partitions
    /// @param from where it lies
    record CopyOutput(TaskAttemptId task, int partitions, ExecutorAddress from)
            implements ExecutorMessage {}

    /// Several messages, in their order, that travel as one.
    ///
    /// @param messages no envelopes among them
    record Several(List<ExecutorMessage> messages) implements ExecutorMessage {
        /// Refuses envelopes in envelopes.
        public Several {
            if (messages.stream().anyMatch(Several.class::isInstance)) {
                throw new IllegalArgumentException("an envelope must hold no envelope");
            }
        }

        @Override
        public int estimatedBytes() {
            return messages.stream().mapToInt(WireMessage::estimatedBytes).sum();
        }
    }

    /// End: stop tasks, drop blocks, stop the Python workers.
    ///
    /// @param reason who and why
    record Shutdown(String reason) implements ExecutorMessage {}
}
