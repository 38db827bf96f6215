package io.troupe.planner.logical;

import java.util.List;

/// Data of a [LocalData]: literal rows (VALUES), or a reference to uploaded Arrow data
/// (createDataFrame) held by the driver's store.
public sealed interface LocalTable {
    long rows();

    record Rows(List<List<Object>> values) implements LocalTable {
        @Override
        public long rows() {
            return values.size();
        }
    }

    /// Arrow IPC stream bytes; columns by position.
    record ArrowStream(byte[] bytes, long rows) implements LocalTable {}
}
