package io.troupe.driver.command;

import io.troupe.planner.command.Command;
import io.troupe.planner.parsed.ParsedExpression;
import io.troupe.planner.parsed.ParsedPlan;
import io.troupe.planner.type.DataType;
import io.troupe.planner.type.StringType;
import io.troupe.planner.type.StructField;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/// The partition folders of a table (`p=1/q=x`).
final class Partitions {
    private static final String NULL_FOLDER = "__HIVE_DEFAULT_PARTITION__";

    private final CommandSession session;

    Partitions(CommandSession session) {
        this.session = session;
    }

    /// The folder names of all partitions, relative to the table, sorted.
    static List<String> all(TableRecord table) {
        Path root = Path.of(table.location());
        List<Path> level = List.of(root);
        for (int i = 0; i < table.partitionBy().size(); i++) {
            List<Path> next = new ArrayList<>();
            level.forEach(folder -> next.addAll(folders(folder)));
            level = next;
        }
        return level.stream()
                .map(folder -> root.relativize(folder).toString().replace('\\', '/'))
                .sorted()
                .toList();
    }

    private static List<Path> folders(Path folder) {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.filter(entry ->
                            Files.isDirectory(entry)
                                    && entry.getFileName().toString().contains("="))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot list the folder " + folder, e);
        }
    }

    /// The folders of the partitions that have the given values.
    List<Path> matching(TableRecord table, Command.Partition partition) {
        Map<String, String> wanted = values(table, partition);
        return all(table).stream()
                .filter(folder -> matches(folder, wanted))
                .map(Path.of(table.location())::resolve)
                .toList();
    }

    static boolean matches(String folder, Map<String, String> wanted) {
        Map<String, String> found = new LinkedHashMap<>();
        for (String part : folder.split("/")) {
            int equal = part.indexOf('=');
            found.put(
                    part.substring(0, equal).toLowerCase(Locale.ROOT),
                    URLDecoder.decode(
                            part.substring(equal + 1).replace("+", "%2B"), StandardCharsets.UTF_8));
        }
        return wanted.entrySet().stream()
                .allMatch(want -> want.getValue().equals(found.get(want.getKey())));
    }

    /// The values of a partition as folder names hold them, by lower-case column; columns without a
    /// value are left out.
    Map<String, String> values(TableRecord table, Command.Partition partition) {
        Map<String, String> values = new LinkedHashMap<>();
        partition
                .values()
                .forEach((column, value) -> {
                    StructField field = column(table, column);
                    if (value != null) {
                        values.put(
                                field.name().toLowerCase(Locale.ROOT), text(value, field.type()));
                    }
                });
        return values;
    }

    static StructField column(TableRecord table, String name) {
        String known =
                table.partitionBy().stream()
                        .filter(name::equalsIgnoreCase)
                        .findFirst()
                        .orElseThrow(() ->
                                io.troupe.planner.error.TroupeException.analysis(
                                        "PARTITIONS_NOT_FOUND",
                                        "428FT",
                                        "The partition(s) PARTITION ("
                                                + CommandErrors.quoted(name)
                                                + ") cannot be found in table "
                                                + CommandErrors.quoted(table.qualifier())
                                                + ".\nVerify the partition specification and table name.",
                                        Map.of(
                                                "partitionList",
                                                name,
                                                "tableName",
                                                CommandErrors.quoted(table.qualifier()))));
        return table.schema().fields().stream()
                .filter(field -> field.name().equals(known))
                .findFirst()
                .orElseThrow();
    }

    /// A constant as text, through the column's type.
    private String text(ParsedExpression value, DataType type) {
        ParsedExpression converted =
                new ParsedExpression.Conversion(
                        new ParsedExpression.Conversion(value, type, false),
                        StringType.STRING,
                        false);
        List<List<Object>> rows =
                session.collect(
                        session.analyze(
                                new ParsedPlan.Select(
                                        new ParsedPlan.NoTable(), List.of(converted))));
        Object text = rows.getFirst().getFirst();
        return text == null ? NULL_FOLDER : text.toString();
    }
}
