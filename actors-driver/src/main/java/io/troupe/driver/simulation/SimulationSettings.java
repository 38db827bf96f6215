package io.troupe.driver.simulation;

import io.troupe.driver.schedule.SchedulingPolicy;
import io.troupe.driver.schedule.SchedulingPolicy.Exclusion;
import io.troupe.driver.schedule.SchedulingPolicy.Speculation;
import io.troupe.driver.schedule.TaskLimits;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/// What is played.
///
/// @param executors nodes at the start, each with an executor
/// @param slots slots of each
/// @param jobs jobs, submitted at random times
/// @param maxStages most stages of a job
/// @param maxTasks most tasks of a stage
/// @param faults how many faults are drawn
/// @param kinds which faults are drawn
/// @param messages how messages fare while faults last
/// @param taskFailure probability that a task fails by itself while faults last
/// @param faultMillis how long faults last; then everything is healed
/// @param policy how tasks are scheduled
public record SimulationSettings(
        int executors,
        int slots,
        int jobs,
        int maxStages,
        int maxTasks,
        int faults,
        Set<FaultKind> kinds,
        Messages messages,
        double taskFailure,
        long faultMillis,
        SchedulingPolicy policy) {
    /// How messages fare.
    ///
    /// @param loss probability that one is lost
    /// @param duplication probability that one arrives twice
    /// @param late probability that one takes up to two seconds and is overtaken by others
    public record Messages(double loss, double duplication, double late) {
        /// All arrive, nearly in order.
        public static final Messages RELIABLE = new Messages(0, 0, 0);
    }

    private static final SchedulingPolicy EVERYTHING_ON =
            new SchedulingPolicy(
                    new TaskLimits(4, 3_000, 3_500),
                    new Speculation(true, 0.5, 3, 300),
                    new Exclusion(true, 2, 3_000),
                    true,
                    List.of(new SchedulingPolicy.Pool("quick", true, 2, 1)),
                    6_000,
                    false,
                    new SchedulingPolicy.Ahead(1, 200_000, 1));

    /// A small cluster with everything going wrong.
    public static final SimulationSettings SMALL =
            new SimulationSettings(
                    3,
                    2,
                    2,
                    4,
                    5,
                    4,
                    EnumSet.allOf(FaultKind.class),
                    new Messages(0.02, 0.04, 0.03),
                    0.03,
                    5_000,
                    EVERYTHING_ON);

    /// A small cluster in which nothing goes wrong.
    public static final SimulationSettings PEACEFUL =
            new SimulationSettings(
                    3,
                    2,
                    2,
                    4,
                    5,
                    0,
                    Set.of(),
                    Messages.RELIABLE,
                    0,
                    0,
                    SchedulingPolicy.of(TaskLimits.CLUSTER));

    /// Copies the kinds.
    public SimulationSettings {
        kinds = Set.copyOf(kinds);
    }

    /// The same with other sizes.
    public SimulationSettings sized(int nodes, int slotsEach, int jobCount, int stages, int tasks) {
        return new SimulationSettings(
                nodes,
                slotsEach,
                jobCount,
                stages,
                tasks,
                faults,
                kinds,
                messages,
                taskFailure,
                faultMillis,
                policy);
    }

    /// The same with other faults.
    public SimulationSettings faulty(
            int count, Set<FaultKind> which, Messages how, double failure, long millis) {
        return new SimulationSettings(
                executors, slots, jobs, maxStages, maxTasks, count, which, how, failure, millis,
                policy);
    }

    /// The same with another policy.
    public SimulationSettings scheduled(SchedulingPolicy other) {
        return new SimulationSettings(
                executors,
                slots,
                jobs,
                maxStages,
                maxTasks,
                faults,
                kinds,
                messages,
                taskFailure,
                faultMillis,
                other);
    }
}
