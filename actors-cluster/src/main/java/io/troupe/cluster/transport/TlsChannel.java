package io.troupe.cluster.transport;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import javax.net.ssl.SSLSocket;

/// A connection whose both ends have shown the cluster's certificate.
record TlsChannel(SSLSocket encrypted) implements DataChannel {
    @Override
    public InputStream input() throws IOException {
        return encrypted.getInputStream();
    }

    @Override
    public void write(ByteBuffer... buffers) throws IOException {
        OutputStream out = encrypted.getOutputStream();
        for (ByteBuffer buffer : buffers) {
            out.write(buffer.array(), buffer.arrayOffset() + buffer.position(), buffer.remaining());
            buffer.position(buffer.limit());
        }
    }

    @Override
    public void write(FileChannel file, long position, long length) throws IOException {
        ByteBuffer piece = ByteBuffer.allocate((int) Math.min(DataProtocol.CHUNK, length));
        long sent = 0;
        while (sent < length) {
            piece.clear().limit((int) Math.min(piece.capacity(), length - sent));
            int n = file.read(piece, position + sent);
            if (n <= 0) {
                throw new IOException("file of spilled blocks is shorter than its index says");
            }
            write(piece.flip());
            sent += n;
        }
    }

    @Override
    public Socket socket() {
        return encrypted;
    }

    @Override
    public boolean isOpen() {
        return !encrypted.isClosed();
    }

    @Override
    public void close() throws IOException {
        encrypted.close();
    }
}
