package io.troupe.columnar.pipeline;

import io.troupe.columnar.arrow.ArrowStreamReader;
import io.troupe.columnar.operator.Operator;
import io.troupe.columnar.vector.Batch;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;

/// The rows `from` (inclusive) to `to` (exclusive) of an Arrow IPC stream.
final class ArrowScanOperator implements Operator {
    private final ArrowStreamReader reader;
    private final long from;
    private final long to;
    private long position;

    ArrowScanOperator(byte[] stream, long from, long to) {
        this.reader = new ArrowStreamReader(new ByteArrayInputStream(stream), Batch.TARGET_ROWS);
        this.from = from;
        this.to = to;
    }

    @Override
    public Batch next() {
        try {
            while (position < to) {
                Batch batch = reader.next();
                if (batch == null) {
                    position = to;
                    return null;
                }
                long start = position;
                position += batch.rowCount();
                int first = (int) Math.clamp(from - start, 0, batch.rowCount());
                int last = (int) Math.clamp(to - start, 0, batch.rowCount());
                if (first < last) {
                    return slice(batch, first, last);
                }
            }
            return null;
        } catch (IOException e) {
            throw new UncheckedIOException("uploaded Arrow data cannot be read", e);
        }
    }

    private static Batch slice(Batch batch, int first, int last) {
        if (first == 0 && last == batch.rowCount()) {
            return batch;
        }
        int[] selection = new int[last - first];
        for (int i = 0; i < selection.length; i++) {
            selection[i] = first + i;
        }
        return new Batch(batch.columns(), batch.rowCount(), selection, selection.length);
    }

    @Override
    public void close() {
        position = to;
    }
}
