package io.troupe.columnar.source.text;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;

/// Text of any encoding as UTF-8 bytes.
final class RecodedStream extends InputStream {
    private final Reader reader;
    private final char[] chars = new char[8192];
    private int kept;
    private byte[] bytes = new byte[0];
    private int position;

    RecodedStream(InputStream in, Charset charset) {
        this.reader = new InputStreamReader(in, charset);
    }

    @Override
    public int read() throws IOException {
        return fill() ? bytes[position++] & 0xff : -1;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        if (!fill()) {
            return -1;
        }
        int count = Math.min(length, bytes.length - position);
        System.arraycopy(bytes, position, target, offset, count);
        position += count;
        return count;
    }

    private boolean fill() throws IOException {
        while (position == bytes.length) {
            int count = reader.read(chars, kept, chars.length - kept);
            if (count < 0 && kept == 0) {
                return false;
            }
            int total = kept + Math.max(0, count);
            // A surrogate pair must not be cut in two.
            boolean split = count > 0 && Character.isHighSurrogate(chars[total - 1]);
            bytes =
                    new String(chars, 0, split ? total - 1 : total)
                            .getBytes(StandardCharsets.UTF_8);
            position = 0;
            kept = split ? 1 : 0;
            chars[0] = split ? chars[total - 1] : 0;
        }
        return true;
    }

    @Override
    public void close() throws IOException {
        reader.close();
    }
}
