package io.troupe.columnar.spill;

import io.troupe.columnar.vector.Batch;
import io.troupe.planner.error.TroupeException;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/// A file of batches that one operator of one task writes once, then reads, once or more. Made on
/// the first write; deleted by `close`.
public final class SpillFile implements AutoCloseable {
    private static final int BUFFER = 1 << 16;

    private final Path folder;
    private Path path;
    private OutputStream out;
    private long bytes;
    private long rows;
    private long nanos;

    public SpillFile(Path folder) {
        this.folder = folder;
    }

    public void write(Batch batch) {
        long began = System.nanoTime();
        try {
            if (out == null) {
                Files.createDirectories(folder);
                path = Files.createTempFile(folder, "spill-", ".batches");
                out = new BufferedOutputStream(Files.newOutputStream(path), BUFFER);
            }
            bytes += BatchCodec.write(batch, out);
            rows += batch.selected();
            nanos += System.nanoTime() - began;
        } catch (IOException e) {
            throw failed(e);
        }
    }

    /// Ends writing.
    public void end() {
        try {
            if (out != null) {
                out.close();
                out = null;
            }
        } catch (IOException e) {
            throw failed(e);
        }
    }

    /// Ends writing and reads from the start. Several readers may be open.
    public Reader read() {
        end();
        try {
            return new Reader(
                    path == null ? InputStream.nullInputStream() : Files.newInputStream(path));
        } catch (IOException e) {
            throw failed(e);
        }
    }

    /// Bytes written to the file.
    public long bytes() {
        return bytes;
    }

    /// Time spent writing.
    public long nanos() {
        return nanos;
    }

    public long rows() {
        return rows;
    }

    @Override
    public void close() {
        try {
            if (out != null) {
                out.close();
                out = null;
            }
            if (path != null) {
                Files.deleteIfExists(path);
                path = null;
            }
        } catch (IOException e) {
            throw failed(e);
        }
    }

    private TroupeException failed(IOException cause) {
        TroupeException failure =
                new TroupeException(
                        TroupeException.Kind.SparkException,
                        "SPILL_FILE_FAILED",
                        "58030",
                        "Writing or reading a spill file in "
                                + folder
                                + " failed: "
                                + cause
                                + ". Make room there, or set spark.local.dir to a larger disk.",
                        Map.of("folder", folder.toString(), "reason", String.valueOf(cause)));
        failure.initCause(cause);
        return failure;
    }

    /// Reads the batches in the order in which they were written.
    public final class Reader implements AutoCloseable {
        private final InputStream in;

        private Reader(InputStream in) {
            this.in = new BufferedInputStream(in, BUFFER);
        }

        /// The next batch, null at the end.
        public Batch next() {
            try {
                return BatchCodec.read(in);
            } catch (IOException e) {
                throw failed(e);
            }
        }

        @Override
        public void close() {
            try {
                in.close();
            } catch (IOException e) {
                throw failed(e);
            }
        }
    }
}
