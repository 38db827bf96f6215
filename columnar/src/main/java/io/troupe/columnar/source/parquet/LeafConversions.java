package io.troupe.columnar.source.parquet;

import io.troupe.columnar.source.listing.FileErrors;
import io.troupe.columnar.vector.BytesVector;
import io.troupe.columnar.vector.Decimal128Vector;
import io.troupe.columnar.vector.DoubleVector;
import io.troupe.columnar.vector.FloatVector;
import io.troupe.columnar.vector.IntVector;
import io.troupe.columnar.vector.LongVector;
import io.troupe.columnar.vector.Vector;
import io.troupe.planner.type.AtomicType;
import io.troupe.planner.type.DataType;
import io.troupe.planner.type.DecimalType;
import io.troupe.planner.type.StringType;
import io.troupe.planner.type.TimeType;
import java.util.function.UnaryOperator;
import org.apache.parquet.format.Type;

/// From the vector of a physical type to the vector of the Spark type that a query wants: first by
/// the column's annotation, then by the widenings that Spark allows. Applied once per dictionary,
/// or per batch.
final class LeafConversions {
    private static final long NANOS_PER_SECOND = 1_000_000_000L;
    private static final long MICROS_PER_DAY = 86_400_000_000L;

    private LeafConversions() {}

    static UnaryOperator<Vector> of(String path, ParquetNode leaf, DataType wanted) {
        DataType stored =
                ParquetSchema.sparkType(leaf) instanceof io.troupe.planner.type.ArrayType list
                                && leaf.isRepeated()
                        ? list.element()
                        : ParquetSchema.sparkType(leaf);
        UnaryOperator<Vector> annotate = annotation(leaf, stored);
        UnaryOperator<Vector> widen = widening(stored, wanted);
        if (widen == null) {
            throw FileErrors.columnMismatch(
                    path, leaf.name(), wanted.simpleString(), leaf.physicalName());
        }
        return vector -> widen.apply(annotate.apply(vector));
    }

    private static UnaryOperator<Vector> annotation(ParquetNode leaf, DataType stored) {
        Type physical = leaf.element().getType();
        return switch (physical) {
            case INT32 -> int32(leaf, stored);
            case INT64 -> int64(leaf, stored);
            case BYTE_ARRAY, FIXED_LEN_BYTE_ARRAY -> bytes(leaf, stored);
            default -> UnaryOperator.identity();
        };
    }

    private static UnaryOperator<Vector> int32(ParquetNode leaf, DataType stored) {
        if (stored == AtomicType.LONG) {
            return vector -> longs((IntVector) vector, 0xffffffffL, 1);
        }
        if (stored instanceof DecimalType) {
            return vector -> widened(longs((IntVector) vector, -1L, 1), stored);
        }
        if (stored instanceof TimeType) {
            long factor = NANOS_PER_SECOND / ParquetSchema.unitsPerSecond(leaf);
            return vector -> longs((IntVector) vector, -1L, factor);
        }
        return UnaryOperator.identity();
    }

    private static UnaryOperator<Vector> int64(ParquetNode leaf, DataType stored) {
        if (stored instanceof DecimalType && ParquetSchema.isUnsigned(leaf)) {
            return vector ->
                    new Decimal128Vector(
                            new long[vector.length()],
                            ((LongVector) vector).values(),
                            vector.length(),
                            vector.validity());
        }
        if (stored instanceof DecimalType) {
            return vector -> widened((LongVector) vector, stored);
        }
        if (ParquetSchema.isTimestamp(leaf)) {
            long units = ParquetSchema.unitsPerSecond(leaf);
            return units == 1_000_000
                    ? UnaryOperator.identity()
                    : vector -> micros((LongVector) vector, units);
        }
        if (stored instanceof TimeType) {
            return vector ->
                    scaled(
                            (LongVector) vector,
                            NANOS_PER_SECOND / ParquetSchema.unitsPerSecond(leaf));
        }
        return UnaryOperator.identity();
    }

    private static UnaryOperator<Vector> bytes(ParquetNode leaf, DataType stored) {
        if (stored instanceof DecimalType decimal) {
            boolean wide = decimal.precision() > DecimalType.MAX_LONG_PRECISION;
            return vector ->
                    wide ? wideDecimals((BytesVector) vector) : shortDecimals((BytesVector) vector);
        }
        return ParquetSchema.isFloat16(leaf)
                ? vector -> halves((BytesVector) vector)
                : UnaryOperator.identity();
    }

    private static Vector widened(LongVector vector, DataType stored) {
        return ((DecimalType) stored).precision() > DecimalType.MAX_LONG_PRECISION
                ? signExtended(vector)
                : vector;
    }

    /// The widening from one Spark type to another, null when Spark refuses it.
    static UnaryOperator<Vector> widening(DataType from, DataType to) {
        if (from.equals(to) || from instanceof StringType && to instanceof StringType) {
            return UnaryOperator.identity();
        }
        if (to instanceof DecimalType target) {
            return toDecimal(from, target);
        }
        if (isText(from) && isText(to)
                || isTimestamp(from) && isTimestamp(to)
                || from instanceof TimeType && to instanceof TimeType) {
            return UnaryOperator.identity();
        }
        if (from.isIntegral() && from != AtomicType.LONG) {
            return fromInt(to);
        }
        if (from == AtomicType.FLOAT && to == AtomicType.DOUBLE) {
            return vector -> doubles((FloatVector) vector);
        }
        if (from == AtomicType.DATE && to == AtomicType.TIMESTAMP_NTZ) {
            return vector -> longs((IntVector) vector, -1L, MICROS_PER_DAY);
        }
        return null;
    }

    private static boolean isText(DataType type) {
        return type instanceof StringType || type == AtomicType.BINARY;
    }

    private static boolean isTimestamp(DataType type) {
        return type == AtomicType.TIMESTAMP || type == AtomicType.TIMESTAMP_NTZ;
    }

    private static UnaryOperator<Vector> fromInt(DataType to) {
        if (to == AtomicType.INTEGER) {
            return UnaryOperator.identity();
        }
        if (to == AtomicType.LONG) {
            return vector -> longs((IntVector) vector, -1L, 1);
        }
        if (to == AtomicType.DOUBLE) {
            return vector -> doubles((IntVector) vector);
        }
        if (to == AtomicType.BYTE || to == AtomicType.SHORT) {
            return vector -> narrowed((IntVector) vector, to == AtomicType.BYTE);
        }
        return null;
    }

    private static UnaryOperator<Vector> toDecimal(DataType from, DecimalType to) {
        int integerDigits = from == AtomicType.LONG ? 20 : from.isIntegral() ? 10 : -1;
        int scale = 0;
        if (from instanceof DecimalType decimal) {
            integerDigits = decimal.precision() - decimal.scale();
            scale = decimal.scale();
        }
        if (integerDigits < 0
                || to.scale() < scale
                || to.precision() - to.scale() < integerDigits) {
            return null;
        }
        int shift = to.scale() - scale;
        boolean wide = to.precision() > DecimalType.MAX_LONG_PRECISION;
        return vector -> {
            Vector longs = vector instanceof IntVector ints ? longs(ints, -1L, 1) : vector;
            if (longs instanceof LongVector small && !wide) {
                return scaled(small, Math.powExact(10L, shift));
            }
            Decimal128Vector big =
                    longs instanceof LongVector small
                            ? signExtended(small)
                            : (Decimal128Vector) longs;
            return shift == 0 ? big : multiplied(big, shift);
        };
    }

    private static LongVector longs(IntVector vector, long mask, long factor) {
        long[] out = new long[vector.length()];
        int[] in = vector.values();
        for (int i = 0; i < out.length; i++) {
            out[i] = (in[i] & mask) * factor;
        }
        return new LongVector(out, out.length, vector.validity());
    }

    private static Vector scaled(LongVector vector, long factor) {
        if (factor == 1) {
            return vector;
        }
        long[] out = new long[vector.length()];
        long[] in = vector.values();
        for (int i = 0; i < out.length; i++) {
            out[i] = in[i] * factor;
        }
        return new LongVector(out, out.length, vector.validity());
    }

    private static Vector micros(LongVector vector, long units) {
        long[] out = new long[vector.length()];
        long[] in = vector.values();
        for (int i = 0; i < out.length; i++) {
            out[i] = units == 1_000 ? in[i] * 1_000 : Math.floorDiv(in[i], 1_000L);
        }
        return new LongVector(out, out.length, vector.validity());
    }

    private static Vector doubles(IntVector vector) {
        double[] out = new double[vector.length()];
        for (int i = 0; i < out.length; i++) {
            out[i] = vector.values()[i];
        }
        return new DoubleVector(out, out.length, vector.validity());
    }

    private static Vector doubles(FloatVector vector) {
        double[] out = new double[vector.length()];
        for (int i = 0; i < out.length; i++) {
            out[i] = vector.values()[i];
        }
        return new DoubleVector(out, out.length, vector.validity());
    }

    private static Vector narrowed(IntVector vector, boolean toByte) {
        int[] out = new int[vector.length()];
        for (int i = 0; i < out.length; i++) {
            out[i] = toByte ? (byte) vector.values()[i] : (short) vector.values()[i];
        }
        return new IntVector(out, out.length, vector.validity());
    }

    private static Decimal128Vector signExtended(LongVector vector) {
        long[] high = new long[vector.length()];
        for (int i = 0; i < high.length; i++) {
            high[i] = vector.values()[i] >> 63;
        }
        return new Decimal128Vector(high, vector.values(), high.length, vector.validity());
    }

    private static Vector multiplied(Decimal128Vector vector, int tens) {
        long[] high = new long[vector.length()];
        long[] low = new long[vector.length()];
        for (int i = 0; i < high.length; i++) {
            long h = vector.high()[i];
            long l = vector.low()[i];
            for (int k = 0; k < tens; k++) {
                h = h * 10 + Math.unsignedMultiplyHigh(l, 10);
                l *= 10;
            }
            high[i] = h;
            low[i] = l;
        }
        return new Decimal128Vector(high, low, high.length, vector.validity());
    }

    /// Big-endian two's complement of any length.
    private static Vector shortDecimals(BytesVector vector) {
        long[] out = new long[vector.length()];
        for (int i = 0; i < out.length; i++) {
            int from = vector.offsets()[i];
            int to = vector.offsets()[i + 1];
            long value = from < to ? vector.data()[from] >> 7 : 0;
            for (int k = from; k < to; k++) {
                value = value << 8 | vector.data()[k] & 0xff;
            }
            out[i] = value;
        }
        return new LongVector(out, out.length, vector.validity());
    }

    private static Vector wideDecimals(BytesVector vector) {
        long[] high = new long[vector.length()];
        long[] low = new long[vector.length()];
        for (int i = 0; i < high.length; i++) {
            int from = vector.offsets()[i];
            int to = vector.offsets()[i + 1];
            long h = from < to ? vector.data()[from] >> 7 : 0;
            long l = h;
            for (int k = from; k < to; k++) {
                h = h << 8 | l >>> 56;
                l = l << 8 | vector.data()[k] & 0xff;
            }
            high[i] = h;
            low[i] = l;
        }
        return new Decimal128Vector(high, low, high.length, vector.validity());
    }

    private static Vector halves(BytesVector vector) {
        float[] out = new float[vector.length()];
        for (int i = 0; i < out.length; i++) {
            int from = vector.offsets()[i];
            if (vector.offsets()[i + 1] - from == 2) {
                out[i] = Float.float16ToFloat((short) BitPacking.SHORT.get(vector.data(), from));
            }
        }
        return new FloatVector(out, out.length, vector.validity());
    }
}
