package io.troupe.planner.error;

import io.troupe.planner.error.TroupeException.Kind;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/// Builds errors from Spark's conditions: the SQLSTATE and the message text of each are in
/// `conditions.tsv` beside this class, with `<parameter>` marks that the caller's parameters
/// replace.
public final class Conditions {
    private record Template(String sqlState, String text) {}

    private static final class Holder {
        static final Map<String, Template> TEMPLATES = load();
    }

    private Conditions() {}

    /// @param parameters names and values in turn
    public static TroupeException analysis(String condition, String... parameters) {
        return of(Kind.AnalysisException, condition, parameters);
    }

    public static TroupeException parse(String condition, String... parameters) {
        return of(Kind.ParseException, condition, parameters);
    }

    public static TroupeException of(Kind kind, String condition, String... parameters) {
        Map<String, String> map = new LinkedHashMap<>();
        for (int i = 0; i + 1 < parameters.length; i += 2) {
            map.put(parameters[i], parameters[i + 1]);
        }
        Template template = Holder.TEMPLATES.get(condition);
        if (template == null) {
            throw new IllegalStateException(
                    "error condition " + condition + " is not in conditions.tsv");
        }
        String text = template.text();
        for (Map.Entry<String, String> entry : map.entrySet()) {
            text = text.replace("<" + entry.getKey() + ">", entry.getValue());
        }
        return new TroupeException(kind, condition, template.sqlState(), text, map);
    }

    /// A name in back quotes, as Spark shows identifiers.
    public static String id(String name) {
        return "`" + name.replace("`", "``") + "`";
    }

    public static String id(Iterable<String> parts) {
        StringBuilder text = new StringBuilder();
        for (String part : parts) {
            text.append(text.isEmpty() ? "" : ".").append(id(part));
        }
        return text.toString();
    }

    /// Text in double quotes, as Spark shows expressions, types and settings.
    public static String quoted(String text) {
        return "\"" + text + "\"";
    }

    private static Map<String, Template> load() {
        Map<String, Template> templates = new HashMap<>();
        try (BufferedReader reader =
                new BufferedReader(
                        new InputStreamReader(
                                Conditions.class.getResourceAsStream("conditions.tsv"),
                                StandardCharsets.UTF_8))) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                String[] parts = line.split("\t", -1);
                templates.put(parts[0], new Template(parts[1], parts[2].replace("\\n", "\n")));
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read conditions.tsv", e);
        }
        return templates;
    }
}
