package io.troupe.driver.schedule;

import java.util.List;

/// How an application's tasks are placed, tried again and handed over.
///
/// @param limits when to give up or tell again
/// @param speculation when a slow task gets a second copy
/// @param exclusion when an executor gets no more tasks
/// @param fair whether pools share the slots by weight; otherwise earlier jobs go first
/// @param pools the pools that were set up; jobs may name others, which get [Pool#named]
/// @param drainMillis how long an executor that leaves may take to hand over what it holds
/// @param secondCopies whether each stage output is also kept by a second executor
public record SchedulingPolicy(
        TaskLimits limits,
        Speculation speculation,
        Exclusion exclusion,
        boolean fair,
        List<Pool> pools,
        long drainMillis,
        boolean secondCopies) {
    /// Copies the pools.
    public SchedulingPolicy {
        pools = List.copyOf(pools);
    }

    /// No speculation, no second copies, earlier jobs first.
    public static SchedulingPolicy of(TaskLimits limits) {
        return new SchedulingPolicy(
                limits, Speculation.OFF, Exclusion.ON, false, List.of(), 60_000, false);
    }

    /// When a slow task gets a second copy: once a share of its stage's tasks has ended and it runs
    /// for longer than both limits.
    ///
    /// @param enabled whether any does
    /// @param quantile share of the stage's tasks that must have ended, 0 to 1
    /// @param multiplier times the median duration of the tasks that ended
    /// @param minMillis shortest time after which a task can count as slow
    public record Speculation(boolean enabled, double quantile, double multiplier, long minMillis) {
        /// Never.
        public static final Speculation OFF = new Speculation(false, 0.9, 3, 100);

        /// Spark's figures.
        public static final Speculation ON = new Speculation(true, 0.9, 3, 100);
    }

    /// When an executor gets no more tasks: after failures of so many different tasks that another
    /// executor might not have had. The last executor that is left is never excluded.
    ///
    /// @param enabled whether any is
    /// @param failures how many different tasks must fail
    /// @param expiryMillis how long failures are remembered and exclusion lasts
    public record Exclusion(boolean enabled, int failures, long expiryMillis) {
        /// Never.
        public static final Exclusion OFF = new Exclusion(false, 2, 3_600_000);

        /// Two tasks, an hour.
        public static final Exclusion ON = new Exclusion(true, 2, 3_600_000);
    }

    /// A group of jobs that shares slots with other groups.
    ///
    /// @param name its name
    /// @param fair whether its jobs share its slots evenly; otherwise earlier jobs go first
    /// @param weight its share among the pools that have their least share, at least 1
    /// @param minShare slots that it gets before others get more than theirs
    public record Pool(String name, boolean fair, int weight, int minShare) {
        /// The pool of jobs that name none.
        public static final String DEFAULT = "default";

        /// A pool that nobody set up.
        public static Pool named(String name) {
            return new Pool(name, false, 1, 0);
        }

        /// Checks the figures.
        public Pool {
            if (weight < 1 || minShare < 0) {
                throw new IllegalArgumentException(
                        "pool "
                                + name
                                + " needs a weight of at least 1 and a minShare of at least 0");
            }
        }
    }
}
