package io.troupe.driver.session;

import io.troupe.columnar.vector.Batch;
import io.troupe.driver.job.JobHandle;
import io.troupe.planner.error.TroupeException;
import java.util.List;
import java.util.Map;

/// A query's job as the session sees it: a failure names the user's line that started it, and its
/// observed metrics are told when its result has been read.
final class RunningQuery implements JobHandle {
    private final long query;
    private final JobHandle job;
    private final String line;
    private final Observations.Watch observed;

    RunningQuery(long query, JobHandle job, String line, Observations.Watch observed) {
        this.query = query;
        this.job = job;
        this.line = line;
        this.observed = observed;
    }

    /// Its number, as the event log has it.
    long query() {
        return query;
    }

    @Override
    public Batch next() {
        try {
            Batch batch = job.next();
            if (batch == null) {
                observed.finished(job);
            }
            return batch;
        } catch (TroupeException e) {
            throw e.at(line);
        }
    }

    @Override
    public Map<Integer, Map<String, Long>> metrics() {
        return job.metrics();
    }

    @Override
    public List<byte[]> observed(String observation) {
        return job.observed(observation);
    }

    @Override
    public void close() {
        observed.ended();
        job.close();
    }
}
