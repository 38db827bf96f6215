package io.troupe.columnar.column;

import io.troupe.planner.error.TroupeException;
import java.util.Map;

/// The error for more than 2 GiB of values in one column of one task's state.
final class ColumnTooLarge {
    private ColumnTooLarge() {}

    static TroupeException error() {
        return new TroupeException(
                TroupeException.Kind.SparkRuntimeException,
                "COLLECTION_SIZE_LIMIT_EXCEEDED.FUNCTION",
                "54000",
                "One task gathers more than 2 GiB in one column. Use more partitions (spark.sql.shuffle.partitions).",
                Map.of());
    }
}
