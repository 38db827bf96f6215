package io.troupe.columnar.sink.format;

import io.troupe.columnar.vector.Batch;
import java.io.IOException;

/// Writes batches into one file. `finish` completes the file; `close` releases everything at any
/// time, and leaves an unfinished file unusable.
public interface FormatWriter extends AutoCloseable {
    /// Writes rows `rows[0 .. count)` of the batch's columns; `rows` null: rows 0 .. count.
    void write(Batch batch, int[] rows, int count) throws IOException;

    /// Completes the file and returns its size in bytes.
    long finish() throws IOException;

    /// Memory held for rows not yet in the file.
    long heldBytes();

    /// Moves what is held into the file where the format allows, to give memory back.
    void flush() throws IOException;

    @Override
    void close() throws IOException;
}
