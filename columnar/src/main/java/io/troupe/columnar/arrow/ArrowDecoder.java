package io.troupe.columnar.arrow;

import io.troupe.columnar.arrow.ArrowArray.Slice;
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
import io.troupe.columnar.vector.NullVectors;
import io.troupe.columnar.vector.StructVector;
import io.troupe.columnar.vector.Vector;
import io.troupe.planner.type.DecimalType;
import java.nio.ByteBuffer;

/// Turns stretches of Arrow arrays into vectors.
final class ArrowDecoder {
    private static final long MILLIS_PER_DAY = 86_400_000L;
    private static final long MICROS_PER_DAY = 86_400_000_000L;

    private ArrowDecoder() {}

    /// The rows `from .. from + count` of the array.
    static Vector decode(ArrowArray array, int from, int count) {
        if (from < 0 || count < 0 || (long) from + count > array.length()) {
            throw new ArrowFormatException(
                    "rows " + from + " to " + (from + count) + " of an array of " + array.length());
        }
        if (array.field().dictionary() >= 0) {
            return coded(array, from, count);
        }
        long[] validity = validity(array, from, count);
        ArrowField.Layout layout = array.field().layout();
        return switch (layout.kind()) {
            case NULL -> new NullVector(count);
            case BOOLEAN -> booleans(array, from, count, validity);
            case INT -> ints(array, from, count, validity);
            case UNSIGNED_INT -> unsigned(array, from, count, validity);
            case LONG_FROM_INT, LONG -> longs(array, from, count, validity);
            case UNSIGNED_LONG ->
                    new Decimal128Vector(
                            new long[count],
                            rawLongs(array.buffer(1), from, count),
                            count,
                            validity);
            case HALF, FLOAT -> floats(array, from, count, validity);
            case DOUBLE -> {
                double[] values = new double[count];
                array.buffer(1).values(from, count, 8).asDoubleBuffer().get(values);
                yield new DoubleVector(values, count, validity);
            }
            case DECIMAL -> decimals(array, from, count, validity);
            case DATE_MILLIS -> {
                long[] millis = rawLongs(array.buffer(1), from, count);
                int[] days = new int[count];
                for (int i = 0; i < count; i++) {
                    days[i] = (int) Math.floorDiv(millis[i], MILLIS_PER_DAY);
                }
                yield new IntVector(days, count, validity);
            }
            case BYTES -> bytes(array, from, count, validity);
            case FIXED_BYTES -> fixedBytes(array, from, count, validity);
            case MONTH_DAY_NANO -> intervals(array, from, count, validity);
            case DAY_TIME -> dayTimes(array, from, count, validity);
            case LIST, MAP -> lists(array, from, count, validity);
            case FIXED_LIST -> fixedLists(array, from, count, validity);
            case STRUCT -> {
                Vector[] fields = new Vector[array.children().size()];
                for (int i = 0; i < fields.length; i++) {
                    fields[i] = decode(array.children().get(i), from, count);
                }
                yield new StructVector(fields, count, validity);
            }
        };
    }

    private static long[] validity(ArrowArray array, int from, int count) {
        if (!array.nulls() || array.buffers().isEmpty() || array.buffer(0).length() == 0) {
            return null;
        }
        Slice bits = array.buffer(0);
        bits.checkBits((long) from + count);
        long[] words = new long[count + 63 >> 6];
        if ((from & 7) == 0) {
            int start = bits.offset() + (from >> 3);
            for (int i = 0; i < count + 7 >> 3; i++) {
                words[i >> 3] |= (bits.data()[start + i] & 0xffL) << 8 * (i & 7);
            }
            if ((count & 63) != 0) {
                words[words.length - 1] &= (1L << (count & 63)) - 1;
            }
        } else {
            for (int i = 0; i < count; i++) {
                words[i >> 6] |= bits.bit((long) from + i) ? 1L << i : 0;
            }
        }
        return words;
    }

    private static Vector coded(ArrowArray array, int from, int count) {
        long[] validity = validity(array, from, count);
        int bits = array.field().indexBits();
        ByteBuffer data = array.buffer(1).values(from, count, bits / 8);
        boolean signed = array.field().indexSigned();
        int size = array.dictionary().length();
        if (size == 0) {
            return NullVectors.of(array.field().type(), count);
        }
        int[] codes = new int[count];
        for (int i = 0; i < count; i++) {
            long code =
                    switch (bits) {
                        case 8 -> signed ? data.get(i) : data.get(i) & 0xff;
                        case 16 -> signed ? data.getShort(2 * i) : data.getShort(2 * i) & 0xffff;
                        case 32 -> signed ? data.getInt(4 * i) : data.getInt(4 * i) & 0xffffffffL;
                        default -> data.getLong(8 * i);
                    };
            boolean present = validity == null || (validity[i >> 6] >>> i & 1L) != 0;
            if (present && (code < 0 || code >= size)) {
                throw new ArrowFormatException(
                        "column "
                                + array.field().name()
                                + " has code "
                                + code
                                + " of "
                                + size
                                + " dictionary entries");
            }
            codes[i] = present ? (int) code : 0;
        }
        return new DictionaryVector(codes, array.dictionary(), count, validity, false);
    }

    private static Vector booleans(ArrowArray array, int from, int count, long[] validity) {
        Slice bits = array.buffer(1);
        bits.checkBits((long) from + count);
        byte[] values = new byte[count];
        for (int i = 0; i < count; i++) {
            values[i] = (byte) (bits.bit((long) from + i) ? 1 : 0);
        }
        return new BooleanVector(values, count, validity);
    }

    private static Vector ints(ArrowArray array, int from, int count, long[] validity) {
        int width = array.field().layout().width();
        ByteBuffer data = array.buffer(1).values(from, count, width);
        int[] values = new int[count];
        switch (width) {
            case 4 -> data.asIntBuffer().get(values);
            case 2 -> {
                for (int i = 0; i < count; i++) {
                    values[i] = data.getShort(2 * i);
                }
            }
            default -> {
                for (int i = 0; i < count; i++) {
                    values[i] = data.get(i);
                }
            }
        }
        return new IntVector(values, count, validity);
    }

    private static Vector unsigned(ArrowArray array, int from, int count, long[] validity) {
        int width = array.field().layout().width();
        ByteBuffer data = array.buffer(1).values(from, count, width);
        if (width == 4) {
            long[] values = new long[count];
            for (int i = 0; i < count; i++) {
                values[i] = data.getInt(4 * i) & 0xffffffffL;
            }
            return new LongVector(values, count, validity);
        }
        int[] values = new int[count];
        for (int i = 0; i < count; i++) {
            values[i] = width == 2 ? data.getShort(2 * i) & 0xffff : data.get(i) & 0xff;
        }
        return new IntVector(values, count, validity);
    }

    private static long[] rawLongs(Slice buffer, int from, int count) {
        long[] values = new long[count];
        buffer.values(from, count, 8).asLongBuffer().get(values);
        return values;
    }

    private static Vector longs(ArrowArray array, int from, int count, long[] validity) {
        ArrowField.Layout layout = array.field().layout();
        long[] values;
        if (layout.width() == 4) {
            values = new long[count];
            ByteBuffer data = array.buffer(1).values(from, count, 4);
            for (int i = 0; i < count; i++) {
                values[i] = data.getInt(4 * i);
            }
        } else {
            values = rawLongs(array.buffer(1), from, count);
        }
        long factor = layout.factor();
        if (factor != 1) {
            for (int i = 0; i < count; i++) {
                boolean present = validity == null || (validity[i >> 6] >>> i & 1L) != 0;
                values[i] =
                        !present
                                ? 0
                                : factor > 0
                                        ? Math.multiplyExact(values[i], factor)
                                        : Math.floorDiv(values[i], -factor);
            }
        }
        return new LongVector(values, count, validity);
    }

    private static Vector floats(ArrowArray array, int from, int count, long[] validity) {
        float[] values = new float[count];
        if (array.field().layout().width() == 2) {
            ByteBuffer data = array.buffer(1).values(from, count, 2);
            for (int i = 0; i < count; i++) {
                values[i] = Float.float16ToFloat(data.getShort(2 * i));
            }
        } else {
            array.buffer(1).values(from, count, 4).asFloatBuffer().get(values);
        }
        return new FloatVector(values, count, validity);
    }

    private static Vector decimals(ArrowArray array, int from, int count, long[] validity) {
        int width = array.field().layout().width();
        boolean wide =
                ((DecimalType) array.field().type()).precision() > DecimalType.MAX_LONG_PRECISION;
        ByteBuffer data = array.buffer(1).values(from, count, width);
        long[] low = new long[count];
        long[] high = wide ? new long[count] : null;
        for (int i = 0; i < count; i++) {
            low[i] = width == 4 ? data.getInt(4 * i) : data.getLong(width * i);
            if (wide) {
                high[i] = width >= 16 ? data.getLong(width * i + 8) : low[i] >> 63;
            }
        }
        return wide
                ? new Decimal128Vector(high, low, count, validity)
                : new LongVector(low, count, validity);
    }

    /// The offsets of rows `from ..`, checked to ascend within `limit`; made to begin at 0.
    private static int[] offsets(ArrowArray array, int from, int count, long limit) {
        int[] offsets = new int[count + 1];
        if (array.length() == 0 && array.buffer(1).length() == 0) {
            return offsets;
        }
        boolean large = array.field().layout().width() == 8;
        ByteBuffer data = array.buffer(1).values(from, count + 1, large ? 8 : 4);
        long base = large ? data.getLong(0) : data.getInt(0);
        long previous = base;
        for (int i = 0; i <= count; i++) {
            long offset = large ? data.getLong(8 * i) : data.getInt(4 * i);
            if (offset < previous || offset > limit) {
                throw new ArrowFormatException(
                        "column "
                                + array.field().name()
                                + " has offset "
                                + offset
                                + " after "
                                + previous
                                + " of "
                                + limit);
            }
            previous = offset;
            if (offset - base > Integer.MAX_VALUE - 64) {
                throw new ArrowFormatException(
                        "column " + array.field().name() + " holds more than 2 GiB in a batch");
            }
            offsets[i] = (int) (offset - base);
        }
        return offsets;
    }

    private static long firstOffset(ArrowArray array, int from) {
        if (array.buffer(1).length() == 0) {
            return 0;
        }
        boolean large = array.field().layout().width() == 8;
        ByteBuffer data = array.buffer(1).values(from, 1, large ? 8 : 4);
        return large ? data.getLong(0) : data.getInt(0);
    }

    private static Vector bytes(ArrowArray array, int from, int count, long[] validity) {
        Slice values = array.buffer(2);
        long base = firstOffset(array, from);
        if (base < 0) {
            throw new ArrowFormatException(
                    "column " + array.field().name() + " has offset " + base);
        }
        int[] offsets = offsets(array, from, count, values.length());
        byte[] data = new byte[offsets[count]];
        System.arraycopy(values.data(), values.offset() + (int) base, data, 0, data.length);
        return new BytesVector(data, offsets, count, validity);
    }

    private static Vector fixedBytes(ArrowArray array, int from, int count, long[] validity) {
        int width = array.field().layout().width();
        byte[] data = new byte[Math.multiplyExact(count, width)];
        array.buffer(1).values(from, count, width).get(data);
        int[] offsets = new int[count + 1];
        for (int i = 0; i <= count; i++) {
            offsets[i] = i * width;
        }
        return new BytesVector(data, offsets, count, validity);
    }

    private static Vector intervals(ArrowArray array, int from, int count, long[] validity) {
        ByteBuffer data = array.buffer(1).values(from, count, 16);
        int[] months = new int[count];
        int[] days = new int[count];
        long[] micros = new long[count];
        for (int i = 0; i < count; i++) {
            months[i] = data.getInt(16 * i);
            days[i] = data.getInt(16 * i + 4);
            micros[i] = Math.floorDiv(data.getLong(16 * i + 8), 1000L);
        }
        return new IntervalVector(months, days, micros, count, validity);
    }

    private static Vector dayTimes(ArrowArray array, int from, int count, long[] validity) {
        ByteBuffer data = array.buffer(1).values(from, count, 8);
        long[] micros = new long[count];
        for (int i = 0; i < count; i++) {
            micros[i] = data.getInt(8 * i) * MICROS_PER_DAY + data.getInt(8 * i + 4) * 1000L;
        }
        return new LongVector(micros, count, validity);
    }

    private static Vector lists(ArrowArray array, int from, int count, long[] validity) {
        ArrowArray child = array.children().getFirst();
        long base = firstOffset(array, from);
        if (base < 0 || base > child.length()) {
            throw new ArrowFormatException(
                    "column "
                            + array.field().name()
                            + " has offset "
                            + base
                            + " of "
                            + child.length()
                            + " elements");
        }
        int[] offsets = offsets(array, from, count, child.length());
        if (array.field().layout().kind() == ArrowField.Kind.LIST) {
            return new ListVector(
                    offsets, decode(child, (int) base, offsets[count]), count, validity);
        }
        Vector keys = decode(child.children().get(0), (int) base, offsets[count]);
        Vector values = decode(child.children().get(1), (int) base, offsets[count]);
        return new MapVector(offsets, keys, values, count, validity);
    }

    private static Vector fixedLists(ArrowArray array, int from, int count, long[] validity) {
        int width = array.field().layout().width();
        int[] offsets = new int[count + 1];
        for (int i = 0; i <= count; i++) {
            offsets[i] = Math.multiplyExact(i, width);
        }
        Vector elements =
                decode(
                        array.children().getFirst(),
                        Math.multiplyExact(from, width),
                        offsets[count]);
        return new ListVector(offsets, elements, count, validity);
    }
}
