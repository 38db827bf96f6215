package io.troupe.driver.schedule;

import io.troupe.cluster.protocol.ExecutorAddress;
import io.troupe.cluster.protocol.TaskAttemptId;
import io.troupe.cluster.protocol.TaskFailure;
import io.troupe.cluster.protocol.TaskOutput;

/// Is told of one job's progress on the scheduler's thread: it must be quick and must not block or
/// throw.
public interface JobListener {
    /// The result has that many partitions.
    void resultLayout(int partitions);

    /// A partition of the result is there. Told again if it was lost and made again.
    void resultReady(TaskAttemptId task, ExecutorAddress holder, TaskOutput output);

    /// The job is done. If a result partition is lost afterwards, the job runs on and is done
    /// again.
    void done();

    /// The job ended without its result.
    void failed(TaskFailure failure);
}
