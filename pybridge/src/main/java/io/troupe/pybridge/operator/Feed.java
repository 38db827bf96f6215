package io.troupe.pybridge.operator;

import io.troupe.columnar.vector.Batch;
import io.troupe.planner.type.StructType;
import java.util.List;

/// What a worker is fed with.
interface Feed {
    /// The pieces to send next, one after the other; none at the end.
    List<Piece> next();

    /// A batch with the starts of its groups and its end (null when it has no groups).
    record Piece(Batch batch, StructType schema, int[] groups) {}
}
