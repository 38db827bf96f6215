package io.troupe.columnar.source.filter;

import io.troupe.columnar.vector.BooleanVector;
import io.troupe.columnar.vector.BytesVector;
import io.troupe.columnar.vector.Decimal128Vector;
import io.troupe.columnar.vector.DictionaryVector;
import io.troupe.columnar.vector.DoubleVector;
import io.troupe.columnar.vector.FloatVector;
import io.troupe.columnar.vector.IntVector;
import io.troupe.columnar.vector.LongVector;
import io.troupe.columnar.vector.NullVector;
import io.troupe.columnar.vector.Vector;
import io.troupe.planner.type.DataType;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;

/// Columns of one value: those that come from the names of partition folders.
public final class ConstantColumn {
    private ConstantColumn() {}

    /// `rows` times the value (engine literal form) of an atomic type.
    public static Vector of(Object value, DataType type, int rows) {
        return new DictionaryVector(new int[rows], single(value, type), rows, null, true);
    }

    private static Vector single(Object value, DataType type) {
        long[] validity = value == null ? new long[1] : null;
        return switch (type.storage()) {
            case NULL -> new NullVector(1);
            case BOOLEAN ->
                    new BooleanVector(
                            new byte[] {(byte) (Boolean.TRUE.equals(value) ? 1 : 0)}, 1, validity);
            case INT ->
                    new IntVector(
                            new int[] {value == null ? 0 : ((Number) value).intValue()},
                            1,
                            validity);
            case LONG ->
                    new LongVector(new long[] {value == null ? 0 : asLong(value)}, 1, validity);
            case FLOAT ->
                    new FloatVector(
                            new float[] {value == null ? 0 : ((Number) value).floatValue()},
                            1,
                            validity);
            case DOUBLE ->
                    new DoubleVector(
                            new double[] {value == null ? 0 : ((Number) value).doubleValue()},
                            1,
                            validity);
            case DECIMAL128 ->
                    wide(
                            value == null ? BigInteger.ZERO : ((BigDecimal) value).unscaledValue(),
                            validity);
            case BYTES -> bytes(value == null ? new byte[0] : asBytes(value), validity);
            case INTERVAL, ARRAY, MAP, STRUCT ->
                    throw new IllegalArgumentException(
                            "no partition column is of type " + type.simpleString());
        };
    }

    private static long asLong(Object value) {
        return value instanceof BigDecimal decimal
                ? decimal.unscaledValue().longValueExact()
                : ((Number) value).longValue();
    }

    private static byte[] asBytes(Object value) {
        return value instanceof byte[] data
                ? data
                : ((String) value).getBytes(StandardCharsets.UTF_8);
    }

    private static Vector wide(BigInteger value, long[] validity) {
        return new Decimal128Vector(
                new long[] {value.shiftRight(64).longValue()},
                new long[] {value.longValue()},
                1,
                validity);
    }

    private static Vector bytes(byte[] data, long[] validity) {
        return new BytesVector(data, new int[] {0, data.length}, 1, validity);
    }
}
