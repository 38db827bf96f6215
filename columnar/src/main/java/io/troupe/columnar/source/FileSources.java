package io.troupe.columnar.source;

import io.troupe.columnar.source.csv.CsvInference;
import io.troupe.columnar.source.json.JsonInference;
import io.troupe.columnar.source.listing.FileErrors;
import io.troupe.columnar.source.listing.FileListing;
import io.troupe.columnar.source.listing.FileListing.Found;
import io.troupe.columnar.source.listing.PartitionDiscovery;
import io.troupe.columnar.source.listing.PartitionDiscovery.Partitioned;
import io.troupe.columnar.source.parquet.ParquetTables;
import io.troupe.planner.catalog.FileEntry;
import io.troupe.planner.catalog.FileRelation;
import io.troupe.planner.catalog.Sources;
import io.troupe.planner.error.TroupeException;
import io.troupe.planner.statistics.TableStatistics;
import io.troupe.planner.type.AtomicType;
import io.troupe.planner.type.StringType;
import io.troupe.planner.type.StructField;
import io.troupe.planner.type.StructType;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;

/// Files as tables. Options are Spark's; the session adds `timezone` (its own zone) where the user
/// gave none. Thread-safe.
public final class FileSources implements Sources {
    private static final int CACHED_STATISTICS = 128;

    private final Map<List<FileEntry>, TableStatistics> statistics =
            new LinkedHashMap<>(16, 0.75f, true) {
                private static final long serialVersionUID = 1L;

                @Override
                protected boolean removeEldestEntry(
                        Map.Entry<List<FileEntry>, TableStatistics> eldest) {
                    return size() > CACHED_STATISTICS;
                }
            };

    @Override
    public FileRelation open(
            String format, List<String> paths, Map<String, String> options, StructType schema) {
        Map<String, String> lowered = new HashMap<>();
        options.forEach((name, value) -> lowered.put(name.toLowerCase(Locale.ROOT), value));
        String name = canonical(format);
        List<Found> found = FileListing.list(paths, lowered);
        Partitioned partitioned = PartitionDiscovery.discover(found, lowered, schema);
        StructType data = schema != null ? schema : inferred(name, partitioned.files(), lowered);
        if (data == null) {
            throw FileErrors.cannotInfer(display(name));
        }
        return new FileRelation(
                name,
                partitioned.files(),
                without(data, partitioned.schema()),
                partitioned.schema(),
                lowered);
    }

    private static String canonical(String format) {
        return switch (format.toLowerCase(Locale.ROOT)) {
            case "parquet" -> "parquet";
            case "csv" -> "csv";
            case "json" -> "json";
            case "text" -> "text";
            case "binaryfile" -> "binaryFile";
            default ->
                    throw TroupeException.analysis(
                            "DATA_SOURCE_NOT_FOUND",
                            "42K02",
                            "Failed to find the data source: "
                                    + format
                                    + ". Make sure the provider name is correct and the package is properly registered and compatible with"
                                    + " your Spark version.",
                            Map.of("provider", format));
        };
    }

    private static String display(String format) {
        return format.equals("parquet") ? "Parquet" : format.toUpperCase(Locale.ROOT);
    }

    private static StructType inferred(
            String format, List<FileEntry> files, Map<String, String> options) {
        return switch (format) {
            case "parquet" ->
                    ParquetTables.schema(files, Boolean.parseBoolean(options.get("mergeschema")));
            case "csv" -> CsvInference.infer(files, options);
            case "json" -> JsonInference.infer(files, options);
            case "text" ->
                    new StructType(List.of(new StructField("value", StringType.STRING, true)));
            case "binaryFile" ->
                    new StructType(
                            List.of(
                                    new StructField("path", StringType.STRING, true),
                                    new StructField("modificationTime", AtomicType.TIMESTAMP, true),
                                    new StructField("length", AtomicType.LONG, true),
                                    new StructField("content", AtomicType.BINARY, true)));
            default -> null;
        };
    }

    private static StructType without(StructType data, StructType partitions) {
        return new StructType(
                data.fields().stream()
                        .filter(field ->
                                partitions.fields().stream()
                                        .noneMatch(
                                                part -> part.name().equalsIgnoreCase(field.name())))
                        .toList());
    }

    @Override
    public TableStatistics statistics(FileRelation relation) {
        synchronized (statistics) {
            TableStatistics known = statistics.get(relation.files());
            if (known != null) {
                return known;
            }
        }
        TableStatistics fresh =
                relation.format().equals("parquet")
                        ? ParquetTables.statistics(relation)
                        : new TableStatistics(OptionalLong.empty(), relation.bytes(), Map.of());
        synchronized (statistics) {
            statistics.put(relation.files(), fresh);
        }
        return fresh;
    }
}
