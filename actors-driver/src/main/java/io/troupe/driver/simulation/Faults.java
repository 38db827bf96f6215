package io.troupe.driver.simulation;

import java.util.ArrayList;
import java.util.List;

/// Draws what goes wrong by itself and does it.
final class Faults {
    private static final List<RarePath> STEPS =
            List.of(
                    RarePath.KILLED_AT_LAUNCH,
                    RarePath.KILLED_AT_CANCEL,
                    RarePath.KILLED_AT_DROP,
                    RarePath.KILLED_AT_COMMIT,
                    RarePath.KILLED_AT_COPY,
                    RarePath.KILLED_WITH_OUTPUT_UNTOLD);

    private final World world;
    private final SimulatedDriver driver;
    private final List<FaultKind> kinds;

    /// The step at which the next executor that comes to it ends; null for none.
    private RarePath step;

    Faults(World world, SimulatedDriver driver) {
        this.world = world;
        this.driver = driver;
        this.kinds = world.settings.kinds().stream().sorted().toList();
    }

    void schedule() {
        wearOut(driver.workload().failuresPerNodeHour());
        int span = (int) Math.max(1, world.settings.faultMillis());
        for (int i = 0; i < world.settings.faults() && !kinds.isEmpty(); i++) {
            world.after(world.below(span), this::strike);
        }
    }

    /// Lets each node fail by chance, again and again.
    ///
    /// @param perHour failures of one node in an hour, on average
    void wearOut(double perHour) {
        for (SimulatedNode node : perHour > 0 ? driver.nodes() : List.<SimulatedNode>of()) {
            wearOut(node, perHour);
        }
    }

    private void wearOut(SimulatedNode node, double perHour) {
        double hours = -Math.log(1 - world.random.nextDouble()) / perHour;
        long millis = (long) Math.min(hours * 3_600_000, Integer.MAX_VALUE / 2);
        world.after(
                1 + millis,
                () -> {
                    world.reached(RarePath.NODE_KILLED);
                    node.kill("its time had come");
                    wearOut(node, perHour);
                });
    }

    /// Whether the executor has just ended, at a step where that was drawn.
    boolean killAt(SimulatedExecutor executor, RarePath at) {
        if (step != at || world.healed()) {
            return false;
        }
        step = null;
        world.reached(at);
        executor.die();
        return true;
    }

    private void strike() {
        FaultKind kind = kinds.get(world.below(kinds.size()));
        List<SimulatedNode> nodes = driver.nodes().stream().filter(SimulatedNode::isAlive).toList();
        if (nodes.isEmpty()) {
            return;
        }
        SimulatedNode node = nodes.get(world.below(nodes.size()));
        world.note(() -> "fault: " + kind + " at " + node.address);
        switch (kind) {
            case KILL_NODE -> {
                world.reached(RarePath.NODE_KILLED);
                node.kill("killed");
            }
            case KILL_AT_STEP -> step = STEPS.get(world.below(STEPS.size()));
            case SHORT_PAUSE -> {
                world.reached(RarePath.SHORT_PAUSE);
                node.pause(world.below(2_900));
            }
            case LONG_PAUSE -> node.pause(3_500 + world.below(5_000));
            case CUT_TO_DRIVER -> node.cut(true, world.below(6_000));
            case CUT_FROM_DRIVER -> node.cut(false, world.below(6_000));
            case CUT_BETWEEN_NODES -> {
                int other = nodes.get(world.below(nodes.size())).place;
                driver.network().cut(node.place, other, world.below(8_000));
            }
            case NODE_LEAVES -> node.leave();
            case CANCEL_JOB -> cancelOne();
            case KILL_EXECUTOR,
                    KILL_TASK,
                    LOSE_BLOCK,
                    CORRUPT_BLOCK,
                    DISK_FULL,
                    WORKER_CRASH,
                    WORKER_HANG,
                    SLOW_EXECUTOR ->
                    node.executors().forEach(executor -> strike(kind, executor));
        }
    }

    private void strike(FaultKind kind, SimulatedExecutor executor) {
        switch (kind) {
            case KILL_EXECUTOR -> {
                world.reached(RarePath.EXECUTOR_KILLED);
                executor.die();
            }
            case KILL_TASK -> driver.kill(executor.tasks());
            case LOSE_BLOCK -> executor.damageBlock(true);
            case CORRUPT_BLOCK -> executor.damageBlock(false);
            case DISK_FULL -> executor.fillDisk(world.below(1_500));
            case WORKER_CRASH -> executor.crashWorkers(world.below(1_500));
            case WORKER_HANG -> executor.hangOneTask();
            case SLOW_EXECUTOR -> executor.slowDown(1 + world.below(5_000));
            default -> throw new IllegalArgumentException(kind + " is no fault of an executor");
        }
    }

    private void cancelOne() {
        List<SimulatedReader> open = new ArrayList<>(driver.readers());
        open.removeIf(SimulatedReader::isOver);
        if (!open.isEmpty()) {
            driver.cancel(open.get(world.below(open.size())).job().id());
        }
    }
}
