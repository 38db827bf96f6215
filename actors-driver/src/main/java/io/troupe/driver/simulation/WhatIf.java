package io.troupe.driver.simulation;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Set;

/// What would a recorded application do on another cluster?
final class WhatIf {
    private WhatIf() {}

    /// Plays a log on a cluster and says how long it takes there.
    ///
    /// @param settings nodes and slots
    /// @param failuresPerNodeHour how often a node fails
    static void tell(
            Path log,
            SimulationSettings settings,
            double failuresPerNodeHour,
            long seed,
            int runs,
            PrintStream out)
            throws IOException {
        LoggedWorkload workload = LoggedWorkload.read(log, failuresPerNodeHour);
        out.printf(
                "%s: %d jobs, %.1f s of tasks, took %.1f s%n",
                log.getFileName(),
                workload.jobCount(),
                workload.workMillis() / 1e3,
                workload.recordedMillis() / 1e3);
        long[] millis = new long[runs];
        long attempts = 0;
        long failed = 0;
        long killed = 0;
        for (int i = 0; i < runs; i++) {
            SimulationReport report = Simulation.run(new World(seed + i, settings), workload);
            millis[i] = report.millis();
            attempts += report.attempts();
            failed += report.failed();
            killed += report.reached(RarePath.NODE_KILLED);
        }
        Arrays.sort(millis);
        out.printf(
                "on %d nodes with %d slots each, %s failures per node and hour, %d runs:%n",
                settings.executors(), settings.slots(), failuresPerNodeHour, runs);
        out.printf(
                "  time: half of the runs within %.1f s, 95%% within %.1f s, all within %.1f s%n",
                millis[runs / 2] / 1e3,
                millis[Math.min(runs - 1, runs * 95 / 100)] / 1e3,
                millis[runs - 1] / 1e3);
        out.printf(
                "  a run: %.1f task attempts, %.2f nodes lost, %.3f jobs failed, %.2f node hours%n",
                (double) attempts / runs,
                (double) killed / runs,
                (double) failed / runs,
                Arrays.stream(millis).average().orElse(0) / 3.6e6 * settings.executors());
    }

    /// A cluster in which nothing goes wrong but what wears out.
    static SimulationSettings cluster(SimulationSettings settings) {
        return settings.faulty(0, Set.of(), SimulationSettings.Messages.RELIABLE, 0, 0);
    }
}
