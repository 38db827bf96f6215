package io.troupe.driver.simulation;

/// What is played.
///
/// @param executors executors at the start
/// @param slots slots of each
/// @param jobs jobs, submitted at random times
/// @param maxStages most stages of a job
/// @param maxTasks most tasks of a stage
/// @param faults how many faults are drawn
/// @param loss probability that a message is lost while faults last
/// @param duplication probability that a message arrives twice while faults last
/// @param taskFailure probability that a task fails by itself while faults last
/// @param faultMillis how long faults last; then everything is healed
public record SimulationSettings(
        int executors,
        int slots,
        int jobs,
        int maxStages,
        int maxTasks,
        int faults,
        double loss,
        double duplication,
        double taskFailure,
        long faultMillis) {
    /// A small cluster with everything going wrong.
    public static final SimulationSettings SMALL =
            new SimulationSettings(4, 2, 3, 5, 6, 4, 0.03, 0.05, 0.03, 20_000);

    /// A small cluster in which nothing goes wrong.
    public static final SimulationSettings PEACEFUL =
            new SimulationSettings(4, 2, 3, 5, 6, 0, 0, 0, 0, 0);
}
