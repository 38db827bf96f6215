package io.troupe.driver.job;

import io.troupe.columnar.vector.Batch;
import java.util.List;
import java.util.Map;

/// A running query, held by the thread that asked for it.
public interface JobHandle extends AutoCloseable {
    /// The next batch of the result, in the order of the result stage's partitions; null at the
    /// end. Waits.
    ///
    /// @throws io.troupe.planner.error.TroupeException the job's failure
    Batch next();

    /// Sums over the job so far of the tasks' counters by name, by the number of the stage.
    Map<Integer, Map<String, Long>> metrics();

    /// The states that the tasks that ended left for an observation, encoded.
    List<byte[]> observed(String observation);

    /// Ends the job; it is cancelled when it still runs.
    @Override
    void close();
}
