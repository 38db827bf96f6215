package io.troupe.cluster.transport;

import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/// The unit of stored and sent bytes: `int32 length, int32 CRC-32C, bytes`, big-endian. Files of
/// spilled blocks are sequences of frames, so they are sent as they lie on disk.
public final class Frames {
    /// Bytes before a frame's content.
    public static final int HEADER = 8;

    /// Most bytes that one frame may hold.
    public static final int MAX_LENGTH = 1 << 30;

    private Frames() {}

    /// The header for some content.
    public static ByteBuffer header(byte[] content) {
        return ByteBuffer.allocate(HEADER).putInt(content.length).putInt(checksum(content)).flip();
    }

    /// The checksum of some content.
    public static int checksum(byte[] content) {
        return checksum(content, 0, content.length);
    }

    /// The checksum of a part of an array.
    public static int checksum(byte[] content, int from, int length) {
        CRC32C crc = new CRC32C();
        crc.update(content, from, length);
        return (int) crc.getValue();
    }
}
