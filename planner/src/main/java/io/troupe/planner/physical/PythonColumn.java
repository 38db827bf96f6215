package io.troupe.planner.physical;

import io.troupe.planner.expression.Attribute;
import io.troupe.planner.expression.PythonCall;

/// A Python UDF whose arguments are columns or built-in expressions, or further Python calls
/// (chained in the worker).
public record PythonColumn(Attribute output, PythonCall call) {}
