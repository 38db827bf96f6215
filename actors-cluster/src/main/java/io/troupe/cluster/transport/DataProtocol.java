package io.troupe.cluster.transport;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;

/// Constants of the data plane's conversation. The client opens with magic, version and the
/// application's token; the server answers one byte. Then, any number of times: the client sends
/// `int32 length` and an encoded request; the server answers a sequence of marks, each with what
/// belongs to it, that ends with END or FAILED.
final class DataProtocol {
    static final int MAGIC = 0x54525031;
    static final int MAX_TOKEN = 256;
    static final int MAX_REQUEST = 64 << 20;
    static final int CHUNK = 1 << 20;
    static final int HANDSHAKE_MILLIS = 10_000;

    static final byte ACCEPTED = 1;
    static final byte REJECTED = 2;

    /// No more.
    static final byte END = 0;

    /// `int32 output index, int32 partition, int64 length` and that many bytes of frames.
    static final byte REGION = 1;

    /// `int32 output index, int32 length` and a text: the output is not there.
    static final byte MISSING = 2;

    /// `int32 length` and a text: the server gave up; the connection is closed after it.
    static final byte FAILED = 3;

    private DataProtocol() {}

    static byte[] text(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return bytes.length <= 32_768 ? bytes : java.util.Arrays.copyOf(bytes, 32_768);
    }

    /// Compares without telling by its duration where the first difference is.
    static boolean sameToken(byte[] expected, byte[] actual) {
        return MessageDigest.isEqual(expected, actual);
    }
}
