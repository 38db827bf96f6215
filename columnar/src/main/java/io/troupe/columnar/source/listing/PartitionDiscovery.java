package io.troupe.columnar.source.listing;

import io.troupe.columnar.source.listing.FileListing.Found;
import io.troupe.planner.catalog.FileEntry;
import io.troupe.planner.error.TroupeException;
import io.troupe.planner.type.DataType;
import io.troupe.planner.type.StringType;
import io.troupe.planner.type.StructField;
import io.troupe.planner.type.StructType;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Finds partition columns in folder names (`year=2024/month=02`) between the root of a read and
/// its files.
public final class PartitionDiscovery {
    private PartitionDiscovery() {}

    /// Files with their partition values, and the partition columns in folder order.
    public record Partitioned(List<FileEntry> files, StructType schema) {}

    /// @param declared the user's schema, whose types win over inferred ones; or null
    public static Partitioned discover(
            List<Found> found, Map<String, String> options, StructType declared) {
        if (Boolean.parseBoolean(options.get("recursivefilelookup"))) {
            return new Partitioned(
                    found.stream().map(file -> entry(file, List.of())).toList(),
                    new StructType(List.of()));
        }
        Path base =
                options.containsKey("basepath")
                        ? Path.of(FilePaths.local(options.get("basepath")))
                        : null;
        List<Map<String, String>> raw = new ArrayList<>();
        for (Found file : found) {
            raw.add(values(file.file().getParent(), base == null ? file.root() : base));
        }
        List<String> columns = columns(found, raw);
        if (columns.isEmpty()) {
            return new Partitioned(direct(found), new StructType(List.of()));
        }
        List<StructField> fields = fields(columns, raw, options, declared);
        ZoneId zone = ZoneId.of(options.getOrDefault("timezone", "UTC"));
        List<FileEntry> files = new ArrayList<>();
        for (int i = 0; i < found.size(); i++) {
            List<Object> values = new ArrayList<>();
            for (StructField field : fields) {
                values.add(
                        PartitionTypes.value(
                                rawOf(raw.get(i), field.name()), field.type(), field.name(), zone));
            }
            files.add(entry(found.get(i), values));
        }
        return new Partitioned(files, new StructType(fields));
    }

    private static String rawOf(Map<String, String> raw, String name) {
        String exact = raw.get(name);
        return exact != null
                ? exact
                : raw.entrySet().stream()
                        .filter(entry -> entry.getKey().equalsIgnoreCase(name))
                        .findFirst()
                        .orElseThrow()
                        .getValue();
    }

    private static FileEntry entry(Found file, List<Object> values) {
        return new FileEntry(file.file().toString(), file.size(), file.modified(), values);
    }

    /// Without partition columns, only files right in their root count: folders below are other
    /// tables.
    private static List<FileEntry> direct(List<Found> found) {
        return found.stream()
                .filter(file -> file.root().equals(file.file().getParent()))
                .map(file -> entry(file, List.of()))
                .toList();
    }

    private static Map<String, String> values(Path folder, Path base) {
        List<Map.Entry<String, String>> reversed = new ArrayList<>();
        Path current = folder;
        while (current != null && !current.equals(base) && current.getFileName() != null) {
            String name = current.getFileName().toString();
            int equals = name.indexOf('=');
            if (equals > 0) {
                reversed.add(
                        Map.entry(
                                FilePaths.unescape(name.substring(0, equals)),
                                FilePaths.unescape(name.substring(equals + 1))));
            } else if (!reversed.isEmpty()) {
                break;
            }
            current = current.getParent();
        }
        Map<String, String> values = new LinkedHashMap<>();
        reversed.reversed().forEach(entry -> values.put(entry.getKey(), entry.getValue()));
        return values;
    }

    private static List<String> columns(List<Found> found, List<Map<String, String>> raw) {
        List<String> first = List.of();
        for (int i = 0; i < raw.size(); i++) {
            List<String> names = List.copyOf(raw.get(i).keySet());
            if (i == 0) {
                first = names;
            } else if (!names.equals(first)) {
                throw conflict(
                        first,
                        names,
                        found.getFirst().file().getParent(),
                        found.get(i).file().getParent());
            }
        }
        return first;
    }

    private static TroupeException conflict(
            List<String> one, List<String> other, Path onePath, Path otherPath) {
        String lists =
                "\n\tPartition column name list #0: "
                        + String.join(", ", one)
                        + "\n\tPartition column name list #1: "
                        + String.join(", ", other);
        String paths =
                "\n\t"
                        + FileErrors.uri(onePath.toString())
                        + "\n\t"
                        + FileErrors.uri(otherPath.toString());
        return new TroupeException(
                TroupeException.Kind.SparkRuntimeException,
                "CONFLICTING_PARTITION_COLUMN_NAMES",
                "KD009",
                "Conflicting partition column names detected:"
                        + lists
                        + "\nFor partitioned table directories, data files should only live in leaf directories.\nAnd directories at the same"
                        + " level should have the same partition column name.\nPlease check the following directories for unexpected files"
                        + " or inconsistent partition column names:"
                        + paths,
                Map.of("distinctPartColLists", lists, "suspiciousPaths", paths));
    }

    private static List<StructField> fields(
            List<String> columns,
            List<Map<String, String>> raw,
            Map<String, String> options,
            StructType declared) {
        boolean infer =
                !"false"
                        .equalsIgnoreCase(
                                options.get(
                                        "spark.sql.sources.partitioncolumntypeinference.enabled"));
        List<StructField> fields = new ArrayList<>();
        for (String column : columns) {
            StructField known = find(declared, column);
            if (known != null) {
                fields.add(known);
                continue;
            }
            DataType type = null;
            for (Map<String, String> values : raw) {
                type = PartitionTypes.wider(type, PartitionTypes.infer(values.get(column), infer));
            }
            fields.add(new StructField(column, type == null ? StringType.STRING : type, true));
        }
        return fields;
    }

    private static StructField find(StructType schema, String name) {
        return schema == null
                ? null
                : schema.fields().stream()
                        .filter(field -> field.name().equalsIgnoreCase(name))
                        .findFirst()
                        .orElse(null);
    }
}
