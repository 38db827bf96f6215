package io.troupe.pybridge.gateway;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;

/// The frames of an upload as one stream.
public final class FrameReader extends InputStream {
    private final DataInputStream in;
    private int left;
    private boolean started;
    private boolean ended;

    FrameReader(DataInputStream in) {
        this.in = in;
    }

    private boolean more() throws IOException {
        started = true;
        while (left == 0 && !ended) {
            left = in.readInt();
            if (left == 0) {
                ended = true;
            } else if (left < 0 || left > DataChannel.MAX_FRAME) {
                throw new ClientGoneException(new IOException("a frame of " + left + " bytes"));
            }
        }
        return !ended;
    }

    @Override
    public int read() throws IOException {
        if (!more()) {
            return -1;
        }
        left--;
        return in.readUnsignedByte();
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        if (!more()) {
            return -1;
        }
        int count = in.read(bytes, offset, Math.min(length, left));
        if (count > 0) {
            left -= count;
        }
        return count;
    }

    /// Reads what is left of an upload whose handler failed, so that the next request starts at a
    /// frame.
    void drain() throws IOException {
        while (started && more()) {
            in.skipNBytes(left);
            left = 0;
        }
    }
}
