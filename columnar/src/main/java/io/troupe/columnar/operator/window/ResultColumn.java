package io.troupe.columnar.operator.window;

import io.troupe.columnar.column.ColumnBuilder;
import io.troupe.columnar.spill.SpillFile;
import io.troupe.columnar.vector.Batch;
import io.troupe.columnar.vector.Vector;
import io.troupe.planner.type.DataType;
import java.nio.file.Path;

/// The values of one window column over a large partition, in a file: written in the order of the
/// rows, then taken by any numbers of rows.
final class ResultColumn implements AutoCloseable {
    private static final int FLUSH_ROWS = 4096;
    private static final int[] ZEROS = new int[FLUSH_ROWS];

    private final DataType type;
    private final SpillFile file;
    private ColumnBuilder builder;
    private SpillFile.Reader reader;
    private Vector current;
    private int at;

    ResultColumn(DataType type, Path folder) {
        this.type = type;
        this.file = new SpillFile(folder);
        this.builder = ColumnBuilder.of(type);
    }

    void append(Vector values, int from, int count) {
        builder.appendRange(values, from, count);
        flush(FLUSH_ROWS);
    }

    /// Appends the first row of `value` several times.
    void repeat(Vector value, long times) {
        for (long left = times; left > 0; left -= FLUSH_ROWS) {
            builder.append(value, ZEROS, 0, (int) Math.min(left, FLUSH_ROWS));
            flush(FLUSH_ROWS);
        }
    }

    private void flush(int least) {
        int rows = builder.length();
        if (rows >= least && rows > 0) {
            file.write(new Batch(new Vector[] {builder.build()}, rows));
            builder = ColumnBuilder.of(type);
        }
    }

    /// Ends writing; bytes of the file.
    long finish() {
        flush(1);
        builder = null;
        reader = file.read();
        return file.bytes();
    }

    Vector take(int count) {
        ColumnBuilder taken = ColumnBuilder.of(type);
        while (taken.length() < count) {
            if (current == null || at == current.length()) {
                current = reader.next().column(0);
                at = 0;
            }
            int part = Math.min(count - taken.length(), current.length() - at);
            taken.appendRange(current, at, part);
            at += part;
        }
        return taken.build();
    }

    @Override
    public void close() {
        if (reader != null) {
            reader.close();
        }
        file.close();
    }
}
