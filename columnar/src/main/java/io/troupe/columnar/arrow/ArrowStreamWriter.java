package io.troupe.columnar.arrow;

import com.google.flatbuffers.FlatBufferBuilder;
import io.troupe.columnar.vector.Batch;
import io.troupe.planner.type.StructType;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.Channels;
import java.nio.channels.WritableByteChannel;
import org.apache.arrow.flatbuf.Buffer;
import org.apache.arrow.flatbuf.FieldNode;
import org.apache.arrow.flatbuf.Message;
import org.apache.arrow.flatbuf.MessageHeader;
import org.apache.arrow.flatbuf.MetadataVersion;
import org.apache.arrow.flatbuf.RecordBatch;

/// Writes batches as an Arrow IPC stream: the schema before the first batch, the end mark on
/// [#finish()]. Selections are applied and dictionaries flattened. Not thread-safe. Does not close
/// what it writes to.
public final class ArrowStreamWriter {
    private static final int CONTINUATION = -1;

    private final WritableByteChannel out;
    private final StructType schema;
    private final String zone;
    private final BodyBuffer body = new BodyBuffer();
    private final ArrowBodyWriter columns = new ArrowBodyWriter(body);
    private boolean started;

    /// @param zone the session's time zone, which timestamps carry in their Arrow type
    public ArrowStreamWriter(WritableByteChannel out, StructType schema, String zone) {
        this.out = out;
        this.schema = schema;
        this.zone = zone;
    }

    public ArrowStreamWriter(OutputStream out, StructType schema, String zone) {
        this(Channels.newChannel(out), schema, zone);
    }

    /// Writes the schema, unless it is written already.
    public void start() throws IOException {
        if (!started) {
            started = true;
            message(ArrowSchemaWriter.message(schema, zone));
        }
    }

    public void write(Batch batch) throws IOException {
        write(batch, 0, batch.selected());
    }

    /// Writes the existing rows `from .. from + count` of the batch as one record batch.
    public void write(Batch batch, int from, int count) throws IOException {
        start();
        body.clear();
        int[] rows = rows(batch, from, count);
        for (int i = 0; i < batch.columns().length; i++) {
            columns.write(batch.column(i), schema.fields().get(i).type(), rows, count);
        }
        message(metadata(count));
        write(ByteBuffer.wrap(body.array(), 0, body.size()));
    }

    private static int[] rows(Batch batch, int from, int count) {
        if (from == 0) {
            return batch.selection();
        }
        int[] rows = new int[count];
        for (int i = 0; i < count; i++) {
            rows[i] = batch.row(from + i);
        }
        return rows;
    }

    /// Writes the schema if nothing was written, then the end of the stream.
    public void finish() throws IOException {
        start();
        write(
                ByteBuffer.allocate(8)
                        .order(ByteOrder.LITTLE_ENDIAN)
                        .putInt(CONTINUATION)
                        .putInt(0)
                        .flip());
    }

    private byte[] metadata(int rows) {
        FlatBufferBuilder builder =
                new FlatBufferBuilder(256 + 16 * (body.nodeCount() + body.bufferCount()));
        RecordBatch.startNodesVector(builder, body.nodeCount());
        for (int i = body.nodeCount() - 1; i >= 0; i--) {
            FieldNode.createFieldNode(builder, body.nodeLength(i), body.nodeNulls(i));
        }
        int nodes = builder.endVector();
        RecordBatch.startBuffersVector(builder, body.bufferCount());
        for (int i = body.bufferCount() - 1; i >= 0; i--) {
            Buffer.createBuffer(builder, body.bufferOffset(i), body.bufferLength(i));
        }
        int buffers = builder.endVector();
        int header = RecordBatch.createRecordBatch(builder, rows, nodes, buffers, 0, 0);
        builder.finish(
                Message.createMessage(
                        builder,
                        MetadataVersion.V5,
                        MessageHeader.RecordBatch,
                        header,
                        body.size(),
                        0));
        return builder.sizedByteArray();
    }

    private void message(byte[] metadata) throws IOException {
        int padded = metadata.length + 7 & ~7;
        ByteBuffer head = ByteBuffer.allocate(8 + padded).order(ByteOrder.LITTLE_ENDIAN);
        head.putInt(CONTINUATION).putInt(padded).put(metadata);
        write(head.position(0).limit(8 + padded));
    }

    private void write(ByteBuffer data) throws IOException {
        while (data.hasRemaining()) {
            out.write(data);
        }
    }
}
