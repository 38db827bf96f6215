package io.troupe.driver.simulation;

/// Entry.
public final class SimulateMain {
    private SimulateMain() {}

    public static void main(String[] args) {
        long seed = Long.parseLong(args[0]);
        long runs = Long.parseLong(args[1]);
        long[] reached = new long[RarePath.values().length];
        long steps = 0, ok = 0, bad = 0;
        long start = System.nanoTime();
        for (long i = 0; i < runs; i++) {
            SimulationReport r = Simulation.run(seed + i, SimulationSettings.SMALL);
            steps += r.steps(); ok += r.succeeded(); bad += r.failed();
            for (int p = 0; p < reached.length; p++) reached[p] += r.reached().get(p);
        }
        double s = (System.nanoTime() - start) / 1e9;
        System.out.printf("%d runs %.1f s, %.0f/s, %d steps, ok %d bad %d%n", runs, s, runs / s, steps, ok, bad);
        for (RarePath p : RarePath.values()) System.out.printf("  %-40s %d%n", p.text(), reached[p.ordinal()]);
    }
}
