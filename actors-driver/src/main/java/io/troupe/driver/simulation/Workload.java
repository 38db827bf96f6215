package io.troupe.driver.simulation;

import io.troupe.cluster.protocol.TaskAttemptId;
import io.troupe.driver.schedule.JobSpec;
import java.util.List;
import java.util.SplittableRandom;

/// What a simulated cluster is to do.
interface Workload {
    /// A job and when it is submitted.
    record Arrival(JobSpec job, long millis) {}

    /// What a stage does; the plan of its specification.
    ///
    /// @param tasks number of its tasks
    /// @param commits whether its tasks ask before they commit
    /// @param unstable whether an attempt gives other rows than the one before
    record StageWork(int tasks, boolean commits, boolean unstable) {}

    /// The jobs, in the order of their identities.
    List<Arrival> jobs(SplittableRandom random);

    /// How long an attempt computes.
    long millis(TaskAttemptId task, SplittableRandom random);
}
