package io.troupe.cluster.transport;

import io.troupe.cluster.protocol.DataRequest;
import io.troupe.cluster.serialization.WireCodec;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// One connection to another process's data plane. Used by one thread at a time; a connection whose
/// answer was not read to its end must be closed, not reused.
public final class DataConnection implements AutoCloseable {
    private final DataChannel channel;
    private final DataInputStream in;
    private final WireCodec codec;
    private long regionLeft;
    private boolean answerOpen;

    private DataConnection(DataChannel channel, WireCodec codec) throws IOException {
        this.channel = channel;
        this.codec = codec;
        this.in = new DataInputStream(new BufferedInputStream(channel.input(), 64 * 1024));
    }

    /// Connects and shows the application's token.
    ///
    /// @param doors opens the connection
    /// @param timeoutMillis most time to wait for connection and for each read
    /// @throws IOException if nobody answers, or the token is refused
    static DataConnection open(
            Doors doors, String host, int port, String token, WireCodec codec, int timeoutMillis)
            throws IOException {
        DataChannel channel = doors.connect(host, port, timeoutMillis);
        try {
            byte[] bytes = token.getBytes(StandardCharsets.UTF_8);
            ByteBuffer hello = ByteBuffer.allocate(8 + bytes.length);
            channel.write(hello.putInt(DataProtocol.MAGIC).putInt(bytes.length).put(bytes).flip());
            DataConnection connection = new DataConnection(channel, codec);
            if (connection.in.readByte() != DataProtocol.ACCEPTED) {
                throw new IOException(
                        "the data plane at "
                                + host
                                + ":"
                                + port
                                + " refused this application's token");
            }
            return connection;
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e instanceof IOException io ? io : new IOException(e.getMessage(), e);
        }
    }

    /// Sends a request; its answer is read with [#next()].
    public void request(DataRequest request) throws IOException {
        byte[] bytes = codec.encode(request);
        ByteBuffer buffer = ByteBuffer.allocate(DataProtocol.REQUEST_LENGTH + bytes.length);
        buffer.putInt(bytes.length).putInt(Frames.checksum(bytes));
        DataProtocol.sealed(buffer).put(bytes).flip();
        answerOpen = true;
        regions = 0;
        channel.write(buffer);
    }

    /// The next frame of the answer, or null at its end.
    ///
    /// @throws MissingOutputException if an output is not there
    /// @throws CorruptFrameException if a frame's checksum is wrong
    /// @throws IOException if the connection broke or the server gave up
    public DataFrame next() throws IOException {
        while (regionLeft == 0) {
            byte mark = in.readByte();
            switch (mark) {
                case DataProtocol.END -> {
                    int sent = sealed(mark, DataProtocol.END_LENGTH).getInt();
                    if (sent != regions) {
                        throw new IOException(
                                "answer of " + sent + " regions ended after " + regions);
                    }
                    answerOpen = false;
                    return null;
                }
                case DataProtocol.REGION -> {
                    ByteBuffer header = sealed(mark, DataProtocol.REGION_LENGTH);
                    output = header.getInt();
                    partition = header.getInt();
                    regionLeft = header.getLong();
                    regions++;
                }
                case DataProtocol.MISSING -> {
                    int missing = in.readInt();
                    throw new MissingOutputException(missing, text());
                }
                case DataProtocol.FAILED -> throw new IOException(text());
                default -> throw new IOException("unknown mark " + mark + " in an answer");
            }
        }
        return frame();
    }

    private int output;
    private int partition;
    private int regions;

    /// What follows a mark, up to its checksum, which is right.
    private ByteBuffer sealed(byte mark, int length) throws IOException {
        byte[] header = new byte[length];
        header[0] = mark;
        in.readFully(header, 1, length - 1);
        return DataProtocol.opened(header).position(1);
    }

    private DataFrame frame() throws IOException {
        int length = in.readInt();
        int checksum = in.readInt();
        if (length < 0
                || length > Frames.MAX_LENGTH
                || length + (long) Frames.HEADER > regionLeft) {
            throw new CorruptFrameException(
                    output, partition, "frame length " + length + " is impossible");
        }
        byte[] content = readExactly(length);
        regionLeft -= length + (long) Frames.HEADER;
        if (Frames.checksum(content) != checksum) {
            throw new CorruptFrameException(
                    output, partition, "checksum mismatch in a frame of " + length + " bytes");
        }
        return new DataFrame(output, partition, content);
    }

    /// Grows the buffer as bytes really arrive, so that a wrong length cannot claim memory.
    private byte[] readExactly(int length) throws IOException {
        byte[] content = new byte[Math.min(length, 8 << 20)];
        int read = 0;
        while (true) {
            in.readFully(content, read, content.length - read);
            read = content.length;
            if (read == length) {
                return content;
            }
            content = Arrays.copyOf(content, (int) Math.min(length, 2L * read));
        }
    }

    private String text() throws IOException {
        int length = in.readInt();
        if (length < 0 || length > 65_536) {
            throw new IOException("text of " + length + " bytes refused");
        }
        return new String(in.readNBytes(length), StandardCharsets.UTF_8);
    }

    /// Blocks until the other side closes the connection or its process ends.
    public void awaitClose() throws IOException {
        channel.socket().setSoTimeout(0);
        while (in.read() != -1) {
            // A lifeline carries one END mark and then nothing.
            continue;
        }
    }

    /// Whether the last answer was read to its end, so that another request may follow.
    public boolean isReusable() {
        return !answerOpen && channel.isOpen();
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
