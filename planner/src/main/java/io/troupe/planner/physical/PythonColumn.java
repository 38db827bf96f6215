package io.troupe.planner.physical;

import io.troupe.planner.expression.Attribute;
import io.troupe.planner.expression.PythonCall;

/// A column that Python computes with a call; of a function that was translated (`known` not null),
/// only the rows that the built-in expression leaves open.
public record PythonColumn(Attribute output, PythonCall call, Known known) {
    /// Columns of the input: `value` is the call's value where `holds` (null for everywhere) is
    /// true and where, if `nullsAreOpen`, it is not null.
    public record Known(Attribute value, Attribute holds, boolean nullsAreOpen) {}

    public PythonColumn(Attribute output, PythonCall call) {
        this(output, call, null);
    }
}
