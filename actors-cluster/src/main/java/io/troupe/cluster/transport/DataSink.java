package io.troupe.cluster.transport;

import java.io.IOException;
import java.nio.channels.FileChannel;

/// Where a service writes its answer. Writing blocks while the receiver is slow: that is the
/// back-pressure.
public interface DataSink {
    /// Sends one frame as a region of its own.
    void frame(int output, int partition, byte[] content) throws IOException;

    /// Sends frames as they lie in a file, without copying them through this process where the
    /// system can.
    void file(int output, int partition, FileChannel file, long position, long length)
            throws IOException;

    /// Says that an output is not here.
    void missing(int output, String reason) throws IOException;

    /// Blocks until the client closes the connection.
    void awaitClose() throws IOException;
}
