package io.troupe.columnar.sink.text;

import io.troupe.columnar.sink.format.FormatWriter;
import io.troupe.columnar.vector.Batch;
import io.troupe.columnar.vector.BytesVector;
import io.troupe.columnar.vector.DictionaryVector;
import io.troupe.columnar.vector.Vector;
import io.troupe.planner.error.TroupeException;
import io.troupe.planner.type.AtomicType;
import io.troupe.planner.type.DataType;
import io.troupe.planner.type.StringType;
import io.troupe.planner.type.StructField;
import io.troupe.planner.type.StructType;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;

/// Writes one CSV file.
public final class CsvWriter implements FormatWriter {
    private final TextOutput out;
    private final StructType schema;
    private final ValueText values;
    private final byte[] separator;
    private final byte[] lineEnd;
    private final byte[] nullText;
    private final byte[] emptyText;
    private final int quote;
    private final int escape;
    private final boolean quoteAll;
    private final boolean escapeQuotes;
    private final boolean trimLeft;
    private final boolean trimRight;

    public CsvWriter(Path file, StructType schema, Map<String, String> options, String sessionZone)
            throws IOException {
        this.schema = schema;
        this.values = new ValueText(options, sessionZone);
        this.separator = utf8(options.getOrDefault("sep", options.getOrDefault("delimiter", ",")));
        this.lineEnd = utf8(options.getOrDefault("linesep", "\n"));
        this.nullText = utf8(options.getOrDefault("nullvalue", ""));
        this.emptyText = utf8(options.getOrDefault("emptyvalue", "\"\""));
        String quoteText = options.getOrDefault("quote", "\"");
        this.quote = quoteText.isEmpty() ? 0 : quoteText.charAt(0);
        String escapeText = options.getOrDefault("escape", "\\");
        this.escape = escapeText.isEmpty() ? 0 : escapeText.charAt(0);
        this.quoteAll = flag(options, "quoteall", false);
        this.escapeQuotes = flag(options, "escapequotes", true);
        this.trimLeft = flag(options, "ignoreleadingwhitespace", true);
        this.trimRight = flag(options, "ignoretrailingwhitespace", true);
        this.out =
                new TextOutput(
                        file,
                        TextOutput.canonical(
                                options.getOrDefault("compression", options.get("codec"))),
                        options.getOrDefault("encoding", options.getOrDefault("charset", "UTF-8")));
        if (flag(options, "header", false)) {
            header();
        }
    }

    private static boolean flag(Map<String, String> options, String name, boolean otherwise) {
        return options.containsKey(name) ? Boolean.parseBoolean(options.get(name)) : otherwise;
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /// The ending of the file's name.
    public static String extension(Map<String, String> options) {
        return ".csv"
                + TextOutput.extension(
                        TextOutput.canonical(
                                options.getOrDefault("compression", options.get("codec"))));
    }

    /// Nested types have no place in a CSV file.
    public static void checkTypes(StructType schema) {
        for (StructField field : schema.fields()) {
            if (field.type().isNested()
                    || field.type() == AtomicType.CALENDAR_INTERVAL
                    || field.type() == AtomicType.VARIANT) {
                throw TroupeException.analysis(
                        "UNSUPPORTED_DATA_TYPE_FOR_DATASOURCE",
                        "0A000",
                        "The CSV datasource doesn't support the column `"
                                + field.name()
                                + "` of the type \""
                                + field.type().sql()
                                + "\".",
                        Map.of(
                                "format",
                                "CSV",
                                "columnName",
                                "`" + field.name() + "`",
                                "columnType",
                                "\"" + field.type().sql() + "\""));
            }
        }
    }

    private void header() throws IOException {
        for (int i = 0; i < schema.fields().size(); i++) {
            if (i > 0) {
                put(separator);
            }
            byte[] name = utf8(schema.fields().get(i).name());
            cell(name, 0, name.length);
        }
        put(lineEnd);
    }

    @Override
    public void write(Batch batch, int[] rows, int count) throws IOException {
        for (int i = 0; i < count; i++) {
            int row = rows == null ? i : rows[i];
            for (int column = 0; column < batch.columns().length; column++) {
                if (column > 0) {
                    put(separator);
                }
                value(batch.column(column), schema.fields().get(column).type(), row);
            }
            put(lineEnd);
        }
    }

    private void value(Vector vector, DataType type, int row) throws IOException {
        if (vector.isNull(row)) {
            if (quoteAll && nullText.length > 0) {
                cell(nullText, 0, nullText.length);
            } else {
                put(nullText);
            }
            return;
        }
        Vector base = vector instanceof DictionaryVector coded ? coded.dictionary() : vector;
        int position = vector instanceof DictionaryVector coded ? coded.codes()[row] : row;
        if (base instanceof BytesVector bytes
                && (type instanceof StringType || type == AtomicType.BINARY)) {
            cell(bytes.data(), bytes.offsets()[position], bytes.offsets()[position + 1]);
        } else {
            byte[] text = utf8(values.text(base, type, position));
            cell(text, 0, text.length);
        }
    }

    private void cell(byte[] data, int start, int stop) throws IOException {
        int from = start;
        int to = stop;
        while (trimLeft && from < to && isBlank(data[from])) {
            from++;
        }
        while (trimRight && from < to && isBlank(data[to - 1])) {
            to--;
        }
        if (from == to) {
            put(emptyText);
            return;
        }
        if (quote == 0 || !quoteAll && !needsQuotes(data, from, to)) {
            out.put(data, from, to - from);
            return;
        }
        out.put(quote);
        for (int i = from; i < to; i++) {
            if (escapeQuotes && data[i] == quote || data[i] == escape && escape != quote) {
                out.put(escape);
            }
            out.put(data[i]);
        }
        out.put(quote);
    }

    private static boolean isBlank(byte b) {
        return b >= 0 && b <= ' ';
    }

    private boolean needsQuotes(byte[] data, int from, int to) {
        for (int i = from; i < to; i++) {
            byte b = data[i];
            if (b == '\n'
                    || b == '\r'
                    || escapeQuotes && b == quote
                    || b == separator[0] && startsWith(data, i, to, separator)) {
                return true;
            }
        }
        return false;
    }

    private static boolean startsWith(byte[] data, int at, int to, byte[] text) {
        return to - at >= text.length
                && java.util.Arrays.equals(data, at, at + text.length, text, 0, text.length);
    }

    private void put(byte[] text) throws IOException {
        out.put(text, 0, text.length);
    }

    @Override
    public long finish() throws IOException {
        return out.finish();
    }

    @Override
    public long heldBytes() {
        return 0;
    }

    @Override
    public void flush() {
        // Rows go out as they come.
    }

    @Override
    public void close() throws IOException {
        out.close();
    }
}
