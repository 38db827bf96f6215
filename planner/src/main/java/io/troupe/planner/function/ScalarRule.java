package io.troupe.planner.function;

import java.util.List;

/// How calls of one scalar function are checked, converted and typed.
public interface ScalarRule {
    String name();

    /// @throws io.troupe.planner.error.TroupeException WRONG_NUM_ARGS or DATATYPE_MISMATCH
    Typed bind(List<Typed> arguments, Dialect dialect);
}
