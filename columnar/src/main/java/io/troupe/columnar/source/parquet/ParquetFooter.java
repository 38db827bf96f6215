package io.troupe.columnar.source.parquet;

import io.troupe.columnar.source.listing.FileErrors;
import io.troupe.planner.type.StructType;
import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.parquet.format.ColumnChunk;
import org.apache.parquet.format.ColumnMetaData;
import org.apache.parquet.format.FileMetaData;
import org.apache.parquet.format.RowGroup;
import shaded.parquet.org.apache.thrift.TConfiguration;
import shaded.parquet.org.apache.thrift.TException;
import shaded.parquet.org.apache.thrift.protocol.TCompactProtocol;
import shaded.parquet.org.apache.thrift.transport.TIOStreamTransport;

/// A Parquet file's metadata, read once: a bounded cache keeps footers by path, modification time
/// and size.
public final class ParquetFooter {
    private static final int MAGIC = 0x31524150;
    private static final int ENCRYPTED_MAGIC = 0x45524150;
    private static final int TAIL = 64 << 10;
    private static final int DEPTH = 64;

    /// Footer bytes kept, over all files.
    private static final long CACHE_BYTES = 64L << 20;

    private static final Map<Key, ParquetFooter> CACHE = new LinkedHashMap<>(16, 0.75f, true);
    private static long cached;

    private final String path;
    private final int bytes;
    private final FileMetaData metadata;
    private final ParquetNode root;
    private final StructType schema;

    private record Key(String path, long modified, long size) {}

    private ParquetFooter(String path, int bytes, FileMetaData metadata) {
        this.path = path;
        this.bytes = bytes;
        this.metadata = metadata;
        this.root = ParquetSchema.tree(metadata.getSchema());
        this.schema = ParquetSchema.sparkSchema(root);
        validate();
    }

    /// The footer of a file of this size and modification time.
    ///
    /// @throws io.troupe.planner.error.TroupeException CANNOT_READ_FILE_FOOTER,
    ///   FAILED_READ_FILE.FILE_NOT_EXIST
    public static ParquetFooter of(String path, long modified, long size) {
        Key key = new Key(path, modified, size);
        synchronized (CACHE) {
            ParquetFooter known = CACHE.get(key);
            if (known != null) {
                return known;
            }
        }
        ParquetFooter footer = read(path);
        synchronized (CACHE) {
            if (CACHE.put(key, footer) == null) {
                cached += footer.bytes;
            }
            var eldest = CACHE.values().iterator();
            while (cached > CACHE_BYTES && CACHE.size() > 1) {
                cached -= eldest.next().bytes;
                eldest.remove();
            }
        }
        return footer;
    }

    private static ParquetFooter read(String path) {
        try (FileChannel channel = FileChannel.open(Path.of(path), StandardOpenOption.READ)) {
            long size = channel.size();
            if (size < 12) {
                throw new ParquetFormatException(
                        "the file has " + size + " bytes, too few for Parquet");
            }
            int tail = (int) Math.min(size, TAIL);
            byte[] end = bytes(channel, size - tail, tail);
            int magic = BitPacking.intAt(end, tail - 4);
            if (magic != MAGIC) {
                throw new ParquetFormatException(
                        magic == ENCRYPTED_MAGIC
                                ? "the file is encrypted"
                                : "the file does not end with PAR1");
            }
            int length = BitPacking.intAt(end, tail - 8);
            if (length <= 0 || length > size - 12) {
                throw new ParquetFormatException(
                        "the footer's length is " + length + " in a file of " + size + " bytes");
            }
            byte[] footer = length <= tail - 8 ? end : bytes(channel, size - 8 - length, length);
            int from = length <= tail - 8 ? tail - 8 - length : 0;
            return new ParquetFooter(path, length, parse(footer, from, length));
        } catch (NoSuchFileException missing) {
            throw FileErrors.missing(path, missing);
        } catch (IOException | RuntimeException failure) {
            throw FileErrors.footer(path, String.valueOf(failure.getMessage()), failure);
        }
    }

    private static FileMetaData parse(byte[] data, int from, int length) {
        try {
            // Bounds what a damaged list size can make the decoder allocate.
            TConfiguration limits = new TConfiguration(Math.max(length, 1024), length, DEPTH);
            FileMetaData metadata = new FileMetaData();
            metadata.read(
                    new TCompactProtocol(
                            new TIOStreamTransport(
                                    limits, new ByteArrayInputStream(data, from, length))));
            return metadata;
        } catch (TException failure) {
            throw new ParquetFormatException(
                    "the footer does not parse: " + failure.getMessage(), failure);
        }
    }

    static byte[] bytes(FileChannel channel, long position, int length) throws IOException {
        byte[] data = new byte[length];
        ByteBuffer target = ByteBuffer.wrap(data);
        while (target.hasRemaining()) {
            if (channel.read(target, position + target.position()) < 0) {
                throw new EOFException("the file ends at byte " + (position + target.position()));
            }
        }
        return data;
    }

    private void validate() {
        int leaves = leaves(root);
        if (metadata.getNum_rows() < 0 || metadata.getRow_groups() == null) {
            throw new ParquetFormatException("the footer has no row groups");
        }
        for (RowGroup group : metadata.getRow_groups()) {
            if (group.getNum_rows() < 0
                    || group.getColumns() == null
                    || group.getColumns().size() != leaves) {
                throw new ParquetFormatException(
                        "a row group does not have the schema's " + leaves + " columns");
            }
            for (ColumnChunk chunk : group.getColumns()) {
                if (chunk.getMeta_data() == null || chunk.isSetFile_path()) {
                    throw new ParquetFormatException(
                            "a column chunk lies in another file or is encrypted");
                }
            }
        }
    }

    private static int leaves(ParquetNode node) {
        return node.isLeaf() ? 1 : node.children().stream().mapToInt(ParquetFooter::leaves).sum();
    }

    public String path() {
        return path;
    }

    /// The schema as Spark reads it; every field nullable.
    public StructType schema() {
        return schema;
    }

    public long rows() {
        return metadata.getNum_rows();
    }

    /// A value of the footer's key-value metadata, or null.
    public String property(String key) {
        if (metadata.getKey_value_metadata() == null) {
            return null;
        }
        return metadata.getKey_value_metadata().stream()
                .filter(entry -> key.equals(entry.getKey()))
                .map(org.apache.parquet.format.KeyValue::getValue)
                .findFirst()
                .orElse(null);
    }

    FileMetaData metadata() {
        return metadata;
    }

    ParquetNode root() {
        return root;
    }

    /// The first byte of a column chunk.
    static long start(ColumnMetaData chunk) {
        long data = chunk.getData_page_offset();
        return chunk.isSetDictionary_page_offset() && chunk.getDictionary_page_offset() > 0
                ? Math.min(data, chunk.getDictionary_page_offset())
                : data;
    }

    /// The first byte of a row group: decides which split reads it.
    static long start(RowGroup group) {
        return group.getColumns().isEmpty()
                ? 0
                : start(group.getColumns().getFirst().getMeta_data());
    }
}
