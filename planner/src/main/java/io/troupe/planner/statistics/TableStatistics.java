package io.troupe.planner.statistics;

import java.util.Map;
import java.util.OptionalLong;

/// What is known of a stored table. `columns` by column name.
public record TableStatistics(
        OptionalLong rows, long bytes, Map<String, ColumnStatistics> columns) {
    public TableStatistics {
        columns = Map.copyOf(columns);
    }
}
