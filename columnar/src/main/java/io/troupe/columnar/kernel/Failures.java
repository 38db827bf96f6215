package io.troupe.columnar.kernel;

import io.troupe.planner.error.TroupeException;
import io.troupe.planner.error.TroupeException.Kind;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/// Run-time errors with Spark's conditions and texts (`conditions.tsv` beside this class).
public final class Failures {
    public static final String ANSI_CONFIG = "\"spark.sql.ansi.enabled\"";

    private record Template(String sqlState, String text) {}

    private static final class Holder {
        static final Map<String, Template> TEMPLATES = load();
    }

    private Failures() {}

    public static TroupeException arithmetic(String condition, String... parameters) {
        return of(Kind.ArithmeticException, condition, parameters);
    }

    public static TroupeException dateTime(String condition, String... parameters) {
        return of(Kind.DateTimeException, condition, parameters);
    }

    public static TroupeException runtime(String condition, String... parameters) {
        return of(Kind.SparkRuntimeException, condition, parameters);
    }

    public static TroupeException index(String condition, String... parameters) {
        return of(Kind.ArrayIndexOutOfBoundsException, condition, parameters);
    }

    public static TroupeException argument(String condition, String... parameters) {
        return of(Kind.IllegalArgumentException, condition, parameters);
    }

    public static TroupeException divideByZero() {
        return arithmetic("DIVIDE_BY_ZERO", "config", ANSI_CONFIG);
    }

    public static TroupeException overflow(String message, String tryFunction) {
        return arithmetic(
                "ARITHMETIC_OVERFLOW",
                "message",
                message,
                "alternative",
                tryFunction.isEmpty()
                        ? ""
                        : " Use '"
                                + tryFunction
                                + "' to tolerate overflow and return NULL instead.",
                "config",
                ANSI_CONFIG);
    }

    public static TroupeException outOfRange(String value, int precision, int scale) {
        return arithmetic(
                "NUMERIC_VALUE_OUT_OF_RANGE.WITH_SUGGESTION",
                "value",
                value,
                "precision",
                Integer.toString(precision),
                "scale",
                Integer.toString(scale),
                "config",
                ANSI_CONFIG);
    }

    public static TroupeException invalidInput(
            Kind kind, String expression, String from, String to) {
        return of(
                kind,
                "CAST_INVALID_INPUT",
                "expression",
                expression,
                "sourceType",
                "\"" + from + "\"",
                "targetType",
                "\"" + to + "\"",
                "ansiConfig",
                ANSI_CONFIG);
    }

    public static TroupeException parameter(
            String kind, String function, String parameter, String... rest) {
        String[] parameters = new String[rest.length + 4];
        parameters[0] = "functionName";
        parameters[1] = "`" + function + "`";
        parameters[2] = "parameter";
        parameters[3] = "`" + parameter + "`";
        System.arraycopy(rest, 0, parameters, 4, rest.length);
        return of(Kind.SparkRuntimeException, "INVALID_PARAMETER_VALUE." + kind, parameters);
    }

    /// Like [#parameter], as an IllegalArgumentException.
    public static TroupeException invalidArgument(
            String kind, String function, String parameter, String... rest) {
        TroupeException failure = parameter(kind, function, parameter, rest);
        String[] parameters = new String[failure.parameters().size() * 2];
        int at = 0;
        for (Map.Entry<String, String> entry : failure.parameters().entrySet()) {
            parameters[at++] = entry.getKey();
            parameters[at++] = entry.getValue();
        }
        return of(Kind.IllegalArgumentException, failure.condition(), parameters);
    }

    /// @param parameters names and values in turn
    public static TroupeException of(Kind kind, String condition, String... parameters) {
        Template template = Holder.TEMPLATES.get(condition);
        if (template == null) {
            throw new IllegalStateException(
                    "error condition " + condition + " is not in conditions.tsv");
        }
        Map<String, String> map = new LinkedHashMap<>();
        String text = template.text();
        for (int i = 0; i + 1 < parameters.length; i += 2) {
            map.put(parameters[i], parameters[i + 1]);
            text = text.replace("<" + parameters[i] + ">", parameters[i + 1]);
        }
        return new TroupeException(kind, condition, template.sqlState(), text, map);
    }

    private static Map<String, Template> load() {
        Map<String, Template> templates = new HashMap<>();
        try (BufferedReader reader =
                new BufferedReader(
                        new InputStreamReader(
                                Failures.class.getResourceAsStream("conditions.tsv"),
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
