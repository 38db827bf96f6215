package io.troupe.columnar.spill;

import io.troupe.columnar.column.Gather;
import io.troupe.columnar.vector.Batch;
import io.troupe.columnar.vector.Vector;
import io.troupe.planner.error.TroupeException;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Map;
import java.util.zip.CRC32C;
import net.jpountz.lz4.LZ4Compressor;
import net.jpountz.lz4.LZ4Factory;
import net.jpountz.lz4.LZ4FastDecompressor;

/// The engine's own form of a batch as bytes, for spill files and shuffle blocks. Little-endian
/// frames, one per batch: int32 stored bytes, int32 raw bytes, int32 CRC32C of the stored bytes,
/// then the stored bytes: LZ4 of the raw ones, or the raw ones themselves when both sizes are
/// equal. Raw: int32 rows, int32 columns, the columns ([VectorWriter]). Frames may be concatenated.
/// A selection is applied while writing; types are not written: the reader's plan knows them.
public final class BatchCodec {
    /// Bytes before the stored bytes of a frame.
    public static final int HEADER = 12;

    private static final LZ4Compressor COMPRESSOR = LZ4Factory.fastestInstance().fastCompressor();
    private static final LZ4FastDecompressor DECOMPRESSOR =
            LZ4Factory.fastestInstance().fastDecompressor();

    private BatchCodec() {}

    /// The frame of a batch.
    public static byte[] encode(Batch batch) {
        ByteBuffer frame = frame(batch);
        byte[] bytes = new byte[frame.remaining()];
        frame.get(bytes);
        return bytes;
    }

    /// Writes the frame of a batch; returns its size in bytes.
    public static int write(Batch batch, OutputStream out) throws IOException {
        ByteBuffer frame = frame(batch);
        out.write(frame.array(), frame.position(), frame.remaining());
        return frame.remaining();
    }

    private static ByteBuffer frame(Batch batch) {
        Batch dense = Gather.compact(batch);
        VectorWriter writer =
                new VectorWriter((int) Math.min(1 << 26, Math.max(256, dense.bytes() / 2)));
        writer.putInt(dense.rowCount());
        writer.putInt(dense.columns().length);
        for (Vector column : dense.columns()) {
            writer.write(column, 0, dense.rowCount());
        }
        int raw = writer.size();
        byte[] stored = new byte[HEADER + Math.max(raw, COMPRESSOR.maxCompressedLength(raw))];
        int size =
                COMPRESSOR.compress(writer.bytes(), 0, raw, stored, HEADER, stored.length - HEADER);
        if (size >= raw) {
            size = raw;
            System.arraycopy(writer.bytes(), 0, stored, HEADER, raw);
        }
        CRC32C checksum = new CRC32C();
        checksum.update(stored, HEADER, size);
        ByteBuffer frame = ByteBuffer.wrap(stored).order(ByteOrder.LITTLE_ENDIAN);
        frame.putInt(size).putInt(raw).putInt((int) checksum.getValue());
        return frame.position(0).limit(HEADER + size);
    }

    /// Reads the frame at the buffer's position and moves the position past it.
    ///
    /// @throws TroupeException when the frame is cut short or its checksum is wrong
    public static Batch decode(ByteBuffer buffer) {
        ByteBuffer view = buffer.slice().order(ByteOrder.LITTLE_ENDIAN);
        if (view.remaining() < HEADER) {
            throw damaged("the block ends inside a header");
        }
        int size = view.getInt();
        int raw = view.getInt();
        int checksum = view.getInt();
        if (size < 0 || raw < size || view.remaining() < size) {
            throw damaged("the block holds " + view.remaining() + " of " + size + " bytes");
        }
        byte[] stored = new byte[size];
        view.get(stored);
        buffer.position(buffer.position() + HEADER + size);
        return decode(stored, raw, checksum);
    }

    /// Reads the next frame of a stream, null at its end.
    public static Batch read(InputStream in) throws IOException {
        byte[] header = in.readNBytes(HEADER);
        if (header.length == 0) {
            return null;
        }
        if (header.length < HEADER) {
            throw new EOFException("the stream ends inside a block header");
        }
        ByteBuffer fields = ByteBuffer.wrap(header).order(ByteOrder.LITTLE_ENDIAN);
        int size = fields.getInt();
        int raw = fields.getInt();
        int checksum = fields.getInt();
        if (size < 0 || raw < size) {
            throw damaged("impossible sizes " + size + " and " + raw);
        }
        byte[] stored = in.readNBytes(size);
        if (stored.length < size) {
            throw new EOFException(
                    "the stream ends inside a block: " + stored.length + " of " + size + " bytes");
        }
        return decode(stored, raw, checksum);
    }

    private static Batch decode(byte[] stored, int raw, int checksum) {
        CRC32C actual = new CRC32C();
        actual.update(stored, 0, stored.length);
        if ((int) actual.getValue() != checksum) {
            throw damaged("the checksum is wrong");
        }
        byte[] bytes = stored;
        if (stored.length != raw) {
            bytes = new byte[raw];
            DECOMPRESSOR.decompress(stored, 0, bytes, 0, raw);
        }
        VectorReader reader = new VectorReader(bytes);
        int rows = reader.getInt();
        Vector[] columns = new Vector[reader.getInt()];
        for (int c = 0; c < columns.length; c++) {
            columns[c] = reader.read(rows);
        }
        return new Batch(columns, rows);
    }

    private static TroupeException damaged(String what) {
        return new TroupeException(
                TroupeException.Kind.SparkException,
                "DATA_BLOCK_CORRUPTED",
                "58030",
                "A spilled or shuffled data block is damaged: "
                        + what
                        + ". Check the disk and network of the executor.",
                Map.of("reason", what));
    }
}
