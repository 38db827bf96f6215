package io.troupe.columnar.source;

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
import io.troupe.planner.type.StructType;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/// Values of vectors in engine literal form, for comparing; byte arrays as lists of bytes.
public final class Cells {
    private Cells() {}

    public static Object at(Vector vector, DataType type, int row) {
        if (vector.isNull(row)) {
            return null;
        }
        return switch (vector) {
            case NullVector ignored -> null;
            case BooleanVector booleans -> booleans.values()[row] != 0;
            case IntVector ints -> ints.values()[row];
            case LongVector longs ->
                    type instanceof DecimalType decimal
                            ? (Object) BigDecimal.valueOf(longs.values()[row], decimal.scale())
                            : (Object) longs.values()[row];
            case FloatVector floats -> floats.values()[row];
            case DoubleVector doubles -> doubles.values()[row];
            case Decimal128Vector wide ->
                    new BigDecimal(unscaled(wide, row), ((DecimalType) type).scale());
            case BytesVector bytes -> bytes(bytes, type, row);
            case IntervalVector intervals ->
                    new CalendarInterval(
                            intervals.months()[row],
                            intervals.days()[row],
                            intervals.microseconds()[row]);
            case ListVector list -> {
                List<Object> elements = new ArrayList<>();
                for (int i = list.offsets()[row]; i < list.offsets()[row + 1]; i++) {
                    elements.add(at(list.elements(), ((ArrayType) type).element(), i));
                }
                yield elements;
            }
            case MapVector map -> {
                List<Object> entries = new ArrayList<>();
                for (int i = map.offsets()[row]; i < map.offsets()[row + 1]; i++) {
                    Object value = at(map.values(), ((MapType) type).value(), i);
                    entries.add(
                            new java.util.AbstractMap.SimpleEntry<>(
                                    at(map.keys(), ((MapType) type).key(), i), value));
                }
                yield entries;
            }
            case StructVector struct -> {
                List<Object> fields = new ArrayList<>();
                for (int i = 0; i < struct.fields().length; i++) {
                    fields.add(
                            at(
                                    struct.fields()[i],
                                    ((StructType) type).fields().get(i).type(),
                                    row));
                }
                yield fields;
            }
            case DictionaryVector coded -> at(coded.dictionary(), type, coded.codes()[row]);
        };
    }

    private static BigInteger unscaled(Decimal128Vector wide, int row) {
        BigInteger low = new BigInteger(Long.toUnsignedString(wide.low()[row]));
        return BigInteger.valueOf(wide.high()[row]).shiftLeft(64).add(low);
    }

    private static Object bytes(BytesVector bytes, DataType type, int row) {
        byte[] value =
                Arrays.copyOfRange(bytes.data(), bytes.offsets()[row], bytes.offsets()[row + 1]);
        if (type != AtomicType.BINARY) {
            return new String(value, StandardCharsets.UTF_8);
        }
        List<Object> list = new ArrayList<>();
        for (byte b : value) {
            list.add(b);
        }
        return list;
    }

    /// An entry as the maps of [#at] hold it.
    public static Map.Entry<Object, Object> entry(Object key, Object value) {
        return new java.util.AbstractMap.SimpleEntry<>(key, value);
    }
}
