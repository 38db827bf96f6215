package io.troupe.cluster.transport;

import io.troupe.cluster.protocol.DataRequest;
import io.troupe.cluster.security.Endpoint;
import io.troupe.cluster.serialization.WireCodec;
import io.troupe.cluster.serialization.WireFormatException;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.AsynchronousCloseException;
import java.nio.channels.FileChannel;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Serves a process's blocks to those who know the application's token. One virtual thread per
/// connection; the number of connections is bounded.
public final class DataServer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(DataServer.class);
    private static final int MAX_CONNECTIONS = 4_096;

    private final ServerSocketChannel listener;
    private final Doors doors;
    private final byte[] token;
    private final WireCodec codec;
    private final DataService service;
    private final Set<SocketChannel> open = ConcurrentHashMap.newKeySet();

    /// Starts to listen.
    ///
    /// @param at address and port to bind, and who may connect
    /// @param token the application's secret
    /// @throws IOException if the port cannot be bound
    public DataServer(Endpoint at, String token, WireCodec codec, DataService service)
            throws IOException {
        this.doors = Doors.of(at.security());
        this.token = token.getBytes(StandardCharsets.UTF_8);
        this.codec = codec;
        this.service = service;
        this.listener = ServerSocketChannel.open();
        try {
            listener.bind(new InetSocketAddress(at.host(), at.port()), 1_024);
        } catch (IOException e) {
            listener.close();
            throw new IOException(
                    "cannot listen for blocks on "
                            + at.host()
                            + ":"
                            + at.port()
                            + ": "
                            + e.getMessage(),
                    e);
        }
        Thread.ofVirtual().name("data-accept").start(this::accept);
    }

    /// The bound port.
    public int port() {
        return listener.socket().getLocalPort();
    }

    private void accept() {
        while (listener.isOpen()) {
            try {
                SocketChannel channel = listener.accept();
                if (open.size() >= MAX_CONNECTIONS) {
                    LOG.warn("data plane: refused a connection, {} are open", open.size());
                    channel.close();
                    continue;
                }
                open.add(channel);
                Thread.ofVirtual().name("data-serve").start(() -> converse(channel));
            } catch (AsynchronousCloseException e) {
                return;
            } catch (IOException e) {
                if (listener.isOpen()) {
                    LOG.warn("data plane: cannot accept: {}", e.getMessage());
                }
            }
        }
    }

    private void converse(SocketChannel accepted) {
        try (accepted;
                DataChannel channel = doors.accept(accepted, DataProtocol.HANDSHAKE_MILLIS)) {
            DataInputStream in = new DataInputStream(channel.input());
            if (!admit(channel, in)) {
                return;
            }
            channel.socket().setSoTimeout(0);
            Sink sink = new Sink(channel, in);
            while (true) {
                DataRequest request = read(in);
                if (request == null) {
                    return;
                }
                answer(request, sink);
            }
        } catch (IOException | WireFormatException e) {
            LOG.debug("data plane: connection ended: {}", e.getMessage());
        } finally {
            open.remove(accepted);
        }
    }

    private boolean admit(DataChannel channel, DataInputStream in) throws IOException {
        boolean known = false;
        if (in.readInt() == DataProtocol.MAGIC) {
            int length = in.readInt();
            if (length >= 0 && length <= DataProtocol.MAX_TOKEN) {
                byte[] offered = new byte[length];
                in.readFully(offered);
                known = DataProtocol.sameToken(token, offered);
            }
        }
        channel.write(
                ByteBuffer.wrap(
                        new byte[] {known ? DataProtocol.ACCEPTED : DataProtocol.REJECTED}));
        if (!known) {
            LOG.warn(
                    "data plane: refused {}: not of this application",
                    channel.socket().getRemoteSocketAddress());
        }
        return known;
    }

    private DataRequest read(DataInputStream in) throws IOException {
        byte[] header = new byte[DataProtocol.REQUEST_LENGTH];
        int first = in.read();
        if (first < 0) {
            return null;
        }
        header[0] = (byte) first;
        in.readFully(header, 1, header.length - 1);
        ByteBuffer numbers = DataProtocol.opened(header);
        int length = numbers.getInt();
        int checksum = numbers.getInt();
        if (length < 0 || length > DataProtocol.MAX_REQUEST) {
            throw new IOException("request of " + length + " bytes refused");
        }
        byte[] bytes = in.readNBytes(length);
        if (Frames.checksum(bytes) != checksum) {
            throw new IOException("checksum mismatch in a request of " + length + " bytes");
        }
        if (codec.decode(bytes) instanceof DataRequest request) {
            return request;
        }
        throw new IOException("not a data request");
    }

    private void answer(DataRequest request, Sink sink) throws IOException {
        try {
            service.serve(request, sink);
            sink.end();
        } catch (IOException | RuntimeException e) {
            LOG.debug("data plane: serving {} failed", request, e);
            if (!sink.insideRegion) {
                sink.failed(String.valueOf(e.getMessage()));
            }
            throw new IOException("connection closed after a failed answer: " + e.getMessage(), e);
        }
    }

    @Override
    public void close() throws IOException {
        listener.close();
        for (SocketChannel channel : open) {
            channel.close();
        }
    }

    private static final class Sink implements DataSink {
        private final DataChannel channel;
        private final DataInputStream in;

        /// Set while a region's bytes are incomplete: nothing else can be said then but to close
        /// the connection.
        private boolean insideRegion;

        private int regions;

        Sink(DataChannel channel, DataInputStream in) {
            this.channel = channel;
            this.in = in;
        }

        @Override
        public void frame(int output, int partition, byte[] content) throws IOException {
            ByteBuffer header = ByteBuffer.allocate(DataProtocol.REGION_LENGTH + Frames.HEADER);
            region(header, output, partition, Frames.HEADER + (long) content.length);
            header.put(Frames.header(content)).flip();
            insideRegion = true;
            channel.write(header, ByteBuffer.wrap(content));
            insideRegion = false;
        }

        @Override
        public void file(int output, int partition, FileChannel file, long position, long length)
                throws IOException {
            ByteBuffer header = ByteBuffer.allocate(DataProtocol.REGION_LENGTH);
            region(header, output, partition, length);
            channel.write(header.flip());
            insideRegion = true;
            channel.write(file, position, length);
            insideRegion = false;
        }

        @Override
        public void missing(int output, String reason) throws IOException {
            byte[] text = DataProtocol.text(reason);
            ByteBuffer header = ByteBuffer.allocate(9 + text.length);
            channel.write(
                    header.put(DataProtocol.MISSING)
                            .putInt(output)
                            .putInt(text.length)
                            .put(text)
                            .flip());
        }

        @Override
        public void awaitClose() throws IOException {
            end();
            int next = in.read();
            if (next != -1) {
                throw new IOException("a lifeline carries nothing");
            }
        }

        void failed(String reason) throws IOException {
            byte[] text = DataProtocol.text(reason);
            channel.write(
                    ByteBuffer.allocate(5 + text.length)
                            .put(DataProtocol.FAILED)
                            .putInt(text.length)
                            .put(text)
                            .flip());
        }

        private void region(ByteBuffer header, int output, int partition, long length) {
            header.put(DataProtocol.REGION).putInt(output).putInt(partition).putLong(length);
            DataProtocol.sealed(header);
            regions++;
        }

        void end() throws IOException {
            ByteBuffer header = ByteBuffer.allocate(DataProtocol.END_LENGTH);
            DataProtocol.sealed(header.put(DataProtocol.END).putInt(regions));
            channel.write(header.flip());
            regions = 0;
        }
    }
}
