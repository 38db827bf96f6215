package io.troupe.driver.simulation;

/// An invariant does not hold. The message names the seed that replays the run.
public final class SimulationViolation extends RuntimeException {
    private static final long serialVersionUID = 1L;

    SimulationViolation(long seed, long time, String what) {
        super("seed " + seed + ", at " + time + " ms: " + what);
    }
}
