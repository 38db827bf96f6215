package io.troupe.columnar.source.parquet;

import io.troupe.columnar.source.filter.ColumnRange;
import io.troupe.planner.catalog.FileEntry;
import io.troupe.planner.catalog.FileRelation;
import io.troupe.planner.error.TroupeException;
import io.troupe.planner.statistics.ColumnStatistics;
import io.troupe.planner.statistics.TableStatistics;
import io.troupe.planner.type.DataType;
import io.troupe.planner.type.StructField;
import io.troupe.planner.type.StructType;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.apache.parquet.format.ColumnMetaData;
import org.apache.parquet.format.RowGroup;

/// Schemas and statistics of tables of Parquet files, from their footers.
public final class ParquetTables {
    /// Footers read for statistics of one table; the rest is scaled up.
    private static final int MAX_FOOTERS = 64;

    private ParquetTables() {}

    private static ParquetFooter footer(FileEntry file) {
        return ParquetFooter.of(file.path(), file.modified(), file.size());
    }

    /// The schema of the first file, or of all of them merged; null when there is no file.
    public static StructType schema(List<FileEntry> files, boolean merge) {
        if (files.isEmpty()) {
            return null;
        }
        StructType schema = footer(files.getFirst()).schema();
        for (FileEntry file : merge ? files.subList(1, files.size()) : List.<FileEntry>of()) {
            schema = merged(schema, footer(file).schema());
        }
        return schema;
    }

    private static StructType merged(StructType left, StructType right) {
        Map<String, StructField> fields = new LinkedHashMap<>();
        left.fields().forEach(field -> fields.put(field.name(), field));
        for (StructField field : right.fields()) {
            StructField known = fields.get(field.name());
            fields.put(
                    field.name(),
                    known == null
                            ? field
                            : new StructField(field.name(), type(known, field, left, right), true));
        }
        return new StructType(new ArrayList<>(fields.values()));
    }

    private static DataType type(StructField a, StructField b, StructType left, StructType right) {
        if (a.type() instanceof StructType x && b.type() instanceof StructType y) {
            return merged(x, y);
        }
        if (a.type().equals(b.type())) {
            return a.type();
        }
        throw new TroupeException(
                TroupeException.Kind.SparkException,
                "CANNOT_MERGE_SCHEMAS",
                "42KD9",
                "Failed merging schemas:\nInitial schema:\n\""
                        + left.sql()
                        + "\"\nSchema that cannot be merged with the initial schema:\n\""
                        + right.sql()
                        + "\".",
                Map.of("left", "\"" + left.sql() + "\"", "right", "\"" + right.sql() + "\""));
    }

    /// Rows, bounds, nulls and estimated distinct values of the relation's columns.
    public static TableStatistics statistics(FileRelation relation) {
        List<FileEntry> sample = sample(relation.files());
        long rows = 0;
        long sampledBytes = 0;
        List<ParquetFooter> footers = new ArrayList<>();
        for (FileEntry file : sample) {
            ParquetFooter footer = footer(file);
            footers.add(footer);
            rows += footer.rows();
            sampledBytes += file.size();
        }
        double scale = sampledBytes == 0 ? 1 : (double) relation.bytes() / sampledBytes;
        long total = sample.size() == relation.files().size() ? rows : Math.round(rows * scale);
        Map<String, ColumnStatistics> columns = new LinkedHashMap<>();
        for (StructField field : relation.dataSchema().fields()) {
            columns.put(field.name(), column(footers, field, scale, total));
        }
        return new TableStatistics(OptionalLong.of(total), relation.bytes(), columns);
    }

    private static List<FileEntry> sample(List<FileEntry> files) {
        if (files.size() <= MAX_FOOTERS) {
            return files;
        }
        List<FileEntry> sample = new ArrayList<>();
        for (int i = 0; i < MAX_FOOTERS; i++) {
            sample.add(files.get((int) ((long) i * files.size() / MAX_FOOTERS)));
        }
        return sample;
    }

    private static ColumnStatistics column(
            List<ParquetFooter> footers, StructField field, double scale, long total) {
        List<ColumnRange> ranges = new ArrayList<>();
        long bytes = 0;
        long values = 0;
        for (ParquetFooter footer : footers) {
            ParquetNode leaf =
                    new ColumnSources(footer, false, 0).find(footer.root(), field.name());
            if (leaf == null || !leaf.isLeaf() || leaf.repetition() > 0) {
                return ColumnStatistics.UNKNOWN;
            }
            for (RowGroup group : footer.metadata().getRow_groups()) {
                ColumnMetaData chunk = group.getColumns().get(leaf.column()).getMeta_data();
                ranges.add(StatisticsReader.range(leaf, chunk, field.type()));
                bytes += unencodedBytes(chunk);
                values += chunk.getNum_values();
            }
        }
        long nulls =
                ranges.stream().allMatch(range -> range.nulls() >= 0)
                        ? ranges.stream().mapToLong(ColumnRange::nulls).sum()
                        : -1;
        Object minimum = bound(ranges, true);
        Object maximum = bound(ranges, false);
        long distinct = DistinctEstimate.of(footers, field.name(), ranges, total);
        return new ColumnStatistics(
                StatisticsReader.printable(minimum, field.type()),
                StatisticsReader.printable(maximum, field.type()),
                nulls < 0 ? -1 : Math.round(nulls * scale),
                distinct,
                meanBytes(
                        field.type(), minimum, maximum, values == 0 ? 0 : (double) bytes / values));
    }

    private static long unencodedBytes(ColumnMetaData chunk) {
        return chunk.isSetSize_statistics()
                        && chunk.getSize_statistics().isSetUnencoded_byte_array_data_bytes()
                ? chunk.getSize_statistics().getUnencoded_byte_array_data_bytes()
                : chunk.getTotal_uncompressed_size();
    }

    /// Bytes per value in memory. Dictionaries make stored sizes too small for text: the bounds'
    /// lengths then say more.
    private static double meanBytes(DataType type, Object minimum, Object maximum, double stored) {
        return switch (type.storage()) {
            case NULL, BOOLEAN -> 1;
            case INT, FLOAT -> 4;
            case LONG, DOUBLE -> 8;
            case DECIMAL128, INTERVAL -> 16;
            case BYTES ->
                    minimum instanceof byte[] low && maximum instanceof byte[] high
                            ? Math.max(stored, (low.length + high.length) / 2.0)
                            : stored;
            case ARRAY, MAP, STRUCT -> stored;
        };
    }

    /// The lowest or highest bound of all ranges; null when one of them is unknown (and not of
    /// nulls only).
    private static Object bound(List<ColumnRange> ranges, boolean low) {
        Object best = null;
        for (ColumnRange range : ranges) {
            Object value = low ? range.minimum() : range.maximum();
            if (range.rows() == 0 || range.allNull()) {
                continue;
            }
            if (value == null) {
                return null;
            }
            best =
                    best == null || (low ? order(value, best) < 0 : order(value, best) > 0)
                            ? value
                            : best;
        }
        return best;
    }

    static int order(Object a, Object b) {
        return switch (a) {
            case byte[] x -> Arrays.compareUnsigned(x, (byte[]) b);
            case BigDecimal x -> x.compareTo((BigDecimal) b);
            case Boolean x -> x.compareTo((Boolean) b);
            case Double x -> x.compareTo((Double) b);
            case Float x -> x.compareTo((Float) b);
            default -> Long.compare(((Number) a).longValue(), ((Number) b).longValue());
        };
    }
}
