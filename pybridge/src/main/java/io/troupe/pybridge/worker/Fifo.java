package io.troupe.pybridge.worker;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/// This process's end of a named pipe. Opening never waits for the other end; closing wakes a
/// thread that reads.
final class Fifo {
    private static final int CHUNK = 1 << 18;

    private Fifo() {}

    static InputStream reader(Path path) throws IOException {
        return new Reader(open(path, StandardOpenOption.READ));
    }

    static OutputStream writer(Path path) throws IOException {
        return new Writer(open(path, StandardOpenOption.WRITE));
    }

    /// A pipe opened for both ways does not wait; while it is, nor does one for either way.
    private static FileChannel open(Path path, StandardOpenOption way) throws IOException {
        try (FileChannel _ =
                FileChannel.open(path, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            return FileChannel.open(path, way);
        }
    }

    /// Reads through a buffer outside the heap, so that the kernel copies once.
    private static final class Reader extends InputStream {
        private final FileChannel channel;
        private final ByteBuffer buffer = ByteBuffer.allocateDirect(CHUNK).limit(0);

        Reader(FileChannel channel) {
            this.channel = channel;
        }

        private boolean fill() throws IOException {
            if (buffer.hasRemaining()) {
                return true;
            }
            buffer.clear();
            int got = channel.read(buffer);
            buffer.flip();
            return got > 0;
        }

        @Override
        public int read() throws IOException {
            return fill() ? buffer.get() & 0xff : -1;
        }

        @Override
        public int read(byte[] target, int offset, int count) throws IOException {
            if (count == 0) {
                return 0;
            }
            if (!fill()) {
                return -1;
            }
            int taken = Math.min(count, buffer.remaining());
            buffer.get(target, offset, taken);
            return taken;
        }

        @Override
        public int available() {
            return buffer.remaining();
        }

        @Override
        public void close() throws IOException {
            channel.close();
        }
    }

    private static final class Writer extends OutputStream {
        private final FileChannel channel;
        private final ByteBuffer buffer = ByteBuffer.allocateDirect(CHUNK);

        Writer(FileChannel channel) {
            this.channel = channel;
        }

        @Override
        public void write(int value) throws IOException {
            write(new byte[] {(byte) value}, 0, 1);
        }

        @Override
        public void write(byte[] source, int offset, int count) throws IOException {
            int end = offset + count;
            for (int from = offset; from < end; ) {
                if (!buffer.hasRemaining()) {
                    flush();
                }
                int taken = Math.min(end - from, buffer.remaining());
                buffer.put(source, from, taken);
                from += taken;
            }
        }

        @Override
        public void flush() throws IOException {
            buffer.flip();
            while (buffer.hasRemaining()) {
                channel.write(buffer);
            }
            buffer.clear();
        }

        @Override
        public void close() throws IOException {
            try {
                flush();
            } finally {
                channel.close();
            }
        }
    }
}
