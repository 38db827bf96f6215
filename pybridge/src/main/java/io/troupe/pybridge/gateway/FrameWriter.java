package io.troupe.pybridge.gateway;

import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;

/// Cuts a byte stream into frames of at most [DataChannel#MAX_FRAME] bytes. `flush` sends what
/// there is as a frame.
public final class FrameWriter extends OutputStream {
    private final DataOutputStream out;
    private final byte[] frame = new byte[DataChannel.MAX_FRAME];
    private int filled;

    FrameWriter(DataOutputStream out) {
        this.out = out;
    }

    @Override
    public void write(int value) throws IOException {
        if (filled == frame.length) {
            flushFrame();
        }
        frame[filled++] = (byte) value;
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        int from = offset;
        int left = length;
        while (left > 0) {
            if (filled == frame.length) {
                flushFrame();
            }
            int piece = Math.min(left, frame.length - filled);
            System.arraycopy(bytes, from, frame, filled, piece);
            filled += piece;
            from += piece;
            left -= piece;
        }
    }

    @Override
    public void flush() throws IOException {
        flushFrame();
    }

    void flushFrame() throws IOException {
        if (filled == 0) {
            return;
        }
        try {
            out.writeInt(filled);
            out.write(frame, 0, filled);
            out.flush();
        } catch (IOException e) {
            throw new ClientGoneException(e);
        }
        filled = 0;
    }
}
