package io.troupe.planner.physical;

import io.troupe.planner.expression.Attribute;
import java.util.List;

/// By which columns the two sides of a cogrouped Python function are grouped, and which columns of
/// each the function gets.
public record PythonCogroup(
        List<Attribute> leftGrouping,
        List<Attribute> rightGrouping,
        List<Attribute> leftArguments,
        List<Attribute> rightArguments) {}
