package io.troupe.columnar.operator.join;

import io.troupe.planner.error.TroupeException;
import java.util.Map;

/// Errors of joins.
final class JoinErrors {
    private JoinErrors() {}

    static TroupeException outOfMemory(String what) {
        return new TroupeException(
                TroupeException.Kind.SparkException,
                "OPERATOR_OUT_OF_MEMORY",
                "53200",
                what
                        + " does not fit into memory. Raise spark.executor.memory, or forbid broadcasting with"
                        + " spark.sql.autoBroadcastJoinThreshold=-1.",
                Map.of("operator", what));
    }
}
