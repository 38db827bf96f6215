package io.troupe.columnar.cast;

import io.troupe.columnar.column.Bitmap;
import io.troupe.columnar.kernel.Columns;
import io.troupe.columnar.kernel.Overflow;
import io.troupe.columnar.kernel.Rows;
import io.troupe.columnar.kernel.VectorKernel;
import io.troupe.columnar.vector.BooleanVector;
import io.troupe.columnar.vector.DoubleVector;
import io.troupe.columnar.vector.FloatVector;
import io.troupe.columnar.vector.IntVector;
import io.troupe.columnar.vector.LongVector;
import io.troupe.columnar.vector.Vector;
import io.troupe.planner.type.AtomicType;
import io.troupe.planner.type.DataType;

/// Casts among booleans, whole and floating numbers.
final class NumericCasts {
    private NumericCasts() {}

    static VectorKernel kernel(DataType from, DataType to, Overflow mode) {
        return (arguments, rows) -> {
            Vector source = Columns.flat(arguments[0]);
            if (to == AtomicType.BOOLEAN) {
                return toBoolean(source);
            }
            if (to == AtomicType.DOUBLE) {
                return new DoubleVector(doubles(source), source.length(), source.validity());
            }
            if (to == AtomicType.FLOAT) {
                return new FloatVector(floats(source), source.length(), source.validity());
            }
            if (source instanceof DoubleVector || source instanceof FloatVector) {
                return truncate(source, from, to, mode, rows);
            }
            long[] values = longs(source);
            if (to == AtomicType.LONG) {
                return new LongVector(values, source.length(), source.validity());
            }
            return narrow(values, source.validity(), from, to, mode, rows);
        };
    }

    static int bits(DataType type) {
        return type == AtomicType.BYTE
                ? 8
                : type == AtomicType.SHORT ? 16 : type == AtomicType.LONG ? 64 : 32;
    }

    static long[] longs(Vector source) {
        int n = source.length();
        long[] out = new long[n];
        switch (source) {
            case IntVector ints -> {
                int[] values = ints.values();
                for (int i = 0; i < n; i++) {
                    out[i] = values[i];
                }
            }
            case BooleanVector flags -> {
                byte[] values = flags.values();
                for (int i = 0; i < n; i++) {
                    out[i] = values[i];
                }
            }
            case LongVector longs -> {
                return longs.values();
            }
            default -> throw new IllegalArgumentException(source.getClass().getSimpleName());
        }
        return out;
    }

    static double[] doubles(Vector source) {
        int n = source.length();
        double[] out = new double[n];
        switch (source) {
            case IntVector ints -> {
                int[] values = ints.values();
                for (int i = 0; i < n; i++) {
                    out[i] = values[i];
                }
            }
            case LongVector longs -> {
                long[] values = longs.values();
                for (int i = 0; i < n; i++) {
                    out[i] = values[i];
                }
            }
            case FloatVector floats -> {
                float[] values = floats.values();
                for (int i = 0; i < n; i++) {
                    out[i] = values[i];
                }
            }
            case BooleanVector flags -> {
                byte[] values = flags.values();
                for (int i = 0; i < n; i++) {
                    out[i] = values[i];
                }
            }
            case DoubleVector same -> {
                return same.values();
            }
            default -> throw new IllegalArgumentException(source.getClass().getSimpleName());
        }
        return out;
    }

    /// Straight from 64 bits: going through double would round twice.
    private static float[] floats(Vector source) {
        int n = source.length();
        float[] out = new float[n];
        if (source instanceof LongVector longs) {
            for (int i = 0; i < n; i++) {
                out[i] = longs.values()[i];
            }
            return out;
        }
        double[] values = doubles(source);
        for (int i = 0; i < n; i++) {
            out[i] = (float) values[i];
        }
        return out;
    }

    private static Vector toBoolean(Vector source) {
        int n = source.length();
        byte[] out = new byte[n];
        if (source instanceof DoubleVector || source instanceof FloatVector) {
            double[] values = doubles(source);
            for (int i = 0; i < n; i++) {
                out[i] = (byte) (values[i] != 0 ? 1 : 0);
            }
        } else {
            long[] values = longs(source);
            for (int i = 0; i < n; i++) {
                out[i] = (byte) (values[i] != 0 ? 1 : 0);
            }
        }
        return new BooleanVector(out, n, source.validity());
    }

    static Vector narrow(
            long[] values, long[] validity, DataType from, DataType to, Overflow mode, Rows rows) {
        int n = rows.length();
        int shift = 64 - bits(to);
        int[] out = new int[n];
        long bad = 0;
        for (int i = 0; i < n; i++) {
            long cut = values[i] << shift >> shift;
            out[i] = (int) cut;
            bad |= cut ^ values[i];
        }
        long[] present = validity;
        if (bad != 0 && mode != Overflow.WRAP) {
            present = validity == null ? Bitmap.allSet(n) : validity.clone();
            for (int i = 0; i < rows.count(); i++) {
                int row = rows.row(i);
                if (out[row] != values[row] && Bitmap.get(present, row)) {
                    if (mode == Overflow.FAIL) {
                        throw CastFailures.overflow(values[row], from, to);
                    }
                    present[row >> 6] &= ~(1L << row);
                }
            }
        }
        return new IntVector(out, n, present);
    }

    private static Vector truncate(
            Vector source, DataType from, DataType to, Overflow mode, Rows rows) {
        int n = rows.length();
        double[] values = doubles(source);
        int bits = bits(to);
        double top = bits == 64 ? 0x1p63 : (1L << bits - 1) - 1;
        double bottom = -0x1p63 * (bits == 64 ? 1 : 0x1p-63 * (1L << bits - 1));
        long[] out = new long[n];
        long[] present = source.validity();
        for (int i = 0; i < rows.count(); i++) {
            int row = rows.row(i);
            double value = values[row];
            out[row] = bits == 64 ? (long) value : (int) value;
            boolean fits = Math.floor(value) <= top && Math.ceil(value) >= bottom;
            if (!fits && mode != Overflow.WRAP && Columns.present(present, row)) {
                if (mode == Overflow.FAIL) {
                    Object shown =
                            from == AtomicType.FLOAT ? (Object) (float) value : (Object) value;
                    throw CastFailures.overflow(shown, from, to);
                }
                present = present == source.validity() ? copy(present, n) : present;
                present[row >> 6] &= ~(1L << row);
            }
        }
        return bits == 64
                ? new LongVector(out, n, present)
                : narrow(out, present, from, to, Overflow.WRAP, rows);
    }

    static long[] copy(long[] validity, int length) {
        return validity == null ? Bitmap.allSet(length) : validity.clone();
    }
}
