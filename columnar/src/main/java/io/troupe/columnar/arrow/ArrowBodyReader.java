package io.troupe.columnar.arrow;

import com.github.luben.zstd.Zstd;
import io.troupe.columnar.arrow.ArrowArray.Slice;
import io.troupe.columnar.vector.Vector;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import net.jpountz.lz4.LZ4FrameInputStream;
import org.apache.arrow.flatbuf.BodyCompression;
import org.apache.arrow.flatbuf.Buffer;
import org.apache.arrow.flatbuf.CompressionType;
import org.apache.arrow.flatbuf.FieldNode;
import org.apache.arrow.flatbuf.RecordBatch;

/// Lays the columns of a record batch over its body: nodes and buffers are taken in the order of
/// the schema tree.
final class ArrowBodyReader {
    private static final int MAX_BUFFER = Integer.MAX_VALUE - 64;

    private final RecordBatch batch;
    private final byte[] body;
    private final Map<Long, Vector> dictionaries;
    private final BodyCompression compression;
    private int node;
    private int buffer;

    ArrowBodyReader(RecordBatch batch, byte[] body, Map<Long, Vector> dictionaries) {
        this.batch = batch;
        this.body = body;
        this.dictionaries = dictionaries;
        this.compression = batch.compression();
    }

    List<ArrowArray> arrays(List<ArrowField> fields) {
        List<ArrowArray> arrays = new ArrayList<>();
        for (ArrowField field : fields) {
            arrays.add(array(field));
        }
        return arrays;
    }

    private ArrowArray array(ArrowField field) {
        if (node >= batch.nodesLength()) {
            throw new ArrowFormatException("the record batch has too few field nodes");
        }
        FieldNode shape = batch.nodes(node++);
        if (shape.length() < 0 || shape.length() > MAX_BUFFER) {
            throw new ArrowFormatException(
                    "column " + field.name() + " has " + shape.length() + " rows");
        }
        boolean coded = field.dictionary() >= 0;
        List<Slice> buffers = new ArrayList<>();
        for (int i = 0; i < (coded ? 2 : bufferCount(field.layout().kind())); i++) {
            buffers.add(nextBuffer());
        }
        List<ArrowArray> children = coded ? List.of() : arrays(field.children());
        checkChildren(field, shape.length(), children);
        Vector dictionary = coded ? dictionaries.get(field.dictionary()) : null;
        if (coded && dictionary == null) {
            throw new ArrowFormatException(
                    "column " + field.name() + " comes before its dictionary");
        }
        return new ArrowArray(
                field, (int) shape.length(), shape.nullCount() != 0, buffers, children, dictionary);
    }

    private static void checkChildren(ArrowField field, long length, List<ArrowArray> children) {
        if (field.layout().kind() == ArrowField.Kind.STRUCT && field.dictionary() < 0) {
            for (ArrowArray child : children) {
                if (child.length() < length) {
                    throw new ArrowFormatException(
                            "field " + child.field().name() + " is shorter than its struct");
                }
            }
        }
    }

    private static int bufferCount(ArrowField.Kind kind) {
        return switch (kind) {
            case NULL -> 0;
            case STRUCT, FIXED_LIST -> 1;
            case BYTES -> 3;
            default -> 2;
        };
    }

    private Slice nextBuffer() {
        if (buffer >= batch.buffersLength()) {
            throw new ArrowFormatException("the record batch has too few buffers");
        }
        Buffer range = batch.buffers(buffer++);
        if (range.offset() < 0
                || range.length() < 0
                || range.offset() > body.length - range.length()) {
            throw new ArrowFormatException(
                    "a buffer of "
                            + range.length()
                            + " bytes at "
                            + range.offset()
                            + " leaves its message of "
                            + body.length);
        }
        if (range.length() == 0) {
            return Slice.EMPTY;
        }
        Slice raw = new Slice(body, (int) range.offset(), (int) range.length());
        return compression == null ? raw : decompressed(raw);
    }

    private Slice decompressed(Slice raw) {
        if (raw.length() < 8) {
            throw new ArrowFormatException("a compressed buffer of " + raw.length() + " bytes");
        }
        long size =
                ByteBuffer.wrap(raw.data(), raw.offset(), 8)
                        .order(ByteOrder.LITTLE_ENDIAN)
                        .getLong();
        int from = raw.offset() + 8;
        int packed = raw.length() - 8;
        if (size == -1) {
            return new Slice(raw.data(), from, packed);
        }
        if (size < 0 || size > MAX_BUFFER) {
            throw new ArrowFormatException("a compressed buffer of " + size + " plain bytes");
        }
        byte[] plain = new byte[(int) size];
        long written =
                compression.codec() == CompressionType.ZSTD
                        ? Zstd.decompressByteArray(plain, 0, plain.length, raw.data(), from, packed)
                        : lz4(plain, raw.data(), from, packed);
        if (written != size) {
            throw new ArrowFormatException(
                    "a compressed buffer of " + size + " plain bytes does not decompress");
        }
        return new Slice(plain, 0, plain.length);
    }

    private static long lz4(byte[] plain, byte[] packed, int from, int length) {
        try (LZ4FrameInputStream stream =
                new LZ4FrameInputStream(new ByteArrayInputStream(packed, from, length))) {
            return stream.readNBytes(plain, 0, plain.length);
        } catch (IOException failure) {
            throw new ArrowFormatException(
                    "a compressed buffer does not decompress: " + failure.getMessage(), failure);
        }
    }
}
