package io.troupe.executor.block;

import io.troupe.cluster.transport.Frames;
import io.troupe.columnar.spill.BatchCodec;
import io.troupe.columnar.vector.Batch;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;

/// Batches of one output on disk: frames, ordered by partition. Immutable once written.
final class SpillFile {
    private final Path path;
    private final long[] offsets;

    private SpillFile(Path path, long[] offsets) {
        this.path = path;
        this.offsets = offsets;
    }

    /// Writes batches; leaves no file behind if that fails.
    static SpillFile write(Path path, List<List<Batch>> partitions) throws IOException {
        long[] offsets = new long[partitions.size() + 1];
        try (OutputStream out =
                new BufferedOutputStream(
                        Files.newOutputStream(
                                path, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                        256 * 1024)) {
            long position = 0;
            for (int p = 0; p < partitions.size(); p++) {
                for (Batch batch : partitions.get(p)) {
                    byte[] content = BatchCodec.encode(batch);
                    out.write(Frames.header(content).array());
                    out.write(content);
                    position += Frames.HEADER + (long) content.length;
                }
                offsets[p + 1] = position;
            }
        } catch (IOException | RuntimeException e) {
            Files.deleteIfExists(path);
            throw e;
        }
        return new SpillFile(path, offsets);
    }

    long bytes() {
        return offsets[offsets.length - 1];
    }

    long offset(int partition) {
        return offsets[partition];
    }

    long length(int partition) {
        return offsets[partition + 1] - offsets[partition];
    }

    FileChannel open() throws IOException {
        return FileChannel.open(path, StandardOpenOption.READ);
    }

    void delete() throws IOException {
        Files.deleteIfExists(path);
    }

    /// Opens the frames of one partition.
    Reader read(int partition) throws IOException {
        return new Reader(open(), offset(partition), length(partition));
    }

    /// Reads frames one after another.
    final class Reader implements AutoCloseable {
        private final FileChannel file;
        private final DataInputStream in;
        private long left;

        Reader(FileChannel file, long from, long length) throws IOException {
            this.file = file;
            this.left = length;
            file.position(from);
            this.in =
                    new DataInputStream(
                            new java.io.BufferedInputStream(
                                    Channels.newInputStream(file), 256 * 1024));
        }

        /// The next batch, or null at the end.
        Batch next() throws IOException {
            if (left == 0) {
                return null;
            }
            int length = in.readInt();
            int checksum = in.readInt();
            left -= Frames.HEADER + (long) length;
            if (length < 0 || left < 0) {
                throw new IOException(
                        "spilled block in " + path + " is corrupt: impossible length " + length);
            }
            byte[] content = in.readNBytes(length);
            if (content.length != length || Frames.checksum(content) != checksum) {
                throw new IOException(
                        "spilled block in " + path + " is corrupt: its checksum does not match");
            }
            return BatchCodec.decode(ByteBuffer.wrap(content));
        }

        @Override
        public void close() throws IOException {
            file.close();
        }
    }
}
