package io.troupe.executor.task;

import io.troupe.cluster.protocol.TaskAttemptId;
import io.troupe.cluster.protocol.TaskOutput;
import io.troupe.columnar.spill.BatchCodec;
import io.troupe.columnar.vector.Batch;
import io.troupe.executor.block.BlockCursor;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/// Small results travel inside the message that tells success, which saves a fetch.
public final class InlineResult {
    private InlineResult() {}

    static TaskOutput inline(TaskOutput output, TaskAttemptId id, ExecutorServices services)
            throws IOException {
        if (output.sizes().total() > services.inlineLimit()) {
            return output;
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(bytes);
        try (BlockCursor cursor = services.store().read(id, 0, 1)) {
            for (Batch batch = cursor.next(); batch != null; batch = cursor.next()) {
                byte[] content = BatchCodec.encode(batch);
                out.writeInt(content.length);
                out.write(content);
            }
        }
        out.writeInt(-1);
        if (bytes.size() > services.inlineLimit()) {
            return output;
        }
        services.store().drop(id);
        return new TaskOutput(
                output.sizes(), output.rows(), output.checksum(), bytes.toByteArray());
    }

    /// Decodes an inline result.
    public static List<Batch> batches(TaskOutput output) {
        List<Batch> batches = new ArrayList<>();
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(output.inline()))) {
            for (int length = in.readInt(); length >= 0; length = in.readInt()) {
                batches.add(BatchCodec.decode(ByteBuffer.wrap(in.readNBytes(length))));
            }
            return batches;
        } catch (IOException e) {
            throw new IllegalStateException("an inline result is cut short", e);
        }
    }
}
