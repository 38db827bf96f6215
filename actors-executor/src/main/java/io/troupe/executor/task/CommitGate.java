package io.troupe.executor.task;

import io.troupe.cluster.protocol.TaskAttemptId;

/// Where a task asks whether the output that it wrote outside the engine may count.
@FunctionalInterface
public interface CommitGate {
    /// Returns if the attempt may commit; may wait for the driver's answer, within bounds.
    ///
    /// @throws TaskFailureException with the denial, or if nobody answers
    /// @throws InterruptedException if the task's thread is to stop
    void require(TaskAttemptId task) throws InterruptedException;
}
