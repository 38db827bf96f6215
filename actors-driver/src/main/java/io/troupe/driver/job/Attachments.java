package io.troupe.driver.job;

import io.troupe.cluster.transport.DataSink;
import io.troupe.pybridge.worker.AttachmentSource;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/// The files that the application's client attached for its functions. They stay where the client
/// wrote them; executors elsewhere fetch them, those in this process are told where they lie.
/// Thread-safe.
public final class Attachments implements AttachmentSource {
    private static final int FRAME = 1 << 20;

    private final Map<Long, Path> files = new ConcurrentHashMap<>();
    private final AtomicLong numbers = new AtomicLong();

    /// Attaches a file.
    ///
    /// @return its number
    /// @throws IllegalArgumentException if it is not there
    public long add(Path file) {
        if (!Files.isRegularFile(file)) {
            throw new IllegalArgumentException(
                    "The file " + file + " cannot be attached: it is not there.");
        }
        long id = numbers.incrementAndGet();
        files.put(id, file);
        return id;
    }

    /// Lets go of a file: who asks for it from now on is refused.
    public void remove(long id) {
        files.remove(id);
    }

    @Override
    public Path find(long id, String name) throws IOException {
        Path file = files.get(id);
        if (file == null) {
            throw new IOException(
                    name
                            + " is not attached to this application any more: it was destroyed. Broadcast the value again.");
        }
        return file;
    }

    /// Sends a file's bytes.
    void send(long id, DataSink sink) throws IOException {
        Path file = files.get(id);
        if (file == null) {
            sink.missing(0, "attachment " + id + " was destroyed");
            return;
        }
        try (InputStream in = Files.newInputStream(file)) {
            for (byte[] piece = in.readNBytes(FRAME);
                    piece.length > 0;
                    piece = in.readNBytes(FRAME)) {
                sink.frame(0, 0, piece);
            }
        }
    }
}
