package io.troupe.driver.simulation;

import java.util.SortedMap;

/// What a run was like.
///
/// @param seed the seed, which replays it
/// @param succeeded jobs that gave their result
/// @param failed jobs that ended with a reason
/// @param steps events played
/// @param paths how often each path that tests care for was taken
/// @param trace hash over all events; equal for equal seeds
public record SimulationReport(
        long seed,
        int succeeded,
        int failed,
        long steps,
        SortedMap<String, Integer> paths,
        long trace) {}
