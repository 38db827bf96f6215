package io.troupe.columnar.sink.parquet;

import io.troupe.columnar.vector.DoubleVector;
import io.troupe.columnar.vector.FloatVector;
import io.troupe.columnar.vector.IntVector;
import io.troupe.columnar.vector.LongVector;
import io.troupe.columnar.vector.Vector;
import java.util.Arrays;

/// INT32, INT64, FLOAT and DOUBLE, held as 64 raw bits.
final class NumberSink extends ValueSink {
    enum Form {
        INT32,
        INT64,
        FLOAT,
        DOUBLE,
        /// Milliseconds in an INT64, from microseconds.
        MILLIS,
        /// Microseconds in an INT64, from nanoseconds.
        TIME
    }

    private final Form form;
    private long[] entries = new long[64];
    private int[] slots = new int[128];
    private long lowest;
    private long highest;
    private boolean bounded;
    private boolean sawNaN;

    NumberSink(Form form) {
        this.form = form;
    }

    private long bits(Vector vector, int row) {
        return switch (vector) {
            case IntVector ints -> ints.values()[row];
            case LongVector longs -> longBits(longs.values()[row]);
            case FloatVector floats -> Float.floatToRawIntBits(floats.values()[row]);
            case DoubleVector doubles -> Double.doubleToRawLongBits(doubles.values()[row]);
            default ->
                    throw new IllegalArgumentException(
                            "numbers in a " + vector.getClass().getSimpleName());
        };
    }

    private long longBits(long value) {
        return switch (form) {
            case MILLIS, TIME -> Math.floorDiv(value, 1000L);
            default -> value;
        };
    }

    private void put(long bits, ByteSink out) {
        if (form == Form.INT32 || form == Form.FLOAT) {
            out.putInt((int) bits);
        } else {
            out.putLong(bits);
        }
    }

    @Override
    void plain(Vector vector, int row, ByteSink out) {
        put(bits(vector, row), out);
    }

    @Override
    void plainOfCode(int code, ByteSink out) {
        put(entries[code], out);
    }

    @Override
    int code(Vector vector, int row) {
        long bits = bits(vector, row);
        int mask = slots.length - 1;
        int slot = (int) ((bits * 0x9E3779B97F4A7C15L) >>> 32) & mask;
        while (slots[slot] != 0) {
            int code = slots[slot] - 1;
            if (entries[code] == bits) {
                return code;
            }
            slot = slot + 1 & mask;
        }
        int code = dictionarySize++;
        entries = code >= entries.length ? Arrays.copyOf(entries, 2 * entries.length) : entries;
        entries[code] = bits;
        slots[slot] = code + 1;
        put(bits, dictionary);
        bound(bits);
        if (2 * dictionarySize > slots.length) {
            rehash();
        }
        return code;
    }

    private void rehash() {
        slots = new int[2 * slots.length];
        int mask = slots.length - 1;
        for (int code = 0; code < dictionarySize; code++) {
            int slot = (int) ((entries[code] * 0x9E3779B97F4A7C15L) >>> 32) & mask;
            while (slots[slot] != 0) {
                slot = slot + 1 & mask;
            }
            slots[slot] = code + 1;
        }
    }

    @Override
    void bound(Vector vector, int row) {
        bound(bits(vector, row));
    }

    private void bound(long bits) {
        if (isNaN(bits)) {
            sawNaN = true;
        } else if (!bounded) {
            lowest = bits;
            highest = bits;
            bounded = true;
        } else {
            lowest = less(bits, lowest) ? bits : lowest;
            highest = less(highest, bits) ? bits : highest;
        }
    }

    private boolean isNaN(long bits) {
        return switch (form) {
            case FLOAT -> Float.isNaN(Float.intBitsToFloat((int) bits));
            case DOUBLE -> Double.isNaN(Double.longBitsToDouble(bits));
            default -> false;
        };
    }

    private boolean less(long a, long b) {
        return switch (form) {
            case FLOAT -> Float.intBitsToFloat((int) a) < Float.intBitsToFloat((int) b);
            case DOUBLE -> Double.longBitsToDouble(a) < Double.longBitsToDouble(b);
            default -> a < b;
        };
    }

    @Override
    void reset() {
        dictionary.clear();
        dictionarySize = 0;
        Arrays.fill(slots, 0);
        bounded = false;
        sawNaN = false;
    }

    @Override
    byte[] minimum() {
        return limit(lowest, true);
    }

    @Override
    byte[] maximum() {
        return limit(highest, false);
    }

    /// A NaN makes bounds unusable to readers that order it; zeros are written so that both signs
    /// lie within.
    private byte[] limit(long bits, boolean low) {
        if (!bounded || sawNaN) {
            return null;
        }
        long value = bits;
        if (form == Form.DOUBLE && Double.longBitsToDouble(bits) == 0) {
            value = Double.doubleToRawLongBits(low ? -0.0 : 0.0);
        } else if (form == Form.FLOAT && Float.intBitsToFloat((int) bits) == 0) {
            value = Float.floatToRawIntBits(low ? -0.0f : 0.0f);
        }
        ByteSink out = new ByteSink();
        put(value, out);
        return Arrays.copyOf(out.data(), out.size());
    }
}
