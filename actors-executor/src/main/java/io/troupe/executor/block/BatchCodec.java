package io.troupe.executor.block;

import io.troupe.columnar.vector.Batch;

/// Turns batches into the bytes of one frame and back. Rows that the selection hides are not
/// encoded. Stateless.
public final class BatchCodec {
    private BatchCodec() {}

    /// Encodes the existing rows of a batch.
    public static byte[] encode(Batch batch) {
        VectorWriter writer = new VectorWriter(batch.bytes());
        writer.integer(batch.selected());
        writer.integer(batch.columns().length);
        for (var column : batch.columns()) {
            writer.vector(column, batch.selection(), batch.selected());
        }
        return writer.toBytes();
    }

    /// Decodes a batch.
    ///
    /// @throws BlockFormatException if the bytes are no encoded batch
    public static Batch decode(byte[] bytes) {
        return VectorReader.batch(bytes);
    }
}
