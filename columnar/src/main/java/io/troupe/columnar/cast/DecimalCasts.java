package io.troupe.columnar.cast;

import io.troupe.columnar.column.Values;
import io.troupe.columnar.kernel.Columns;
import io.troupe.columnar.kernel.DecimalRows;
import io.troupe.columnar.kernel.DecimalSink;
import io.troupe.columnar.kernel.Decimals;
import io.troupe.columnar.kernel.Input;
import io.troupe.columnar.kernel.Output;
import io.troupe.columnar.kernel.Overflow;
import io.troupe.columnar.kernel.RowFunction;
import io.troupe.columnar.kernel.Rows;
import io.troupe.columnar.kernel.Signature;
import io.troupe.columnar.kernel.VectorKernel;
import io.troupe.columnar.vector.BooleanVector;
import io.troupe.columnar.vector.DoubleVector;
import io.troupe.columnar.vector.FloatVector;
import io.troupe.columnar.vector.LongVector;
import io.troupe.columnar.vector.Vector;
import io.troupe.planner.type.AtomicType;
import io.troupe.planner.type.DataType;
import io.troupe.planner.type.DayTimeIntervalType;
import io.troupe.planner.type.DecimalType;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.List;

/// Casts from and to decimals. Digits beyond the scale are rounded half up.
final class DecimalCasts {

    private DecimalCasts() {}

    static VectorKernel kernel(DataType from, DataType to, Overflow mode) {
        if (to instanceof DecimalType target) {
            if (from instanceof DecimalType source) {
                return (arguments, rows) ->
                        rescale(Columns.flat(arguments[0]), source, target, mode, rows);
            }
            if (from.isIntegral() || from == AtomicType.BOOLEAN) {
                DecimalType whole = new DecimalType(from == AtomicType.LONG ? 19 : 10, 0);
                return (arguments, rows) -> rescale(whole(arguments[0]), whole, target, mode, rows);
            }
            if (from == AtomicType.TIMESTAMP || from instanceof DayTimeIntervalType) {
                DecimalType micros = new DecimalType(19, 6);
                return (arguments, rows) ->
                        rescale(Columns.flat(arguments[0]), micros, target, mode, rows);
            }
            return row(from, to, (in, out) -> ofDouble(in, out, target, mode));
        }
        DecimalType source = (DecimalType) from;
        return switch (to) {
            case AtomicType.DOUBLE ->
                    (arguments, rows) -> toDouble(Columns.flat(arguments[0]), source, rows);
            case AtomicType.FLOAT ->
                    row(from, to, (in, out) -> out.set(in.decimal(0).floatValue()));
            case AtomicType.BOOLEAN ->
                    row(from, to, (in, out) -> out.set(in.decimal(0).signum() != 0));
            case AtomicType.TIMESTAMP -> row(from, to, DecimalCasts::toMicros);
            case DayTimeIntervalType _ -> row(from, to, DecimalCasts::toMicros);
            default -> row(from, to, (in, out) -> toWhole(in, out, from, to, mode));
        };
    }

    private static void toMicros(Input in, Output out) {
        out.set(in.decimal(0).movePointRight(6).setScale(0, RoundingMode.FLOOR).longValue());
    }

    private static VectorKernel row(DataType from, DataType to, RowFunction function) {
        return RowFunction.strict(
                new Signature("cast", List.of(from), new Object[0], to, null), function);
    }

    private static Vector whole(Vector vector) {
        Vector flat = Columns.flat(vector);
        return flat instanceof BooleanVector
                ? new LongVector(NumericCasts.longs(flat), flat.length(), flat.validity())
                : flat;
    }

    private static Vector rescale(
            Vector source, DecimalType from, DecimalType to, Overflow mode, Rows rows) {
        int shift = to.scale() - from.scale();
        boolean wider = to.precision() - to.scale() >= from.precision() - from.scale();
        int n = rows.length();
        long[] validity = source.validity();
        if (source instanceof LongVector longs
                && shift >= 0
                && wider
                && to.precision() <= DecimalType.MAX_LONG_PRECISION) {
            if (shift == 0) {
                return longs;
            }
            long factor = Decimals.power(shift);
            long[] out = new long[n];
            for (int i = 0; i < n; i++) {
                out[i] = longs.values()[i] * factor;
            }
            return new LongVector(out, n, validity);
        }
        DecimalRows values = DecimalRows.of(source);
        DecimalSink sink = new DecimalSink(to, n, validity);
        long factor =
                Math.abs(shift) <= Decimals.MAX_LONG_DIGITS ? Decimals.power(Math.abs(shift)) : 0;
        for (int i = 0; i < rows.count(); i++) {
            int row = rows.row(i);
            if (!Columns.present(validity, row)) {
                continue;
            }
            long low = values.low(row);
            long high = values.high(row);
            boolean stored;
            if (shift == 0) {
                stored = sink.store(row, high, low);
            } else if (high == low >> 63 && factor != 0) {
                if (shift > 0) {
                    stored = sink.store(row, Math.multiplyHigh(low, factor), low * factor);
                } else {
                    long rounded = Decimals.divideHalfUp(low, factor);
                    stored = sink.store(row, rounded >> 63, rounded);
                }
            } else {
                stored =
                        sink.store(
                                row,
                                Decimals.rescale(
                                        Values.unscaled(high, low), from.scale(), to.scale()));
            }
            if (!stored) {
                if (mode == Overflow.FAIL) {
                    throw CastFailures.decimalOverflow(
                            new BigDecimal(Values.unscaled(high, low), from.scale()), to);
                }
                sink.clear(row);
            }
        }
        return sink.build();
    }

    private static Vector toDouble(Vector source, DecimalType from, Rows rows) {
        int n = rows.length();
        double[] out = new double[n];
        if (source instanceof LongVector longs && from.precision() <= 15) {
            // Both operands are exact doubles, so the quotient is the correctly rounded value.
            double divisor = Decimals.power(from.scale());
            for (int i = 0; i < n; i++) {
                out[i] = longs.values()[i] / divisor;
            }
            return new DoubleVector(out, n, source.validity());
        }
        DecimalRows values = DecimalRows.of(source);
        for (int i = 0; i < rows.count(); i++) {
            int row = rows.row(i);
            out[row] =
                    new BigDecimal(Values.unscaled(values.high(row), values.low(row)), from.scale())
                            .doubleValue();
        }
        return new DoubleVector(out, n, source.validity());
    }

    private static void ofDouble(Input in, Output out, DecimalType to, Overflow mode) {
        double value = in.getDouble(0);
        if (Double.isNaN(value) || Double.isInfinite(value)) {
            return;
        }
        BigDecimal exact =
                in.vector(0) instanceof FloatVector floats
                        ? new BigDecimal(Float.toString(floats.values()[in.at(0)]))
                        : BigDecimal.valueOf(value);
        out.setValue(Decimals.fit(exact, to, mode));
    }

    private static void toWhole(Input in, Output out, DataType from, DataType to, Overflow mode) {
        BigDecimal value = in.decimal(0);
        BigInteger whole = value.toBigInteger();
        long narrow = whole.longValue();
        int shift = 64 - NumericCasts.bits(to);
        long cut = narrow << shift >> shift;
        if (mode != Overflow.WRAP && (whole.bitLength() > 63 || cut != narrow)) {
            if (mode == Overflow.FAIL) {
                throw CastFailures.overflow(value, from, to);
            }
            return;
        }
        out.set(cut);
    }
}
