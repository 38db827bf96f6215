package io.troupe.driver.session;

import io.troupe.driver.job.JobHandle;
import io.troupe.planner.type.StructType;

/// A running job whose batches go to the client as an Arrow stream of `schema`.
record PendingResult(Session session, JobHandle job, StructType schema) implements AutoCloseable {
    @Override
    public void close() {
        job.close();
    }
}
