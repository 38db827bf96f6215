package io.troupe.driver.hostile;

/// Plays seeds for a bounded time.
final class Play {
    private static final long NANOS = 2_500_000_000L;

    private Play() {}

    /// What is done with one seed; whatever it throws is a failure.
    interface Turn {
        /// @return whether what the seed made was refused
        boolean play(long seed) throws Exception;
    }

    /// Plays seeds, as many as there is time for.
    ///
    /// @return how many were refused
    /// @throws AssertionError with the seed of the first that failed
    static long seeds(Turn turn) {
        long first = System.currentTimeMillis() * 1_000_000;
        long end = System.nanoTime() + NANOS;
        long refused = 0;
        for (long seed = first; System.nanoTime() < end; seed++) {
            try {
                refused += turn.play(seed) ? 1 : 0;
            } catch (Exception | Error e) {
                throw new AssertionError("seed " + seed + ": " + e, e);
            }
        }
        return refused;
    }
}
