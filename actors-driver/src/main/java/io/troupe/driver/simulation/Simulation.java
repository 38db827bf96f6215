package io.troupe.driver.simulation;

import io.troupe.driver.schedule.JobSpec;

/// Plays one run in two phases: while faults last, every step must be safe; then everything is
/// healed, and every job must end and leave nothing behind.
///
/// A run is a function of its seed and its settings: the same two play the same steps.
public final class Simulation {
    private static final long SETTLE_MILLIS = 20_000;
    private static final long STEPS_PER_TASK = 2_000;

    private final World world;
    private final Workload workload;
    private final SimulatedDriver driver;
    private long maxSteps = 2_000_000;
    private int expected;

    private Simulation(World world, Workload workload) {
        this.world = world;
        this.workload = workload;
        this.driver = new SimulatedDriver(world, workload);
    }

    /// Plays the run of a seed.
    ///
    /// @throws SimulationViolation if a rule is broken
    public static SimulationReport run(long seed, SimulationSettings settings) {
        return run(new World(seed, settings), new DrawnWorkload(settings));
    }

    /// Plays the run of a seed and writes down each step.
    ///
    /// @return the violation with its story, or null if no rule is broken
    public static SimulationViolation explain(long seed, SimulationSettings settings) {
        World world = new World(seed, settings);
        world.tellStory();
        try {
            run(world, new DrawnWorkload(settings));
            return null;
        } catch (SimulationViolation e) {
            return e;
        }
    }

    static SimulationReport run(World world, Workload workload) {
        try {
            return new Simulation(world, workload).play();
        } catch (SimulationViolation e) {
            throw e;
        } catch (RuntimeException e) {
            SimulationViolation violation = world.violation("a decision class threw " + e);
            violation.initCause(e);
            throw violation;
        }
    }

    private SimulationReport play() {
        for (Workload.Arrival arrival : workload.jobs(world.random)) {
            expected++;
            maxSteps += STEPS_PER_TASK * tasks(arrival.job());
            world.after(
                    arrival.millis(),
                    () -> {
                        driver.invariants().submitted(arrival.job());
                        driver.submit(arrival.job());
                    });
        }
        driver.faults().schedule();
        playUntil(world.settings.faultMillis());
        long ended = playToTheEnd(world.now() + workload.patienceMillis());
        if (workload.isToBeLeftClean()) {
            comeToRest();
        }
        int succeeded = (int) driver.readers().stream().filter(SimulatedReader::succeeded).count();
        return new SimulationReport(
                world.seed,
                succeeded,
                driver.readers().size() - succeeded,
                world.steps(),
                ended,
                driver.launched(),
                SimulationReport.counts(world.reached()),
                world.trace());
    }

    private static long tasks(JobSpec job) {
        return job.stages().stream()
                .mapToLong(stage -> ((Workload.StageWork) stage.plan()).tasks())
                .sum();
    }

    /// Plays on until nothing is left behind.
    private void comeToRest() {
        long deadline = world.now() + SETTLE_MILLIS;
        String remains = driver.invariants().remains();
        while (remains != null && world.now() < deadline) {
            playUntil(world.now() + SETTLE_MILLIS / 20);
            remains = driver.invariants().remains();
        }
        if (remains != null) {
            throw world.violation(remains);
        }
    }

    private void playUntil(long time) {
        while (world.now() < time) {
            step();
        }
    }

    private long playToTheEnd(long deadline) {
        while (driver.readers().size() < expected || !driver.allEnded()) {
            step();
            if (world.now() > deadline) {
                throw world.violation(
                        "jobs do not end: "
                                + driver.readers().stream()
                                        .filter(r -> !r.isOver())
                                        .map(SimulatedReader::describe)
                                        .toList());
            }
        }
        return world.now();
    }

    private void step() {
        if (!world.step() || world.steps() > maxSteps) {
            throw world.violation("nothing happens any more, or too much does");
        }
    }
}
