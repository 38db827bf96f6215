package io.troupe.driver.job;

import io.troupe.driver.schedule.SchedulerListener;
import io.troupe.driver.schedule.SchedulingPolicy;
import io.troupe.driver.schedule.TaskLimits;

/// How an application's tasks are scheduled.
///
/// @param policy how they are placed, tried again and handed over
/// @param listener is told what the schedulers do
public record Scheduling(SchedulingPolicy policy, SchedulerListener listener) {
    /// One try per task, as in the driver's own process.
    public static Scheduling local(SchedulerListener listener) {
        return new Scheduling(SchedulingPolicy.of(TaskLimits.LOCAL), listener);
    }

    /// What a cluster does unless told otherwise.
    public static Scheduling cluster(SchedulerListener listener) {
        return new Scheduling(
                SchedulingPolicy.of(TaskLimits.CLUSTER).with(SchedulingPolicy.Ahead.CLUSTER),
                listener);
    }
}
