package io.troupe.driver.schedule;

import io.troupe.cluster.protocol.ExecutorId;
import io.troupe.cluster.protocol.ExecutorInfo;
import io.troupe.cluster.protocol.JobId;
import io.troupe.cluster.protocol.StageAttempt;
import io.troupe.cluster.protocol.TaskAttemptId;
import io.troupe.cluster.protocol.TaskFailure;
import io.troupe.cluster.protocol.TaskMetrics;

/// Is told what the schedulers do, on their threads: it must be quick and must not block or throw.
public interface SchedulerListener {
    /// A job was submitted.
    default void jobStarted(JobSpec job) {}

    /// A job ended; `failure` is null if it ended well.
    default void jobEnded(JobId job, TaskFailure failure) {}

    /// A stage attempt was given that many tasks to run, of `total` that the stage has.
    default void stageStarted(StageAttempt stage, JobId job, int tasks) {}

    /// All outputs of a stage are there.
    default void stageDone(StageAttempt stage) {}

    /// A stage attempt was called off.
    default void stageCancelled(StageAttempt stage, String reason) {}

    /// A task was sent to an executor.
    default void taskLaunched(TaskAttemptId task, ExecutorId executor) {}

    /// A task attempt ended; `failure` is null if it ended well.
    default void taskEnded(
            TaskAttemptId task, ExecutorId executor, TaskMetrics metrics, TaskFailure failure) {}

    /// An executor offers its slots.
    default void executorJoined(ExecutorInfo executor) {}

    /// An executor gets no more tasks for a while; `last` is the failure that was one too many.
    default void executorExcluded(ExecutorId executor, TaskFailure last) {}

    /// An excluded executor gets tasks again.
    default void executorAdmitted(ExecutorId executor) {}

    /// An executor is gone.
    default void executorLost(ExecutorId executor, String reason) {}

    /// The application ended; nothing more is told. May block for a bounded time.
    default void applicationEnded() {}

    /// Tells several listeners, in order.
    static SchedulerListener all(java.util.List<SchedulerListener> listeners) {
        return new ListenerList(java.util.List.copyOf(listeners));
    }
}
