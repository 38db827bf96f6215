package io.troupe.console.log;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Objects;

/// Reads an event log line by line as it grows: first its older part, then the file, and across the
/// moment at which the file becomes the older part. A line that has no end yet waits for it. One
/// thread at a time.
public final class LogTail implements AutoCloseable {
    private static final int CHUNK = 1 << 20;

    /// Longer lines than any that is written; passed over and counted.
    private static final int LONGEST_LINE = 16 << 20;

    private final Path file;
    private final ByteBuffer chunk = ByteBuffer.allocate(CHUNK);
    private final ByteArrayOutputStream begun = new ByteArrayOutputStream();
    private FileChannel channel;
    private Object key;
    private boolean started;
    private boolean overlong;
    private long skipped;

    /// @param file the log's current file; it need not be there yet
    public LogTail(Path file) {
        this.file = file;
    }

    /// Hands over the lines that are there and were not handed over before.
    ///
    /// @param lines takes each line, without its end
    public void poll(LineSink lines) throws IOException {
        if (!started) {
            started = true;
            Path older = file.resolveSibling(file.getFileName() + ".1");
            if (Files.exists(older)) {
                open(older);
                drain(lines);
                forgetBegun();
            }
            open(file);
        }
        drain(lines);
        while (isReplaced()) {
            drain(lines);
            forgetBegun();
            open(file);
            drain(lines);
        }
    }

    /// Lines that were too long to be read.
    public long skipped() {
        return skipped;
    }

    private void open(Path path) throws IOException {
        close();
        try {
            channel = FileChannel.open(path, StandardOpenOption.READ);
            key = key(path);
        } catch (NoSuchFileException _) {
            // The application is about to write it.
            channel = null;
            key = null;
        }
    }

    private boolean isReplaced() throws IOException {
        try {
            return channel == null ? Files.exists(file) : !Objects.equals(key, key(file));
        } catch (NoSuchFileException _) {
            return false;
        }
    }

    /// What tells one file from another of the same name; its time of creation where the system has
    /// no better.
    private static Object key(Path path) throws IOException {
        var attributes =
                Files.readAttributes(path, java.nio.file.attribute.BasicFileAttributes.class);
        return attributes.fileKey() == null ? attributes.creationTime() : attributes.fileKey();
    }

    private void drain(LineSink lines) throws IOException {
        if (channel == null) {
            return;
        }
        chunk.clear();
        while (channel.read(chunk) > 0) {
            split(chunk.array(), chunk.position(), lines);
            chunk.clear();
        }
    }

    private void split(byte[] bytes, int length, LineSink lines) {
        int from = 0;
        for (int i = 0; i < length; i++) {
            if (bytes[i] == '\n') {
                if (overlong) {
                    skipped++;
                } else if (begun.size() == 0) {
                    lines.line(bytes, from, i);
                } else {
                    begun.write(bytes, from, i - from);
                    lines.line(begun.toByteArray(), 0, begun.size());
                }
                forgetBegun();
                from = i + 1;
            }
        }
        if (begun.size() + length - from > LONGEST_LINE) {
            begun.reset();
            overlong = true;
        } else {
            begun.write(bytes, from, length - from);
        }
    }

    private void forgetBegun() {
        begun.reset();
        overlong = false;
    }

    @Override
    public void close() throws IOException {
        if (channel != null) {
            channel.close();
        }
    }
}
