package io.troupe.columnar.arrow;

import io.troupe.columnar.vector.Batch;
import io.troupe.columnar.vector.Vector;
import io.troupe.planner.type.StructType;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.Channels;
import java.nio.channels.ReadableByteChannel;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.arrow.flatbuf.DictionaryBatch;
import org.apache.arrow.flatbuf.Message;
import org.apache.arrow.flatbuf.MessageHeader;
import org.apache.arrow.flatbuf.RecordBatch;
import org.apache.arrow.flatbuf.Schema;

/// Reads an Arrow IPC stream, by whomever written, as batches of at most [Batch#TARGET_ROWS] rows
/// (or as the caller says). Not thread-safe. Does not close what it reads from, and reads nothing
/// behind the end mark.
public final class ArrowStreamReader {
    private static final int CONTINUATION = -1;
    private static final int MAX_METADATA = 256 << 20;

    private final InputStream in;
    private final int maxRows;
    private final Map<Long, Vector> dictionaries = new HashMap<>();
    private List<ArrowField> fields;
    private StructType schema;
    private List<ArrowArray> current;
    private int rows;
    private int done;
    private boolean ended;

    public ArrowStreamReader(InputStream in) {
        this(in, Batch.TARGET_ROWS);
    }

    public ArrowStreamReader(ReadableByteChannel in) {
        this(Channels.newInputStream(in), Batch.TARGET_ROWS);
    }

    /// @param maxRows rows per batch at most; record batches that are longer are cut
    public ArrowStreamReader(InputStream in, int maxRows) {
        this.in = in;
        this.maxRows = maxRows;
    }

    /// The columns as Spark types: timestamps with a zone are TIMESTAMP, those without
    /// TIMESTAMP_NTZ.
    public StructType schema() throws IOException {
        if (schema == null) {
            Message message = decoding(this::message);
            if (message == null || decoding(message::headerType) != MessageHeader.Schema) {
                throw new ArrowFormatException("the Arrow stream does not begin with a schema");
            }
            fields =
                    decoding(() -> ArrowSchemaReader.fields((Schema) message.header(new Schema())));
            schema = ArrowSchemaReader.structOf(fields);
            decoding(() -> body(message));
        }
        return schema;
    }

    /// The next rows, or null at the end of the stream. Empty record batches are passed over.
    ///
    /// @throws ArrowFormatException when the bytes are not a valid stream
    public Batch next() throws IOException {
        schema();
        while (done == rows) {
            if (ended || !decoding(this::advance)) {
                return null;
            }
        }
        int count = Math.min(maxRows, rows - done);
        int from = done;
        Vector[] columns =
                decoding(() ->
                        current.stream()
                                .map(array -> ArrowDecoder.decode(array, from, count))
                                .toArray(Vector[]::new));
        done += count;
        return new Batch(columns, count);
    }

    private boolean advance() throws IOException {
        Message message = message();
        if (message == null) {
            ended = true;
            current = null;
            return false;
        }
        byte[] body = body(message);
        switch (message.headerType()) {
            case MessageHeader.RecordBatch ->
                    open((RecordBatch) message.header(new RecordBatch()), body);
            case MessageHeader.DictionaryBatch ->
                    dictionary((DictionaryBatch) message.header(new DictionaryBatch()), body);
            default ->
                    throw new ArrowFormatException(
                            "unexpected message of kind "
                                    + message.headerType()
                                    + " in the Arrow stream");
        }
        return true;
    }

    private void open(RecordBatch batch, byte[] body) {
        if (batch.length() < 0 || batch.length() > Integer.MAX_VALUE - 64) {
            throw new ArrowFormatException("a record batch of " + batch.length() + " rows");
        }
        current = new ArrowBodyReader(batch, body, dictionaries).arrays(fields);
        rows = (int) batch.length();
        done = 0;
    }

    private void dictionary(DictionaryBatch batch, byte[] body) {
        if (batch.isDelta()) {
            throw new ArrowFormatException(
                    "delta dictionaries are not supported; write the stream without emit_dictionary_deltas");
        }
        ArrowField coded = find(fields, batch.id());
        if (coded == null) {
            throw new ArrowFormatException(
                    "a dictionary with id " + batch.id() + " belongs to no column");
        }
        ArrowField values =
                new ArrowField(
                        coded.name(),
                        true,
                        coded.type(),
                        coded.layout(),
                        coded.children(),
                        -1,
                        0,
                        false);
        List<ArrowArray> arrays =
                new ArrowBodyReader(batch.data(), body, dictionaries).arrays(List.of(values));
        ArrowArray array = arrays.getFirst();
        dictionaries.put(batch.id(), ArrowDecoder.decode(array, 0, array.length()));
    }

    private static ArrowField find(List<ArrowField> fields, long id) {
        List<ArrowField> open = new ArrayList<>(fields);
        while (!open.isEmpty()) {
            ArrowField field = open.removeLast();
            if (field.dictionary() == id) {
                return field;
            }
            open.addAll(field.children());
        }
        return null;
    }

    /// The next message's metadata; null at the end mark or where the stream simply ends between
    /// messages.
    private Message message() throws IOException {
        byte[] head = in.readNBytes(4);
        if (head.length == 0) {
            return null;
        }
        int length = littleEndian(head);
        if (length == CONTINUATION) {
            length = littleEndian(in.readNBytes(4));
        }
        if (length == 0) {
            return null;
        }
        if (length < 0 || length > MAX_METADATA) {
            throw new ArrowFormatException(
                    "an Arrow message with " + length + " bytes of metadata: not an Arrow stream");
        }
        ByteBuffer metadata = ByteBuffer.wrap(full(length)).order(ByteOrder.LITTLE_ENDIAN);
        return Message.getRootAsMessage(metadata);
    }

    private byte[] body(Message message) throws IOException {
        long length = message.bodyLength();
        if (length < 0 || length > Integer.MAX_VALUE - 64) {
            throw new ArrowFormatException(
                    "an Arrow message of " + length + " bytes; write smaller record batches");
        }
        return full((int) length);
    }

    private byte[] full(int length) throws IOException {
        byte[] data = in.readNBytes(length);
        if (data.length < length) {
            throw new EOFException(
                    "the Arrow stream ends inside a message, "
                            + (length - data.length)
                            + " bytes early");
        }
        return data;
    }

    private static int littleEndian(byte[] data) throws EOFException {
        if (data.length < 4) {
            throw new EOFException("the Arrow stream ends inside a message");
        }
        return ByteBuffer.wrap(data).order(ByteOrder.LITTLE_ENDIAN).getInt();
    }

    private interface Decoding<T> {
        T run() throws IOException;
    }

    private static <T> T decoding(Decoding<T> step) throws IOException {
        try {
            return step.run();
        } catch (IndexOutOfBoundsException
                | NegativeArraySizeException
                | ArithmeticException
                | IllegalArgumentException
                | NullPointerException
                | com.github.luben.zstd.ZstdException failure) {
            throw new ArrowFormatException(
                    "malformed Arrow message: " + failure.getMessage(), failure);
        }
    }
}
