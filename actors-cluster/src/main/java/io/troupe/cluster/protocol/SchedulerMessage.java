package io.troupe.cluster.protocol;

import java.util.List;
import org.apache.pekko.actor.typed.ActorRef;

/// What executors tell the task scheduler. Ends of tasks are told again with each heartbeat until
/// acknowledged.
public sealed interface SchedulerMessage extends WireMessage {
    /// An executor is ready for tasks. Told again until the first task or acknowledgement arrives.
    ///
    /// @param info what it is
    /// @param executor where it listens
    record ExecutorStarted(ExecutorInfo info, ActorRef<ExecutorMessage> executor)
            implements SchedulerMessage {}

    /// A task ended well.
    ///
    /// @param task the attempt
    /// @param executor where it ran
    /// @param output what it left behind
    /// @param metrics what it used
    record TaskSucceeded(
            TaskAttemptId task, ExecutorId executor, TaskOutput output, TaskMetrics metrics)
            implements SchedulerMessage {
        @Override
        public int estimatedBytes() {
            return 1024 + output.sizes().partitions() + output.inline().length;
        }
    }

    /// A task did not end well.
    ///
    /// @param task the attempt
    /// @param executor where it ran
    /// @param failure why
    /// @param metrics what it used
    record TaskFailed(
            TaskAttemptId task, ExecutorId executor, TaskFailure failure, TaskMetrics metrics)
            implements SchedulerMessage {
        @Override
        public int estimatedBytes() {
            return 4096
                    + 3 * failure.message().length()
                    + (failure instanceof TaskFailure.TaskError e
                            ? 3 * (e.pythonTraceback().length() + e.jvmTrace().length())
                            : 0);
        }
    }

    /// Sign of life, once a second: what the executor runs, so that lost launches are noticed.
    ///
    /// @param executor the executor
    /// @param running attempts that it has, waiting for a thread or running
    /// @param queries queries that it holds something for, so that lost orders to drop them are
    ///   noticed
    /// @param storedBytes bytes of blocks in memory
    /// @param spilledBytes bytes of blocks on disk
    record Heartbeat(
            ExecutorId executor,
            List<TaskAttemptId> running,
            List<QueryId> queries,
            long storedBytes,
            long spilledBytes)
            implements SchedulerMessage {
        @Override
        public int estimatedBytes() {
            return 1024 + 24 * running.size() + 10 * queries.size();
        }
    }

    /// May this attempt commit its output? Answered by [ExecutorMessage.CommitAnswer].
    ///
    /// @param task the attempt
    /// @param executor where it runs
    record AskCommit(TaskAttemptId task, ExecutorId executor) implements SchedulerMessage {}

    /// An output was copied from another executor, or could not be.
    ///
    /// @param task the attempt that made it
    /// @param executor where it lies too, if it was
    /// @param made whether it was
    record OutputCopied(TaskAttemptId task, ExecutorId executor, boolean made)
            implements SchedulerMessage {}

    /// The executor's node is asked to stop: it wants no more tasks, and to be told to end when
    /// what it holds is safe. Told again with each heartbeat.
    ///
    /// @param executor the executor
    /// @param reason why
    record ExecutorLeaving(ExecutorId executor, String reason) implements SchedulerMessage {}

    /// Several messages, in their order, that travel as one.
    ///
    /// @param messages no envelopes among them
    record Several(List<SchedulerMessage> messages) implements SchedulerMessage {
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

    /// The executor ends of its own will.
    ///
    /// @param executor the executor
    /// @param reason why
    record ExecutorStopped(ExecutorId executor, String reason) implements SchedulerMessage {}
}
