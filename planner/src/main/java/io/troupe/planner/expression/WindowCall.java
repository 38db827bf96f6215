package io.troupe.planner.expression;

/// A window function (`row_number`, `rank`, `lag`, `ntile`, any aggregate …) over a frame.
/// `ignoreNulls` for lag/lead/first/last/nth_value.
public record WindowCall(AggregateCall function, WindowFrame frame, boolean ignoreNulls) {}
