package io.troupe.columnar.sink.parquet;

import io.troupe.columnar.sink.format.FormatWriter;
import io.troupe.columnar.sink.parquet.LeafWriter.Entries;
import io.troupe.columnar.vector.Batch;
import io.troupe.planner.type.StructType;
import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.apache.parquet.format.ColumnChunk;
import org.apache.parquet.format.ColumnOrder;
import org.apache.parquet.format.CompressionCodec;
import org.apache.parquet.format.FileMetaData;
import org.apache.parquet.format.KeyValue;
import org.apache.parquet.format.RowGroup;
import org.apache.parquet.format.TypeDefinedOrder;
import org.apache.parquet.format.Util;

/// Writes one Parquet file.
public final class ParquetWriter implements FormatWriter {
    private static final byte[] MAGIC = "PAR1".getBytes(StandardCharsets.US_ASCII);
    private static final String CREATED_BY = "troupe version 0.1.0";
    private static final int MAX_GROUP_ROWS = 1 << 20;

    private final OutputStream out;
    private final long groupBytes;
    private final List<ParquetWriterNode> columns;
    private final ParquetSchemaWriter schema;
    private final List<RowGroup> groups = new ArrayList<>();
    private final String rowMetadata;
    private long position;
    private long rows;
    private long groupRows;

    /// @param groupBytes encoded bytes at which a row group is complete
    /// @param timestamps INT96, TIMESTAMP_MICROS or TIMESTAMP_MILLIS
    /// @param rowMetadata the schema in Spark's JSON, kept in the footer for other readers; or null
    public ParquetWriter(
            Path file,
            StructType schema,
            CompressionCodec codec,
            long groupBytes,
            String timestamps,
            String rowMetadata)
            throws IOException {
        this.schema = new ParquetSchemaWriter(codec, timestamps);
        this.columns = this.schema.columns(schema);
        this.groupBytes = groupBytes;
        this.rowMetadata = rowMetadata;
        this.out =
                new BufferedOutputStream(
                        Files.newOutputStream(file, StandardOpenOption.CREATE_NEW), 1 << 16);
        put(MAGIC);
    }

    @Override
    public void write(Batch batch, int[] selection, int count) throws IOException {
        int[] identity = selection;
        if (identity == null) {
            identity = new int[count];
            for (int i = 0; i < count; i++) {
                identity[i] = i;
            }
        }
        Entries entries = new Entries(identity, new int[count], null, count);
        for (int i = 0; i < columns.size(); i++) {
            columns.get(i).add(batch.column(i), entries);
        }
        groupRows += count;
        if (groupRows >= MAX_GROUP_ROWS || heldBytes() >= groupBytes) {
            flush();
        }
    }

    @Override
    public long heldBytes() {
        long bytes = 0;
        for (LeafWriter leaf : schema.leaves()) {
            bytes += leaf.heldBytes();
        }
        return bytes;
    }

    /// Ends the row group.
    @Override
    public void flush() throws IOException {
        if (groupRows == 0) {
            return;
        }
        List<ColumnChunk> chunks = new ArrayList<>();
        long start = position;
        long plain = 0;
        for (LeafWriter leaf : schema.leaves()) {
            ColumnChunk chunk = leaf.finishGroup(out, position);
            position += chunk.getMeta_data().getTotal_compressed_size();
            plain += chunk.getMeta_data().getTotal_uncompressed_size();
            chunks.add(chunk);
        }
        RowGroup group = new RowGroup(chunks, plain, groupRows);
        group.setFile_offset(start);
        group.setTotal_compressed_size(position - start);
        groups.add(group);
        rows += groupRows;
        groupRows = 0;
    }

    @Override
    public long finish() throws IOException {
        flush();
        FileMetaData metadata = new FileMetaData(1, schema.elements(), rows, groups);
        metadata.setCreated_by(CREATED_BY);
        if (rowMetadata != null) {
            KeyValue entry = new KeyValue("org.apache.spark.sql.parquet.row.metadata");
            entry.setValue(rowMetadata);
            metadata.setKey_value_metadata(List.of(entry));
        }
        // Declares the bounds to be in the order of the types; readers ignore them otherwise.
        metadata.setColumn_orders(
                Collections.nCopies(
                        schema.leaves().size(), ColumnOrder.TYPE_ORDER(new TypeDefinedOrder())));
        ByteArrayOutputStream footer = new ByteArrayOutputStream();
        Util.writeFileMetaData(metadata, footer);
        put(footer.toByteArray());
        int length = footer.size();
        put(
                new byte[] {
                    (byte) length,
                    (byte) (length >>> 8),
                    (byte) (length >>> 16),
                    (byte) (length >>> 24)
                });
        put(MAGIC);
        out.close();
        return position;
    }

    private void put(byte[] data) throws IOException {
        out.write(data);
        position += data.length;
    }

    @Override
    public void close() throws IOException {
        out.close();
    }
}
