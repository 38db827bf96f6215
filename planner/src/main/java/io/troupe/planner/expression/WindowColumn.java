package io.troupe.planner.expression;

/// A window function and the column that carries its result.
public record WindowColumn(Attribute output, WindowCall call) {}
