package io.troupe.driver.schedule;

import io.troupe.cluster.protocol.ExecutorAddress;
import io.troupe.cluster.protocol.ExecutorId;
import io.troupe.cluster.protocol.JobId;
import io.troupe.cluster.protocol.QueryId;
import io.troupe.cluster.protocol.StageAttempt;
import io.troupe.cluster.protocol.StageBundle;
import io.troupe.cluster.protocol.TaskAttemptId;
import io.troupe.cluster.protocol.TaskFailure;
import io.troupe.cluster.protocol.TaskOutput;
import io.troupe.planner.stage.TaskSpec;
import java.util.List;

/// What [DagDecisions] wants done.
public sealed interface DagAction {
    /// Run tasks of a stage attempt.
    ///
    /// @param bundle what executors need to know
    /// @param job the job with the best claim to the stage
    /// @param pool the pool of that job
    /// @param tasks the tasks to run, in order of partition; not necessarily all of the stage
    /// @param preferred per task of `tasks`, the executor that holds its input; null where it does
    ///   not matter
    record RunTasks(
            StageBundle bundle,
            JobId job,
            String pool,
            List<TaskSpec> tasks,
            List<ExecutorId> preferred)
            implements DagAction {}

    /// Copy an output to one more executor.
    ///
    /// @param task the attempt that made it
    /// @param partitions number of its partitions
    /// @param from where it lies
    record CopyOutput(TaskAttemptId task, int partitions, ExecutorAddress from)
            implements DagAction {}

    /// All copies that a leaving executor's outputs need have been ordered.
    record OutputsListed(ExecutorId executor) implements DagAction {}

    /// Stop the tasks of a stage attempt.
    record CancelTasks(StageAttempt stage, String reason) implements DagAction {}

    /// A job's result has that many partitions.
    record ResultLayout(JobId job, int partitions) implements DagAction {}

    /// A partition of a job's result is there.
    record ResultReady(JobId job, TaskAttemptId task, ExecutorAddress holder, TaskOutput output)
            implements DagAction {}

    /// All outputs of a stage are there.
    record StageDone(StageAttempt stage) implements DagAction {}

    /// A job is done.
    record JobDone(JobId job) implements DagAction {}

    /// A job ended without its result.
    record JobFailed(JobId job, TaskFailure failure) implements DagAction {}

    /// Everything held for a query may go.
    record DropQuery(QueryId query) implements DagAction {}
}
