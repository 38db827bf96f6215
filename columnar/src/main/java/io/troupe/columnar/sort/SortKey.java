package io.troupe.columnar.sort;

import io.troupe.planner.type.DataType;

/// The order of one key column.
public record SortKey(DataType type, boolean ascending, boolean nullsFirst) {}
