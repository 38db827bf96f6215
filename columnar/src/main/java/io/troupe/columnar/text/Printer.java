package io.troupe.columnar.text;

import io.troupe.columnar.column.Values;
import io.troupe.columnar.time.IntervalText;
import io.troupe.columnar.time.TimeText;
import io.troupe.columnar.time.ZoneClock;
import io.troupe.columnar.vector.BooleanVector;
import io.troupe.columnar.vector.BytesVector;
import io.troupe.columnar.vector.Decimal128Vector;
import io.troupe.columnar.vector.DictionaryVector;
import io.troupe.columnar.vector.DoubleVector;
import io.troupe.columnar.vector.FloatVector;
import io.troupe.columnar.vector.IntVector;
import io.troupe.columnar.vector.IntervalVector;
import io.troupe.columnar.vector.ListVector;
import io.troupe.columnar.vector.LongVector;
import io.troupe.columnar.vector.MapVector;
import io.troupe.columnar.vector.NullVector;
import io.troupe.columnar.vector.StructVector;
import io.troupe.columnar.vector.Vector;
import io.troupe.planner.type.ArrayType;
import io.troupe.planner.type.AtomicType;
import io.troupe.planner.type.CalendarInterval;
import io.troupe.planner.type.DataType;
import io.troupe.planner.type.DayTimeIntervalType;
import io.troupe.planner.type.DecimalType;
import io.troupe.planner.type.MapType;
import io.troupe.planner.type.StructType;
import io.troupe.planner.type.TimeType;
import io.troupe.planner.type.UserDefinedType;
import io.troupe.planner.type.YearMonthIntervalType;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.ZoneId;

/// The string that a cast makes of a value: `1.0E10`, `{1, a}`, `[1, null]`, `{k -> v}`. The form
/// that `show` prints differs in two things: null is `NULL` and binary is `[61 62]`.
public final class Printer {
    private final ZoneClock clock;
    private final boolean pretty;

    public Printer(ZoneId zone, boolean pretty) {
        clock = new ZoneClock(zone);
        this.pretty = pretty;
    }

    public String print(Vector vector, int row, DataType type) {
        StringBuilder text = new StringBuilder();
        append(text, vector, row, type);
        return text.toString();
    }

    private void append(StringBuilder text, Vector vector, int row, DataType type) {
        if (vector.isNull(row)) {
            text.append(pretty ? "NULL" : "null");
            return;
        }
        switch (vector) {
            case DictionaryVector coded ->
                    append(text, coded.dictionary(), coded.codes()[row], type);
            case NullVector _ -> text.append("null");
            case BooleanVector flags -> text.append(flags.values()[row] != 0);
            case IntVector numbers -> ofInt(text, numbers.values()[row], type);
            case LongVector numbers -> ofLong(text, numbers.values()[row], type);
            case FloatVector numbers -> text.append(numbers.values()[row]);
            case DoubleVector numbers -> text.append(numbers.values()[row]);
            case Decimal128Vector wide -> text.append(decimal(wide, row, type));
            case BytesVector bytes -> ofBytes(text, bytes, row, type);
            case IntervalVector parts ->
                    text.append(
                            IntervalText.calendar(
                                    new CalendarInterval(
                                            parts.months()[row],
                                            parts.days()[row],
                                            parts.microseconds()[row])));
            case ListVector list -> list(text, list, row, plain(type));
            case MapVector map -> map(text, map, row, plain(type));
            case StructVector struct -> struct(text, struct, row, plain(type));
        }
    }

    private static DataType plain(DataType type) {
        return type instanceof UserDefinedType udt ? plain(udt.sqlType()) : type;
    }

    private static String decimal(Decimal128Vector wide, int row, DataType type) {
        return new BigDecimal(
                        Values.unscaled(wide.high()[row], wide.low()[row]),
                        ((DecimalType) type).scale())
                .toPlainString();
    }

    private static void ofInt(StringBuilder text, int value, DataType type) {
        switch (type) {
            case AtomicType.DATE -> text.append(TimeText.date(value));
            case YearMonthIntervalType interval ->
                    text.append(IntervalText.yearMonth(value, interval));
            default -> text.append(value);
        }
    }

    private void ofLong(StringBuilder text, long value, DataType type) {
        switch (type) {
            case AtomicType.TIMESTAMP -> text.append(TimeText.timestamp(clock.toLocal(value)));
            case AtomicType.TIMESTAMP_NTZ -> text.append(TimeText.timestamp(value));
            case TimeType _ -> text.append(TimeText.time(value));
            case DayTimeIntervalType interval -> text.append(IntervalText.dayTime(value, interval));
            case DecimalType decimal ->
                    text.append(BigDecimal.valueOf(value, decimal.scale()).toPlainString());
            default -> text.append(value);
        }
    }

    private void ofBytes(StringBuilder text, BytesVector bytes, int row, DataType type) {
        int from = bytes.offsets()[row];
        int to = bytes.offsets()[row + 1];
        if (pretty && type == AtomicType.BINARY) {
            text.append('[');
            for (int i = from; i < to; i++) {
                text.append(i > from ? " " : "").append(String.format("%02X", bytes.data()[i]));
            }
            text.append(']');
        } else {
            text.append(new String(bytes.data(), from, to - from, StandardCharsets.UTF_8));
        }
    }

    private void list(StringBuilder text, ListVector list, int row, DataType type) {
        text.append('[');
        int first = list.offsets()[row];
        for (int i = first; i < list.offsets()[row + 1]; i++) {
            text.append(i > first ? ", " : "");
            append(text, list.elements(), i, ((ArrayType) type).element());
        }
        text.append(']');
    }

    private void map(StringBuilder text, MapVector map, int row, DataType type) {
        text.append('{');
        int first = map.offsets()[row];
        for (int i = first; i < map.offsets()[row + 1]; i++) {
            text.append(i > first ? ", " : "");
            append(text, map.keys(), i, ((MapType) type).key());
            text.append(" -> ");
            append(text, map.values(), i, ((MapType) type).value());
        }
        text.append('}');
    }

    private void struct(StringBuilder text, StructVector struct, int row, DataType type) {
        text.append('{');
        for (int f = 0; f < struct.fields().length; f++) {
            text.append(f > 0 ? ", " : "");
            append(text, struct.fields()[f], row, ((StructType) type).fields().get(f).type());
        }
        text.append('}');
    }
}
