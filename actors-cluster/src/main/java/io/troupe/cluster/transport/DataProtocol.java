package io.troupe.cluster.transport;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;

/// Constants of the data plane's conversation. The client opens with magic, version and the
/// application's token; the server answers one byte. Then, any number of times: the client sends
/// `int32 length, int32 CRC-32C` of an encoded request, CRC-32C of these two, and the request; the
/// server answers a sequence of marks, each with what belongs to it, that ends with END or FAILED.
/// What decides which bytes are data, and that there are no more, carries a checksum: no flipped
/// bit can turn into a shorter answer.
final class DataProtocol {
    static final int MAGIC = 0x54525031;
    static final int MAX_TOKEN = 256;
    static final int MAX_REQUEST = 64 << 20;
    static final int REQUEST_LENGTH = 12;
    static final int CHUNK = 1 << 20;
    static final int HANDSHAKE_MILLIS = 10_000;

    static final byte ACCEPTED = 1;
    static final byte REJECTED = 2;

    /// No more: `int32 regions of the answer, int32 CRC-32C` of mark and number.
    static final byte END = 0;

    static final int END_LENGTH = 9;

    /// `int32 output index, int32 partition, int64 length, int32 CRC-32C` of mark and numbers, then
    /// that many bytes of frames.
    static final byte REGION = 1;

    static final int REGION_LENGTH = 21;

    /// `int32 output index, int32 length` and a text: the output is not there.
    static final byte MISSING = 2;

    /// `int32 length` and a text: the server gave up; the connection is closed after it.
    static final byte FAILED = 3;

    private DataProtocol() {}

    /// Ends a header, which begins where the buffer does, with its checksum.
    static ByteBuffer sealed(ByteBuffer header) {
        return header.putInt(Frames.checksum(header.array(), 0, header.position()));
    }

    /// Reads a header whose last four bytes are its checksum.
    ///
    /// @throws IOException if it was damaged
    static ByteBuffer opened(byte[] header) throws IOException {
        ByteBuffer read = ByteBuffer.wrap(header);
        int end = header.length - Integer.BYTES;
        if (read.getInt(end) != Frames.checksum(header, 0, end)) {
            throw new IOException("checksum mismatch in a header of the data plane");
        }
        return read;
    }

    static byte[] text(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return bytes.length <= 32_768 ? bytes : java.util.Arrays.copyOf(bytes, 32_768);
    }

    /// Compares without telling by its duration where the first difference is.
    static boolean sameToken(byte[] expected, byte[] actual) {
        return MessageDigest.isEqual(expected, actual);
    }
}
