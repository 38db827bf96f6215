package io.troupe.driver.schedule;

/// When the task scheduler gives up or tells again.
///
/// @param maxFailures failures of one task that count, after which its stage fails
/// @param relaunchMillis a launch that its executor does not know after this time is told again
/// @param noExecutorMillis tasks wait this long for the first executor
public record TaskLimits(int maxFailures, long relaunchMillis, long noExecutorMillis) {
    /// One try per task: what fails in the driver's own process fails again.
    public static final TaskLimits LOCAL = new TaskLimits(1, 5_000, 30_000);

    /// Limits for a cluster.
    public static final TaskLimits CLUSTER = new TaskLimits(4, 3_000, 15_000);
}
