package io.troupe.driver.simulation;

/// An invariant does not hold. The message names the seed that replays the run.
public final class SimulationViolation extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final long seed;
    private final String what;
    private final String story;

    SimulationViolation(long seed, long time, String what, String story) {
        super("seed " + seed + ", at " + time + " ms: " + what);
        this.seed = seed;
        this.what = what;
        this.story = story;
    }

    /// The seed of the run.
    public long seed() {
        return seed;
    }

    /// Which rule was broken, without seed and time.
    public String what() {
        return what;
    }

    /// What happened before, a line for each step; empty unless it was asked for.
    public String story() {
        return story;
    }
}
