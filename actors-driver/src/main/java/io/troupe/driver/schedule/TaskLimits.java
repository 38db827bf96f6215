package io.troupe.driver.schedule;

import io.troupe.cluster.protocol.TaskAttemptId;
import io.troupe.cluster.protocol.TaskFailure;

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

    /// Why a task is given up, or null if it may be tried again.
    ///
    /// @param failures its failures that count
    TaskFailure outOfTries(TaskAttemptId task, int failures, TaskFailure last) {
        if (failures < maxFailures) {
            return null;
        }
        String what = "task %d of %s failed %d times";
        return maxFailures == 1
                ? last
                : new TaskFailure.GivenUp(
                        what.formatted(task.partition(), task.stage().stage(), failures), last);
    }
}
