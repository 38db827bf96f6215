package io.troupe.columnar.source.parquet;

import io.troupe.columnar.vector.Vector;
import java.io.IOException;
import java.nio.channels.FileChannel;
import org.apache.parquet.format.RowGroup;

/// One column of the table as it comes out of a file, row group by row group.
interface ColumnSource {
    String name();

    /// Starts a row group.
    void open(FileChannel channel, RowGroup group);

    /// Passes over rows; cheap until the next read.
    void skip(long rows);

    Vector read(int rows) throws IOException;
}
