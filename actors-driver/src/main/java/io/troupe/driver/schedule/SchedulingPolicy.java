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
/// @param ahead which tasks are sent before there is a slot for them
public record SchedulingPolicy(
        TaskLimits limits,
        Speculation speculation,
        Exclusion exclusion,
        boolean fair,
        List<Pool> pools,
        long drainMillis,
        boolean secondCopies,
        Ahead ahead) {
    /// Copies the pools.
    public SchedulingPolicy {
        pools = List.copyOf(pools);
    }

    /// No speculation, no second copies, earlier jobs first, no task before its slot.
    public static SchedulingPolicy of(TaskLimits limits) {
        return new SchedulingPolicy(
                limits, Speculation.OFF, Exclusion.ON, false, List.of(), 60_000, false, Ahead.OFF);
    }

    /// The same with other tasks sent ahead.
    public SchedulingPolicy with(Ahead other) {
        return new SchedulingPolicy(
                limits, speculation, exclusion, fair, pools, drainMillis, secondCopies, other);
    }

    /// Which tasks are sent to wait behind those that run: those of stages whose tasks are so short
    /// that their slots would stand empty while messages travel.
    ///
    /// @param perSlot how many wait, at most, for each slot of an executor
    /// @param micros how long a stage's tasks may run in the mean
    /// @param measured how many of them must have ended before that is believed
    public record Ahead(int perSlot, long micros, int measured) {
        /// None.
        public static final Ahead OFF = new Ahead(0, 0, 0);

        /// Where a message takes a fraction of a millisecond.
        public static final Ahead CLUSTER = new Ahead(8, 2_000, 8);

        /// Whether tasks of the set may wait for their slot where they will run.
        boolean suits(TaskSet set) {
            return set.endedCount() >= measured && set.meanRunNanos() / 1_000 < micros;
        }

        /// How many more tasks an executor may have.
        int room(ExecutorSlots slots) {
            return perSlot * slots.info.slots() + slots.free();
        }
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
