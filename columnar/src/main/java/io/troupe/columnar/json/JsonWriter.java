package io.troupe.columnar.json;

import io.troupe.columnar.column.Values;
import io.troupe.columnar.kernel.EvaluationSettings;
import io.troupe.columnar.text.Printer;
import io.troupe.columnar.time.PatternText;
import io.troupe.columnar.time.TimeText;
import io.troupe.columnar.time.ZoneClock;
import io.troupe.columnar.vector.DictionaryVector;
import io.troupe.columnar.vector.ListVector;
import io.troupe.columnar.vector.MapVector;
import io.troupe.columnar.vector.StructVector;
import io.troupe.columnar.vector.Vector;
import io.troupe.planner.type.ArrayType;
import io.troupe.planner.type.AtomicType;
import io.troupe.planner.type.DataType;
import io.troupe.planner.type.DecimalType;
import io.troupe.planner.type.MapType;
import io.troupe.planner.type.StringType;
import io.troupe.planner.type.StructType;
import io.troupe.planner.type.UserDefinedType;
import java.math.BigDecimal;
import java.util.Base64;
import java.util.Map;

/// Writes typed values as JSON, as `to_json` does: null fields of structs are left out unless
/// `ignoreNullFields` is false.
public final class JsonWriter {
    private static final String TIMESTAMP_PATTERN = "yyyy-MM-dd'T'HH:mm:ss.SSSXXX";
    private static final String LOCAL_PATTERN = "yyyy-MM-dd'T'HH:mm:ss.SSS";

    private final ZoneClock clock;
    private final Printer printer;
    private final boolean ignoreNulls;
    private final PatternText timestamps;
    private final PatternText locals;
    private final PatternText dates;

    public JsonWriter(EvaluationSettings settings, Map<String, String> options) {
        clock = new ZoneClock(settings.zone());
        printer = new Printer(settings.zone(), false);
        ignoreNulls = !"false".equalsIgnoreCase(options.get("ignoreNullFields"));
        timestamps = new PatternText(options.getOrDefault("timestampFormat", TIMESTAMP_PATTERN));
        locals = new PatternText(options.getOrDefault("timestampNTZFormat", LOCAL_PATTERN));
        dates =
                options.containsKey("dateFormat")
                        ? new PatternText(options.get("dateFormat"))
                        : null;
    }

    public String write(Vector vector, int row, DataType type) {
        StringBuilder text = new StringBuilder();
        append(text, vector, row, type);
        return text.toString();
    }

    private void append(StringBuilder text, Vector vector, int row, DataType type) {
        if (vector.isNull(row)) {
            text.append("null");
            return;
        }
        switch (vector) {
            case DictionaryVector coded ->
                    append(text, coded.dictionary(), coded.codes()[row], type);
            case StructVector struct -> struct(text, struct, row, (StructType) plain(type));
            case ListVector list -> {
                text.append('[');
                for (int i = list.offsets()[row]; i < list.offsets()[row + 1]; i++) {
                    text.append(i > list.offsets()[row] ? "," : "");
                    append(text, list.elements(), i, ((ArrayType) plain(type)).element());
                }
                text.append(']');
            }
            case MapVector map -> map(text, map, row, (MapType) plain(type));
            default -> scalar(text, vector, row, type);
        }
    }

    private static DataType plain(DataType type) {
        return type instanceof UserDefinedType udt ? plain(udt.sqlType()) : type;
    }

    private void struct(StringBuilder text, StructVector struct, int row, StructType type) {
        text.append('{');
        boolean first = true;
        for (int f = 0; f < struct.fields().length; f++) {
            if (!(ignoreNulls && struct.fields()[f].isNull(row))) {
                text.append(first ? "" : ",");
                JsonTree.quote(text, type.fields().get(f).name());
                text.append(':');
                append(text, struct.fields()[f], row, type.fields().get(f).type());
                first = false;
            }
        }
        text.append('}');
    }

    private void map(StringBuilder text, MapVector map, int row, MapType type) {
        text.append('{');
        for (int i = map.offsets()[row]; i < map.offsets()[row + 1]; i++) {
            text.append(i > map.offsets()[row] ? "," : "");
            JsonTree.quote(text, printer.print(map.keys(), i, type.key()));
            text.append(':');
            append(text, map.values(), i, type.value());
        }
        text.append('}');
    }

    private void scalar(StringBuilder text, Vector vector, int row, DataType type) {
        Object value = Values.get(vector, row, type);
        switch (type) {
            case StringType _ -> JsonTree.quote(text, (String) value);
            case AtomicType.VARIANT -> text.append(value);
            case AtomicType.BINARY ->
                    JsonTree.quote(text, Base64.getEncoder().encodeToString((byte[]) value));
            case AtomicType.DATE -> {
                int days = (Integer) value;
                JsonTree.quote(
                        text,
                        dates == null
                                ? TimeText.date(days)
                                : dates.format(days * ZoneClock.DAY, clock.zone(), 0));
            }
            case AtomicType.TIMESTAMP -> {
                long offset = clock.offset((Long) value);
                JsonTree.quote(
                        text, timestamps.format((Long) value + offset, clock.zone(), offset));
            }
            case AtomicType.TIMESTAMP_NTZ ->
                    JsonTree.quote(text, locals.format((Long) value, clock.zone(), 0));
            case AtomicType.DOUBLE, AtomicType.FLOAT -> {
                double number = ((java.lang.Number) value).doubleValue();
                boolean special = Double.isNaN(number) || Double.isInfinite(number);
                text.append(special ? "\"" : "").append(value).append(special ? "\"" : "");
            }
            case DecimalType _ -> text.append(((BigDecimal) value).toPlainString());
            default -> {
                if (type.isIntegral() || type == AtomicType.BOOLEAN) {
                    text.append(value);
                } else {
                    JsonTree.quote(text, printer.print(vector, row, type));
                }
            }
        }
    }
}
