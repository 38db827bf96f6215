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

    /// How long the cluster may take for all of it, in milliseconds.
    default long patienceMillis() {
        return 600_000;
    }

    /// Whether the cluster must be whole and empty after it.
    default boolean isToBeLeftClean() {
        return true;
    }

    /// How often a node fails in an hour, apart from the faults that are drawn.
    default double failuresPerNodeHour() {
        return 0;
    }

    /// How many of a producer's outputs a task reads: all of a few, a part of many, so that a
    /// simulated shuffle of many tasks stays affordable.
    static int reads(int producers) {
        return Math.min(producers, 64);
    }

    /// Which output a task reads in the given place.
    ///
    /// @param place from 0 to below [#reads]
    static int read(int partition, int place, int producers) {
        return producers <= 64
                ? place
                : (int) ((partition * 7_919L + place * 104_729L) % producers);
    }

    /// How long an attempt computes.
    long millis(TaskAttemptId task, SplittableRandom random);
}
