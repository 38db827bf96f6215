package io.troupe.driver.session;

import io.troupe.columnar.sink.FileCommitter;
import io.troupe.driver.command.WriteTarget;
import io.troupe.planner.command.RowsCommand;
import io.troupe.planner.command.TableCommand;
import io.troupe.planner.error.TroupeException;
import io.troupe.planner.logical.LogicalPlan;
import io.troupe.planner.parsed.ParsedPlan;
import io.troupe.planner.sql.SqlParser;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// `DataFrame.write` and `writeTo`: into files by path, or into tables by way of the SQL commands.
final class Writes {
    private final Session session;

    Writes(Session session) {
        this.session = session;
    }

    void write(LogicalPlan plan, Request request) {
        switch (request.text("action", "save")) {
            case "save" -> save(plan, request);
            case "saveAsTable" -> saveAsTable(request);
            case "insertInto" -> insert(request, "overwrite".equals(mode(request)));
            case "append" -> insert(request, false);
            case "overwrite", "overwritePartitions" -> insert(request, true);
            case "create" -> create(request, false, false);
            case "replace", "createOrReplace" -> create(request, false, true);
            default ->
                    throw new IllegalArgumentException(
                            "There is no way of writing called " + request.text("action") + ".");
        }
    }

    private static String mode(Request request) {
        return request.text("mode", "error").toLowerCase(Locale.ROOT);
    }

    private void save(LogicalPlan plan, Request request) {
        String path = request.text("path", null);
        if (path == null) {
            throw new TroupeException(
                    TroupeException.Kind.IllegalArgumentException,
                    "_LEGACY_ERROR_TEMP_2056",
                    null,
                    "Expected exactly one path to be specified: give the folder to write to, as in df.write.parquet(\"out\").",
                    Map.of());
        }
        FileCommitter.Mode mode =
                switch (mode(request)) {
                    case "append" -> FileCommitter.Mode.APPEND;
                    case "overwrite" -> overwrite(request);
                    case "ignore" -> FileCommitter.Mode.IGNORE;
                    default -> FileCommitter.Mode.ERROR;
                };
        WriteTarget target =
                new WriteTarget(
                        request.text("format", "parquet"),
                        localPath(path),
                        mode == FileCommitter.Mode.OVERWRITE,
                        request.texts("partitionBy"),
                        options(request));
        new FileWrites(session).write(plan, target, mode, request.site());
    }

    private FileCommitter.Mode overwrite(Request request) {
        String chosen =
                options(request)
                        .getOrDefault(
                                "partitionoverwritemode",
                                session.conf()
                                        .get("spark.sql.sources.partitionOverwriteMode", "static"));
        boolean dynamic =
                chosen.equalsIgnoreCase("dynamic") && !request.texts("partitionBy").isEmpty();
        return dynamic ? FileCommitter.Mode.OVERWRITE_PARTITIONS : FileCommitter.Mode.OVERWRITE;
    }

    private static String localPath(String path) {
        return path.startsWith("file:") ? URI.create(path.replace(" ", "%20")).getPath() : path;
    }

    private static Map<String, String> options(Request request) {
        Map<String, String> options = new LinkedHashMap<>();
        request.textMap("options")
                .forEach((name, value) -> options.put(name.toLowerCase(Locale.ROOT), value));
        return options;
    }

    private void saveAsTable(Request request) {
        boolean exists = session.catalog().lookup(name(request)) != null;
        switch (mode(request)) {
            case "append" -> {
                if (exists) {
                    insert(request, false);
                } else {
                    create(request, false, false);
                }
            }
            case "overwrite" -> create(request, false, true);
            case "ignore" -> create(request, true, false);
            default -> create(request, false, false);
        }
    }

    private static List<String> name(Request request) {
        return SqlParser.parseTableIdentifier(request.text("table"));
    }

    private void create(Request request, boolean ifNotExists, boolean replace) {
        TableCommand.Definition definition =
                new TableCommand.Definition(
                        List.of(),
                        request.text("format", null),
                        request.list("partitionBy").stream().map(String::valueOf).toList(),
                        options(request),
                        request.textMap("properties"),
                        request.text("path", null),
                        null);
        session.execute(
                new TableCommand.Create(
                        name(request),
                        definition,
                        ifNotExists,
                        replace,
                        new ParsedPlan.Analysed(request.number("plan"))));
    }

    private void insert(Request request, boolean overwrite) {
        session.execute(
                new RowsCommand.Insert(
                        name(request),
                        overwrite,
                        null,
                        false,
                        List.of(),
                        false,
                        new ParsedPlan.Analysed(request.number("plan"))));
    }
}
