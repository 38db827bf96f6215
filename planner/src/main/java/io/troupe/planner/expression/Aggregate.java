package io.troupe.planner.expression;

/// An aggregate and the column that carries its result.
public record Aggregate(Attribute output, AggregateCall call) {}
