package io.troupe.cluster.transport;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;

/// The bytes of one data-plane connection. One thread reads, one writes; closing ends both.
interface DataChannel extends AutoCloseable {
    InputStream input() throws IOException;

    /// Writes all of one or two heap buffers, in order.
    void write(ByteBuffer... buffers) throws IOException;

    /// Writes a part of a file, without copying it through this process where the system can.
    ///
    /// @throws IOException if the file ends before that
    void write(FileChannel file, long position, long length) throws IOException;

    /// For time-outs and addresses; not for its streams.
    Socket socket();

    boolean isOpen();

    @Override
    void close() throws IOException;
}
