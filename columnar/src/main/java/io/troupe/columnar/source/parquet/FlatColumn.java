package io.troupe.columnar.source.parquet;

import io.troupe.columnar.vector.Vector;
import java.io.IOException;
import java.nio.channels.FileChannel;
import org.apache.parquet.format.RowGroup;

/// A top-level column of a primitive type.
record FlatColumn(ColumnReader reader) implements ColumnSource {
    @Override
    public String name() {
        return reader.leaf().name();
    }

    @Override
    public void open(FileChannel channel, RowGroup group) {
        reader.open(channel, group.getColumns().get(reader.leaf().column()).getMeta_data());
    }

    @Override
    public void skip(long rows) {
        reader.skip(rows);
    }

    @Override
    public Vector read(int rows) throws IOException {
        return reader.read(rows);
    }
}
