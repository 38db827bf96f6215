package io.troupe.driver.schedule;

import io.troupe.cluster.protocol.ExecutorAddress;
import io.troupe.cluster.protocol.ExecutorId;
import io.troupe.cluster.protocol.QueryId;
import io.troupe.cluster.protocol.StageAttempt;
import io.troupe.cluster.protocol.TaskAttemptId;
import io.troupe.cluster.protocol.TaskFailure;
import io.troupe.cluster.protocol.TaskMetrics;
import io.troupe.cluster.protocol.TaskOutput;
import io.troupe.planner.stage.TaskSpec;

/// What [TaskDecisions] wants done.
public sealed interface TaskAction {
    /// Tell an executor to run a task.
    record Launch(ExecutorId executor, TaskAttemptId task, TaskSpec spec) implements TaskAction {}

    /// Tell an executor to stop a task.
    record Stop(ExecutorId executor, TaskAttemptId task, String reason) implements TaskAction {}

    /// Tell an executor to forget a query.
    record Drop(ExecutorId executor, QueryId query) implements TaskAction {}

    /// Tell the DAG scheduler that a task ended well.
    record Succeeded(
            TaskAttemptId task, ExecutorAddress holder, TaskOutput output, TaskMetrics metrics)
            implements TaskAction {}

    /// A task attempt failed; for the books, the task may be tried again.
    record Failed(TaskAttemptId task, ExecutorId executor, TaskFailure failure, TaskMetrics metrics)
            implements TaskAction {}

    /// Tell the DAG scheduler that an input was lost.
    record InputLost(TaskAttemptId task, TaskFailure.FetchFailure failure) implements TaskAction {}

    /// Tell the DAG scheduler that a stage attempt is hopeless.
    record GaveUp(StageAttempt stage, TaskFailure failure) implements TaskAction {}

    /// Tell the DAG scheduler that an executor joined.
    record Joined(ExecutorId executor, int totalSlots) implements TaskAction {}

    /// Tell the DAG scheduler that an executor is gone.
    record Lost(ExecutorId executor, String reason, int totalSlots) implements TaskAction {}

    /// An executor gets no more tasks for a while: too many failed there, the last one like this.
    record Excluded(ExecutorId executor, TaskFailure last) implements TaskAction {}

    /// An excluded executor gets tasks again.
    record Admitted(ExecutorId executor) implements TaskAction {}

    /// Tell the DAG scheduler that an executor leaves, so that its outputs are copied.
    record Draining(ExecutorId executor) implements TaskAction {}

    /// Tell an executor to copy all partitions of an output from another.
    record Copy(ExecutorId executor, TaskAttemptId task, int partitions, ExecutorAddress from)
            implements TaskAction {}

    /// Tell the DAG scheduler that an output lies at one more executor.
    record Copied(TaskAttemptId task, ExecutorAddress holder) implements TaskAction {}

    /// Tell an executor that was given up to end, should it still live.
    record Dismiss(ExecutorId executor, String reason) implements TaskAction {}
}
