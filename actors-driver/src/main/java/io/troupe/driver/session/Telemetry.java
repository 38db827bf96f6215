package io.troupe.driver.session;

import io.troupe.driver.eventlog.Progress;
import io.troupe.driver.eventlog.QueryListener;
import java.util.function.Supplier;

/// What an application tells of itself.
///
/// @param applicationId its identity
/// @param queries is told of planned queries
/// @param progress what runs now
/// @param accumulators what Python functions counted
/// @param diagnosis what is wrong with queries that ran
/// @param console the console's address, started when it is asked for; null when there is none
public record Telemetry(
        String applicationId,
        QueryListener queries,
        Progress progress,
        AccumulatorUpdates accumulators,
        Diagnosis diagnosis,
        Supplier<String> console) {}
