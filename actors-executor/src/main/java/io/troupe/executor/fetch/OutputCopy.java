package io.troupe.executor.fetch;

import io.troupe.cluster.protocol.DataRequest;
import io.troupe.cluster.protocol.ExecutorAddress;
import io.troupe.cluster.protocol.TaskAttemptId;
import io.troupe.cluster.transport.DataClient;
import io.troupe.cluster.transport.DataConnection;
import io.troupe.cluster.transport.DataFrame;
import io.troupe.columnar.spill.BatchCodec;
import io.troupe.executor.block.BlockStore;
import io.troupe.executor.block.OutputWriter;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;

/// Makes a second copy of an output that another executor holds.
public final class OutputCopy {
    private OutputCopy() {}

    /// Copies all partitions of an output into the store; blocks until it is there.
    ///
    /// @param partitions number of its partitions
    /// @throws IOException if it cannot be read whole, or not be stored
    public static void make(
            TaskAttemptId task,
            int partitions,
            ExecutorAddress from,
            DataClient client,
            BlockStore store)
            throws IOException {
        if (store.holds(task)) {
            return;
        }
        DataConnection connection = client.borrow(from.host(), from.port());
        try (OutputWriter writer = store.write(task, partitions)) {
            connection.request(new DataRequest.Blocks(List.of(task), 0, partitions));
            for (DataFrame frame = connection.next(); frame != null; frame = connection.next()) {
                writer.add(frame.partition(), BatchCodec.decode(ByteBuffer.wrap(frame.content())));
            }
            writer.commit();
        } finally {
            client.release(from.host(), from.port(), connection);
        }
    }
}
