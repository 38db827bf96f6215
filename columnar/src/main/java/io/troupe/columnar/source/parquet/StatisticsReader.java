package io.troupe.columnar.source.parquet;

import io.troupe.columnar.source.filter.ColumnRange;
import io.troupe.planner.type.AtomicType;
import io.troupe.planner.type.DataType;
import io.troupe.planner.type.DecimalType;
import io.troupe.planner.type.StringType;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import org.apache.parquet.format.ColumnMetaData;
import org.apache.parquet.format.Statistics;
import org.apache.parquet.format.Type;

/// Bounds of a column chunk or page in engine literal form. Gives nothing rather than something
/// doubtful: statistics in the deprecated fields of anything but signed numbers, NaN bounds,
/// lengths that do not fit the type, types without a defined order.
final class StatisticsReader {
    private StatisticsReader() {}

    static ColumnRange range(ParquetNode leaf, ColumnMetaData chunk, DataType wanted) {
        long rows = chunk.getNum_values();
        Statistics statistics = chunk.getStatistics();
        if (statistics == null) {
            return ColumnRange.unknown(rows);
        }
        long nulls = statistics.isSetNull_count() ? statistics.getNull_count() : -1;
        if (leaf.definition() == 0) {
            nulls = 0;
        }
        byte[] low = statistics.getMin_value();
        byte[] high = statistics.getMax_value();
        if (low == null && high == null && isSignedNumber(leaf)) {
            low = statistics.getMin();
            high = statistics.getMax();
        }
        return range(leaf, wanted, low, high, nulls, rows);
    }

    static ColumnRange range(
            ParquetNode leaf, DataType wanted, byte[] low, byte[] high, long nulls, long rows) {
        DataType stored = ParquetSchema.sparkType(leaf);
        if (low == null || high == null || !comparable(stored, wanted)) {
            return new ColumnRange(null, null, nulls, rows);
        }
        Object minimum = value(leaf, stored, low);
        Object maximum = value(leaf, stored, high);
        if (minimum == null || maximum == null) {
            return new ColumnRange(null, null, nulls, rows);
        }
        return new ColumnRange(lowered(minimum), raised(maximum), nulls, rows);
    }

    private static boolean comparable(DataType stored, DataType wanted) {
        return stored.equals(wanted)
                || stored instanceof StringType && wanted instanceof StringType;
    }

    private static boolean isSignedNumber(ParquetNode leaf) {
        Type type = leaf.element().getType();
        return type != Type.BYTE_ARRAY
                && type != Type.FIXED_LEN_BYTE_ARRAY
                && type != Type.INT96
                && !ParquetSchema.isUnsigned(leaf);
    }

    /// Writers may put either zero: the bounds take in both.
    private static Object lowered(Object value) {
        return value instanceof Double d && d == 0
                ? (Object) (-0.0d)
                : value instanceof Float f && f == 0 ? (Object) (-0.0f) : value;
    }

    private static Object raised(Object value) {
        return value instanceof Double d && d == 0
                ? (Object) 0.0d
                : value instanceof Float f && f == 0 ? (Object) 0.0f : value;
    }

    /// The bound, or null when it is not usable.
    private static Object value(ParquetNode leaf, DataType stored, byte[] raw) {
        ByteBuffer data = ByteBuffer.wrap(raw).order(ByteOrder.LITTLE_ENDIAN);
        return switch (leaf.element().getType()) {
            case BOOLEAN -> raw.length == 1 ? (Object) (raw[0] != 0) : null;
            case INT32 -> raw.length == 4 ? integer(stored, data.getInt()) : null;
            case INT64 -> raw.length == 8 ? longValue(leaf, stored, data.getLong()) : null;
            case FLOAT ->
                    raw.length == 4 && !Float.isNaN(data.getFloat(0))
                            ? (Object) data.getFloat(0)
                            : null;
            case DOUBLE ->
                    raw.length == 8 && !Double.isNaN(data.getDouble(0))
                            ? (Object) data.getDouble(0)
                            : null;
            case BYTE_ARRAY -> binary(stored, raw);
            case FIXED_LEN_BYTE_ARRAY ->
                    stored instanceof DecimalType decimal && raw.length > 0
                            ? new BigDecimal(new BigInteger(raw), decimal.scale())
                            : null;
            case INT96 -> null;
        };
    }

    private static Object integer(DataType stored, int value) {
        if (stored instanceof DecimalType decimal) {
            return BigDecimal.valueOf(value, decimal.scale());
        }
        if (stored == AtomicType.LONG) {
            return value & 0xffffffffL;
        }
        return stored == AtomicType.INTEGER
                        || stored == AtomicType.DATE
                        || stored == AtomicType.SHORT
                        || stored == AtomicType.BYTE
                ? (Object) value
                : null;
    }

    private static Object longValue(ParquetNode leaf, DataType stored, long value) {
        if (stored instanceof DecimalType decimal) {
            return ParquetSchema.isUnsigned(leaf)
                    ? null
                    : BigDecimal.valueOf(value, decimal.scale());
        }
        if (ParquetSchema.isTimestamp(leaf)) {
            long units = ParquetSchema.unitsPerSecond(leaf);
            return units == 1_000
                    ? (Object) Math.multiplyExact(value, 1_000L)
                    : units == 1_000_000 ? (Object) value : (Object) Math.floorDiv(value, 1_000L);
        }
        return stored == AtomicType.LONG ? (Object) value : null;
    }

    /// Text bounds stay bytes: they may be cut inside a character.
    private static Object binary(DataType stored, byte[] raw) {
        if (stored instanceof DecimalType decimal) {
            return raw.length == 0 ? null : new BigDecimal(new BigInteger(raw), decimal.scale());
        }
        return raw;
    }

    /// A text bound as text, for people and estimates.
    static Object printable(Object bound, DataType type) {
        return bound instanceof byte[] raw && type instanceof StringType
                ? new String(raw, StandardCharsets.UTF_8)
                : bound;
    }
}
