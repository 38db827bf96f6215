package io.troupe.planner.statistics;

/// What is known of a column: smallest and largest value (engine literal form, null when unknown),
/// nulls and distinct values (-1 when unknown), mean bytes per value (-1 when unknown).
public record ColumnStatistics(
        Object minimum, Object maximum, long nulls, long distinct, double meanBytes) {
    public static final ColumnStatistics UNKNOWN = new ColumnStatistics(null, null, -1, -1, -1);
}
