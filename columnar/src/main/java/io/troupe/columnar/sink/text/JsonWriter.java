package io.troupe.columnar.sink.text;

import io.troupe.columnar.sink.format.FormatWriter;
import io.troupe.columnar.vector.Batch;
import io.troupe.columnar.vector.BytesVector;
import io.troupe.columnar.vector.DictionaryVector;
import io.troupe.columnar.vector.DoubleVector;
import io.troupe.columnar.vector.FloatVector;
import io.troupe.columnar.vector.ListVector;
import io.troupe.columnar.vector.MapVector;
import io.troupe.columnar.vector.StructVector;
import io.troupe.columnar.vector.Vector;
import io.troupe.planner.type.ArrayType;
import io.troupe.planner.type.AtomicType;
import io.troupe.planner.type.DataType;
import io.troupe.planner.type.MapType;
import io.troupe.planner.type.StringType;
import io.troupe.planner.type.StructType;
import io.troupe.planner.type.UserDefinedType;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;

/// Writes one file of JSON lines.
public final class JsonWriter implements FormatWriter {
    private static final byte[] HEX = "0123456789ABCDEF".getBytes(StandardCharsets.US_ASCII);

    private final TextOutput out;
    private final StructType schema;
    private final ValueText values;
    private final byte[] lineEnd;
    private final boolean ignoreNulls;

    public JsonWriter(Path file, StructType schema, Map<String, String> options, String sessionZone)
            throws IOException {
        this.schema = schema;
        this.values = new ValueText(options, sessionZone);
        this.lineEnd = options.getOrDefault("linesep", "\n").getBytes(StandardCharsets.UTF_8);
        this.ignoreNulls = !"false".equalsIgnoreCase(options.get("ignorenullfields"));
        this.out =
                new TextOutput(
                        file,
                        TextOutput.canonical(options.get("compression")),
                        options.getOrDefault("encoding", options.getOrDefault("charset", "UTF-8")));
    }

    /// The ending of the file's name.
    public static String extension(Map<String, String> options) {
        return ".json" + TextOutput.extension(TextOutput.canonical(options.get("compression")));
    }

    @Override
    public void write(Batch batch, int[] rows, int count) throws IOException {
        for (int i = 0; i < count; i++) {
            object(batch.columns(), schema, rows == null ? i : rows[i]);
            out.put(lineEnd, 0, lineEnd.length);
        }
    }

    private void object(Vector[] fields, StructType type, int row) throws IOException {
        out.put('{');
        boolean first = true;
        for (int i = 0; i < fields.length; i++) {
            if (ignoreNulls && fields[i].isNull(row)) {
                continue;
            }
            if (!first) {
                out.put(',');
            }
            first = false;
            byte[] name = type.fields().get(i).name().getBytes(StandardCharsets.UTF_8);
            string(name, 0, name.length);
            out.put(':');
            value(fields[i], type.fields().get(i).type(), row);
        }
        out.put('}');
    }

    private void value(Vector vector, DataType declared, int row) throws IOException {
        if (vector.isNull(row)) {
            out.put("null");
            return;
        }
        DataType type = declared instanceof UserDefinedType user ? user.sqlType() : declared;
        switch (vector) {
            case DictionaryVector coded -> value(coded.dictionary(), type, coded.codes()[row]);
            case StructVector struct -> object(struct.fields(), (StructType) type, row);
            case ListVector list -> array(list, ((ArrayType) type).element(), row);
            case MapVector map -> map(map, (MapType) type, row);
            case BytesVector bytes -> bytes(bytes, type, row);
            case DoubleVector doubles when !Double.isFinite(doubles.values()[row]) ->
                    quoted(Double.toString(doubles.values()[row]));
            case FloatVector floats when !Float.isFinite(floats.values()[row]) ->
                    quoted(Float.toString(floats.values()[row]));
            default -> {
                String text = values.text(vector, type, row);
                if (type.isNumeric() || type == AtomicType.BOOLEAN) {
                    out.put(text);
                } else {
                    quoted(text);
                }
            }
        }
    }

    private void bytes(BytesVector vector, DataType type, int row) throws IOException {
        int from = vector.offsets()[row];
        int to = vector.offsets()[row + 1];
        if (type instanceof StringType) {
            string(vector.data(), from, to);
        } else if (type == AtomicType.VARIANT) {
            out.put(vector.data(), from, to - from);
        } else {
            out.put('"');
            byte[] coded = Base64.getEncoder().encode(Arrays.copyOfRange(vector.data(), from, to));
            out.put(coded, 0, coded.length);
            out.put('"');
        }
    }

    private void array(ListVector list, DataType element, int row) throws IOException {
        out.put('[');
        for (int i = list.offsets()[row]; i < list.offsets()[row + 1]; i++) {
            if (i > list.offsets()[row]) {
                out.put(',');
            }
            value(list.elements(), element, i);
        }
        out.put(']');
    }

    private void map(MapVector map, MapType type, int row) throws IOException {
        out.put('{');
        for (int i = map.offsets()[row]; i < map.offsets()[row + 1]; i++) {
            if (i > map.offsets()[row]) {
                out.put(',');
            }
            key(map.keys(), type.key(), i);
            out.put(':');
            value(map.values(), type.value(), i);
        }
        out.put('}');
    }

    /// Keys are always strings.
    private void key(Vector keys, DataType type, int row) throws IOException {
        Vector base = keys instanceof DictionaryVector coded ? coded.dictionary() : keys;
        int position = keys instanceof DictionaryVector coded ? coded.codes()[row] : row;
        if (base instanceof BytesVector bytes) {
            string(bytes.data(), bytes.offsets()[position], bytes.offsets()[position + 1]);
        } else {
            quoted(values.text(base, type, position));
        }
    }

    private void quoted(String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        string(bytes, 0, bytes.length);
    }

    private void string(byte[] data, int from, int to) throws IOException {
        out.put('"');
        int done = from;
        for (int i = from; i < to; i++) {
            byte b = data[i];
            if (b == '"' || b == '\\' || b >= 0 && b < 0x20) {
                out.put(data, done, i - done);
                escape(b);
                done = i + 1;
            }
        }
        out.put(data, done, to - done);
        out.put('"');
    }

    private void escape(byte b) throws IOException {
        out.put('\\');
        switch (b) {
            case '"', '\\' -> out.put(b);
            case '\n' -> out.put('n');
            case '\r' -> out.put('r');
            case '\t' -> out.put('t');
            case '\b' -> out.put('b');
            case '\f' -> out.put('f');
            default -> {
                out.put("u00");
                out.put(HEX[b >> 4]);
                out.put(HEX[b & 15]);
            }
        }
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
