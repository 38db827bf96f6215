package io.troupe.driver.simulation;

import java.util.ArrayList;
import java.util.List;

/// What a run was like.
///
/// @param seed the seed, which replays it
/// @param succeeded jobs that gave their result
/// @param failed jobs that ended with a reason
/// @param steps events played
/// @param millis virtual time until the last job ended
/// @param attempts task attempts that were launched
/// @param reached how often each [RarePath] was taken, by ordinal
/// @param trace hash over all steps; equal for equal seeds
public record SimulationReport(
        long seed,
        int succeeded,
        int failed,
        long steps,
        long millis,
        long attempts,
        List<Long> reached,
        long trace) {
    static List<Long> counts(long[] reached) {
        List<Long> list = new ArrayList<>(reached.length);
        for (long count : reached) {
            list.add(count);
        }
        return List.copyOf(list);
    }

    /// How often a path was taken.
    public long reached(RarePath path) {
        return reached.get(path.ordinal());
    }
}
