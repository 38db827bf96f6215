package io.troupe.cluster.transport;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.SocketChannel;

/// A connection as it is. Writes go in pieces of bounded size: the JDK copies a heap buffer to a
/// direct one of the same size, and keeps that.
record PlainChannel(SocketChannel channel) implements DataChannel {
    @Override
    public InputStream input() throws IOException {
        return channel.socket().getInputStream();
    }

    @Override
    public void write(ByteBuffer... buffers) throws IOException {
        ByteBuffer last = buffers[buffers.length - 1];
        int end = last.limit();
        while (last.hasRemaining() || buffers[0].hasRemaining()) {
            last.limit(Math.min(end, last.position() + DataProtocol.CHUNK));
            channel.write(buffers);
            last.limit(end);
        }
    }

    @Override
    public void write(FileChannel file, long position, long length) throws IOException {
        long sent = 0;
        while (sent < length) {
            long n =
                    file.transferTo(
                            position + sent, Math.min(DataProtocol.CHUNK, length - sent), channel);
            if (n <= 0) {
                throw new IOException("file of spilled blocks is shorter than its index says");
            }
            sent += n;
        }
    }

    @Override
    public Socket socket() {
        return channel.socket();
    }

    @Override
    public boolean isOpen() {
        return channel.isOpen();
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
