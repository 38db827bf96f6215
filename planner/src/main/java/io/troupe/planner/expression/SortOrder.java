package io.troupe.planner.expression;

public record SortOrder(Expression expression, boolean ascending, boolean nullsFirst) {}
