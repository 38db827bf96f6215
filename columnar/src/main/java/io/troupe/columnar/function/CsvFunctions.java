package io.troupe.columnar.function;

import io.troupe.columnar.column.Values;
import io.troupe.columnar.json.JsonTree;
import io.troupe.columnar.json.TypedJson;
import io.troupe.columnar.kernel.Input;
import io.troupe.columnar.kernel.Output;
import io.troupe.columnar.kernel.RowFunction;
import io.troupe.columnar.kernel.Signature;
import io.troupe.columnar.text.Printer;
import io.troupe.columnar.time.PatternText;
import io.troupe.columnar.time.ZoneClock;
import io.troupe.columnar.vector.StructVector;
import io.troupe.columnar.vector.Vector;
import io.troupe.planner.type.AtomicType;
import io.troupe.planner.type.DataType;
import io.troupe.planner.type.StringType;
import io.troupe.planner.type.StructField;
import io.troupe.planner.type.StructType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Lines of CSV: `from_csv`, `to_csv`, `schema_of_csv`.
final class CsvFunctions {
    private CsvFunctions() {}

    static void register(FunctionTable table) {
        table.rows("from_csv", CsvFunctions::fromCsv);
        table.rows("to_csv", CsvFunctions::toCsv);
        table.rows("schema_of_csv", CsvFunctions::schema);
    }

    private static char mark(Map<String, String> options, String name, char otherwise) {
        String text = options.get(name);
        return text == null || text.isEmpty() ? otherwise : text.charAt(0);
    }

    /// The fields of a line; an unquoted empty one is null.
    private static List<String> split(String line, char separator, char quote, char escape) {
        List<String> fields = new ArrayList<>();
        StringBuilder field = new StringBuilder();
        boolean quoted = false;
        boolean wasQuoted = false;
        for (int i = 0; i < line.length(); i++) {
            char c = line.charAt(i);
            if (quoted
                    && c == escape
                    && i + 1 < line.length()
                    && (line.charAt(i + 1) == quote || line.charAt(i + 1) == escape)) {
                field.append(line.charAt(++i));
            } else if (quoted && c == quote) {
                quoted = false;
            } else if (!quoted && c == quote && field.isEmpty() && !wasQuoted) {
                quoted = true;
                wasQuoted = true;
            } else if (!quoted && c == separator) {
                fields.add(field.isEmpty() && !wasQuoted ? null : field.toString());
                field.setLength(0);
                wasQuoted = false;
            } else {
                field.append(c);
            }
        }
        fields.add(field.isEmpty() && !wasQuoted ? null : field.toString());
        return fields;
    }

    private static List<String> split(String line, Map<String, String> options) {
        char separator = mark(options, options.containsKey("sep") ? "sep" : "delimiter", ',');
        return split(line, separator, mark(options, "quote", '"'), mark(options, "escape", '\\'));
    }

    private static RowFunction fromCsv(Signature signature) {
        Map<String, String> options = JsonFunctions.options(signature, signature.size() - 1);
        TypedJson typed = new TypedJson(signature.settings(), options);
        StructType type = (StructType) signature.type();
        return (in, out) -> {
            List<String> fields = split(in.string(0), options);
            List<Object> values = new ArrayList<>();
            for (int i = 0; i < type.fields().size(); i++) {
                String text = i < fields.size() ? fields.get(i) : null;
                values.add(text == null ? null : field(text, type.fields().get(i).type(), typed));
            }
            out.setValue(values);
        };
    }

    private static Object field(String text, DataType type, TypedJson typed) {
        if (type instanceof StringType) {
            return text;
        }
        if (type == AtomicType.BOOLEAN) {
            return text.equalsIgnoreCase("true")
                    ? Boolean.TRUE
                    : text.equalsIgnoreCase("false") ? Boolean.FALSE : null;
        }
        boolean number =
                type.isNumeric() && text.matches("[+-]?(\\d+\\.?\\d*|\\.\\d+)([eE][+-]?\\d+)?");
        return typed.convert(
                number ? new JsonTree.Number(text.replaceFirst("^\\+", "")) : text, type);
    }

    private static RowFunction toCsv(Signature signature) {
        Map<String, String> options = JsonFunctions.options(signature, 1);
        StructType type = (StructType) signature.argument(0);
        Printer printer = new Printer(signature.settings().zone(), false);
        ZoneClock clock = new ZoneClock(signature.settings().zone());
        PatternText times =
                new PatternText(
                        options.getOrDefault("timestampFormat", "yyyy-MM-dd'T'HH:mm:ss.SSSXXX"));
        char separator = mark(options, options.containsKey("sep") ? "sep" : "delimiter", ',');
        return (Input in, Output out) -> {
            StructVector struct = (StructVector) in.vector(0);
            StringBuilder line = new StringBuilder();
            for (int f = 0; f < struct.fields().length; f++) {
                StructField field = type.fields().get(f);
                Vector values = struct.fields()[f];
                line.append(f > 0 ? separator : "");
                if (values.isNull(in.at(0))) {
                    line.append(options.getOrDefault("nullValue", ""));
                } else if (field.type() == AtomicType.TIMESTAMP) {
                    long micros = (Long) Values.get(values, in.at(0), field.type());
                    long offset = clock.offset(micros);
                    line.append(times.format(micros + offset, clock.zone(), offset));
                } else {
                    line.append(
                            quoted(
                                    printer.print(values, in.at(0), field.type()).strip(),
                                    separator));
                }
            }
            out.set(line.toString());
        };
    }

    private static String quoted(String text, char separator) {
        boolean plain =
                !text.isEmpty()
                        && text.indexOf(separator) < 0
                        && text.indexOf('"') < 0
                        && text.indexOf('\n') < 0
                        && text.indexOf('\r') < 0;
        return plain ? text : "\"" + text.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
    }

    private static RowFunction schema(Signature signature) {
        Map<String, String> options = JsonFunctions.options(signature, 1);
        return (in, out) -> {
            List<String> types = new ArrayList<>();
            for (String field : split(in.string(0), options)) {
                types.add("_c" + types.size() + ": " + typeOf(field));
            }
            out.set("STRUCT<" + String.join(", ", types) + ">");
        };
    }

    private static String typeOf(String field) {
        if (field == null) {
            return "STRING";
        }
        if (field.matches("[+-]?\\d{1,9}")) {
            return "INT";
        }
        if (field.matches("[+-]?\\d{1,18}")) {
            return "BIGINT";
        }
        if (field.matches("[+-]?(\\d+\\.?\\d*|\\.\\d+)([eE][+-]?\\d+)?")) {
            return "DOUBLE";
        }
        if (field.matches("\\d{4}-\\d{2}-\\d{2}")) {
            return "DATE";
        }
        return field.matches("\\d{4}-\\d{2}-\\d{2}[ T]\\d{2}:\\d{2}:\\d{2}.*")
                ? "TIMESTAMP"
                : field.matches("(?i)true|false") ? "BOOLEAN" : "STRING";
    }
}
