package io.troupe.columnar.source.text;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/// Cuts a stream into lines. After [#next()], the line is `data()[from() .. to())`, valid until the
/// next call. Lines end with `\n`, `\r\n` or `\r`, or with a separator of the user's.
public final class LineReader implements AutoCloseable {
    private static final int CHUNK = 1 << 18;
    private static final int MAX_LINE = 1 << 30;

    private final InputStream in;
    private final long end;
    private final byte[] separator;
    private byte[] data = new byte[CHUNK];
    private int limit;
    private int position;
    private long consumed;
    private int from;
    private int to;
    private boolean finished;

    /// @param start the stream's position in its file
    /// @param end lines that begin at this position or behind are not read
    /// @param separator what ends lines, or null
    LineReader(InputStream in, long start, long end, byte[] separator) {
        this.in = in;
        this.end = end;
        this.separator = separator;
        this.consumed = start;
    }

    static LineReader empty() {
        return new LineReader(InputStream.nullInputStream(), 0, 0, null);
    }

    public byte[] data() {
        return data;
    }

    public int from() {
        return from;
    }

    public int to() {
        return to;
    }

    /// Moves to the next line; false at the end.
    public boolean next() throws IOException {
        if (consumed >= end || finished && position == limit) {
            return false;
        }
        int scan = position;
        while (true) {
            int found = separator == null ? lineEnd(scan) : separatorAt(scan);
            if (found >= 0) {
                int after = found + endLength(found);
                line(found, after);
                return true;
            }
            scan = Math.max(position, limit - (separator == null ? 1 : separator.length));
            int offset = scan - position;
            if (!fill()) {
                if (position == limit) {
                    return false;
                }
                line(limit, limit);
                return true;
            }
            scan = position + offset;
        }
    }

    private void line(int stop, int after) {
        from = position;
        to = stop;
        consumed += after - position;
        position = after;
    }

    /// The first line end at or behind `scan`; -1 when more bytes are needed to tell.
    private int lineEnd(int scan) {
        for (int i = scan; i < limit; i++) {
            byte b = data[i];
            if (b == '\n' || b == '\r' && (i + 1 < limit || finished)) {
                return i;
            }
        }
        return -1;
    }

    private int endLength(int at) {
        if (separator != null) {
            return separator.length;
        }
        return data[at] == '\r' && at + 1 < limit && data[at + 1] == '\n' ? 2 : 1;
    }

    private int separatorAt(int scan) {
        for (int i = scan; i + separator.length <= limit; i++) {
            if (data[i] == separator[0]
                    && Arrays.equals(
                            data, i, i + separator.length, separator, 0, separator.length)) {
                return i;
            }
        }
        return -1;
    }

    /// Reads more behind what is there, first moving the current line to the front; false at the
    /// end of the stream.
    private boolean fill() throws IOException {
        if (finished) {
            return false;
        }
        if (position > 0) {
            System.arraycopy(data, position, data, 0, limit - position);
            limit -= position;
            position = 0;
        }
        if (limit == data.length) {
            if (data.length >= MAX_LINE) {
                throw new IOException(
                        "a line of more than " + MAX_LINE + " bytes; is the line separator right?");
            }
            data = Arrays.copyOf(data, 2 * data.length);
        }
        int count = in.read(data, limit, data.length - limit);
        if (count < 0) {
            finished = true;
            // A carriage return at the very end is decided now.
            return limit > position;
        }
        limit += count;
        return true;
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
