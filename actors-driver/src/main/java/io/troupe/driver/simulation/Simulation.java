package io.troupe.driver.simulation;

import io.troupe.driver.schedule.JobSpec;
import java.util.List;

/// Plays one run in two phases: while faults last, every step must be safe; then everything is
/// healed, and every job must end.
public final class Simulation {
    private static final long TERMINATION_MILLIS = 600_000;
    private static final long SETTLE_MILLIS = 30_000;
    private static final long MAX_STEPS = 5_000_000;

    private final World world;
    private final SimulatedCluster cluster;

    private Simulation(long seed, SimulationSettings settings) {
        this.world = new World(seed, settings);
        this.cluster = new SimulatedCluster(world);
    }

    /// Plays the run of a seed.
    ///
    /// @throws SimulationViolation if an invariant does not hold
    public static SimulationReport run(long seed, SimulationSettings settings) {
        return new Simulation(seed, settings).play();
    }

    private SimulationReport play() {
        SimulationSettings settings = world.settings;
        long span = Math.max(1, settings.faultMillis());
        for (int i = 1; i <= settings.jobs(); i++) {
            JobSpec job = SimulatedJobs.draw(i, world.random, settings);
            world.after(world.random.nextLong(span), "submit", () -> cluster.submit(job));
            if (settings.faults() > 0 && world.chance(0.1)) {
                world.after(world.random.nextLong(span), "cancel", () -> cluster.cancel(job.id()));
            }
        }
        for (int i = 0; i < settings.faults(); i++) {
            world.after(world.random.nextLong(span), "fault", this::fault);
        }
        playUntil(span);
        playToTheEnd(span + TERMINATION_MILLIS);
        playUntil(world.now() + SETTLE_MILLIS);
        cluster.checkIdle();
        int succeeded = (int) cluster.readers().stream().filter(SimulatedReader::succeeded).count();
        return new SimulationReport(
                world.seed,
                succeeded,
                cluster.readers().size() - succeeded,
                world.steps(),
                world.paths,
                world.trace());
    }

    private void playUntil(long time) {
        while (world.now() < time) {
            step();
        }
    }

    private void playToTheEnd(long deadline) {
        while (cluster.readers().size() < world.settings.jobs() || !cluster.allEnded()) {
            step();
            if (world.now() > deadline) {
                throw world.violation(
                        "jobs do not end: "
                                + cluster.readers().stream()
                                        .filter(r -> !r.isOver())
                                        .map(SimulatedReader::describe)
                                        .toList());
            }
        }
    }

    private void step() {
        if (!world.step() || world.steps() > MAX_STEPS) {
            throw world.violation("nothing happens any more, or too much does");
        }
    }

    private void fault() {
        List<SimulatedExecutor> living = cluster.living();
        if (living.isEmpty()) {
            return;
        }
        SimulatedExecutor victim = living.get(world.random.nextInt(living.size()));
        switch (world.random.nextInt(5)) {
            case 0, 1 -> {
                world.reached("fault: kill");
                victim.kill();
                cluster.replace(victim);
                world.after(
                        world.random.nextLong(6_000),
                        "death noticed",
                        () -> cluster.gone(victim.id(), "death-watch"));
            }
            case 2 -> {
                world.reached("fault: pause");
                victim.pause(world.random.nextLong(8_000));
            }
            case 3 -> {
                world.reached("fault: long pause taken for death");
                victim.pause(10_000);
                world.after(4_000, "pause noticed", () -> cluster.gone(victim.id(), "unreachable"));
            }
            default -> victim.loseBlock();
        }
    }
}
