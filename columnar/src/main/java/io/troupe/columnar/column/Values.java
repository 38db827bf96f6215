package io.troupe.columnar.column;

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
import io.troupe.planner.type.DecimalType;
import io.troupe.planner.type.MapType;
import io.troupe.planner.type.StringType;
import io.troupe.planner.type.StructType;
import io.troupe.planner.type.UserDefinedType;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/// Single values in the engine's literal form ([DataType]). For cold paths: it boxes.
public final class Values {
    private Values() {}

    /// The value of a row, null for SQL NULL.
    public static Object get(Vector vector, int row, DataType type) {
        if (vector.isNull(row)) {
            return null;
        }
        return switch (vector) {
            case NullVector _ -> null;
            case DictionaryVector coded -> get(coded.dictionary(), coded.codes()[row], type);
            case BooleanVector booleans -> booleans.values()[row] != 0;
            case IntVector ints -> ofInt(ints.values()[row], type);
            case LongVector longs ->
                    type instanceof DecimalType decimal
                            ? (Object) BigDecimal.valueOf(longs.values()[row], decimal.scale())
                            : (Object) longs.values()[row];
            case FloatVector floats -> floats.values()[row];
            case DoubleVector doubles -> doubles.values()[row];
            case Decimal128Vector wide ->
                    new BigDecimal(
                            unscaled(wide.high()[row], wide.low()[row]),
                            ((DecimalType) type).scale());
            case BytesVector bytes -> ofBytes(bytes, row, type);
            case IntervalVector intervals ->
                    new CalendarInterval(
                            intervals.months()[row],
                            intervals.days()[row],
                            intervals.microseconds()[row]);
            case ListVector lists -> list(lists, row, ((ArrayType) plain(type)).element());
            case MapVector maps -> map(maps, row, (MapType) plain(type));
            case StructVector structs -> struct(structs, row, (StructType) plain(type));
        };
    }

    public static BigInteger unscaled(long high, long low) {
        BigInteger upper = BigInteger.valueOf(high).shiftLeft(64);
        BigInteger lower = BigInteger.valueOf(low);
        return upper.add(low < 0 ? lower.add(BigInteger.ONE.shiftLeft(64)) : lower);
    }

    private static DataType plain(DataType type) {
        return type instanceof UserDefinedType udt ? plain(udt.sqlType()) : type;
    }

    private static Object ofInt(int value, DataType type) {
        return switch (type) {
            case AtomicType.BYTE -> (byte) value;
            case AtomicType.SHORT -> (short) value;
            default -> value;
        };
    }

    private static Object ofBytes(BytesVector bytes, int row, DataType type) {
        int from = bytes.offsets()[row];
        int to = bytes.offsets()[row + 1];
        return plain(type) instanceof StringType || type == AtomicType.VARIANT
                ? new String(bytes.data(), from, to - from, StandardCharsets.UTF_8)
                : Arrays.copyOfRange(bytes.data(), from, to);
    }

    private static List<Object> list(ListVector lists, int row, DataType element) {
        List<Object> values = new ArrayList<>();
        for (int i = lists.offsets()[row]; i < lists.offsets()[row + 1]; i++) {
            values.add(get(lists.elements(), i, element));
        }
        return values;
    }

    private static List<Map.Entry<Object, Object>> map(MapVector maps, int row, MapType type) {
        List<Map.Entry<Object, Object>> entries = new ArrayList<>();
        for (int i = maps.offsets()[row]; i < maps.offsets()[row + 1]; i++) {
            entries.add(
                    new java.util.AbstractMap.SimpleImmutableEntry<>(
                            get(maps.keys(), i, type.key()), get(maps.values(), i, type.value())));
        }
        return entries;
    }

    private static List<Object> struct(StructVector structs, int row, StructType type) {
        List<Object> values = new ArrayList<>(structs.fields().length);
        for (int f = 0; f < structs.fields().length; f++) {
            values.add(get(structs.fields()[f], row, type.fields().get(f).type()));
        }
        return values;
    }
}
