package io.troupe.driver.simulation;

import java.util.SortedMap;
import java.util.TreeMap;

/// `troupe simulate`: plays runs from a seed on and says what it saw, or the seed of the first
/// violation.
public final class SimulateMain {
    private SimulateMain() {}

    /// Arguments: `[--seed N] [--runs N] [--executors N] [--slots N] [--jobs N] [--stages N]
    /// [--tasks N] [--faults N]`.
    public static void main(String[] args) {
        SimulationSettings small = SimulationSettings.SMALL;
        long seed = option(args, "--seed", 0);
        long runs = option(args, "--runs", 1_000);
        SimulationSettings settings =
                new SimulationSettings(
                        (int) option(args, "--executors", small.executors()),
                        (int) option(args, "--slots", small.slots()),
                        (int) option(args, "--jobs", small.jobs()),
                        (int) option(args, "--stages", small.maxStages()),
                        (int) option(args, "--tasks", small.maxTasks()),
                        (int) option(args, "--faults", small.faults()),
                        small.loss(),
                        small.duplication(),
                        small.taskFailure(),
                        small.faultMillis());
        SortedMap<String, Integer> paths = new TreeMap<>();
        long succeeded = 0;
        long failed = 0;
        long steps = 0;
        long start = System.nanoTime();
        for (long i = 0; i < runs; i++) {
            SimulationReport report = Simulation.run(seed + i, settings);
            succeeded += report.succeeded();
            failed += report.failed();
            steps += report.steps();
            report.paths().forEach((path, times) -> paths.merge(path, times, Integer::sum));
        }
        double seconds = (System.nanoTime() - start) / 1e9;
        System.out.printf(
                "%d runs from seed %d in %.1f s: %d jobs succeeded, %d ended with a reason, %d steps%n",
                runs, seed, seconds, succeeded, failed, steps);
        paths.forEach((path, times) -> System.out.printf("  %-45s %d%n", path, times));
    }

    private static long option(String[] args, String name, long otherwise) {
        for (int i = 0; i + 1 < args.length; i += 2) {
            if (args[i].equals(name)) {
                return Long.parseLong(args[i + 1]);
            }
        }
        return otherwise;
    }
}
