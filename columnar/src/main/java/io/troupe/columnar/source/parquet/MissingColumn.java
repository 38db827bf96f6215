package io.troupe.columnar.source.parquet;

import io.troupe.columnar.vector.NullVectors;
import io.troupe.columnar.vector.Vector;
import io.troupe.planner.type.DataType;
import java.nio.channels.FileChannel;
import org.apache.parquet.format.RowGroup;

/// A column that the table has and this file has not: nulls.
record MissingColumn(String name, DataType type) implements ColumnSource {
    @Override
    public void open(FileChannel channel, RowGroup group) {
        // Nothing is stored.
    }

    @Override
    public void skip(long rows) {
        // Nothing is stored.
    }

    @Override
    public Vector read(int rows) {
        return NullVectors.of(type, rows);
    }
}
