package io.troupe.columnar.operator.aggregate;

import io.troupe.columnar.column.ColumnBuilder;
import io.troupe.columnar.column.Gather;
import io.troupe.columnar.hash.Hashing;
import io.troupe.columnar.hash.RowBytes;
import io.troupe.columnar.vector.BooleanVector;
import io.troupe.columnar.vector.BytesVector;
import io.troupe.columnar.vector.Decimal128Vector;
import io.troupe.columnar.vector.DictionaryVector;
import io.troupe.columnar.vector.DoubleVector;
import io.troupe.columnar.vector.FloatVector;
import io.troupe.columnar.vector.IntVector;
import io.troupe.columnar.vector.LongVector;
import io.troupe.columnar.vector.Vector;
import io.troupe.planner.type.AtomicType;
import java.util.Arrays;

/// Approximate numbers of distinct values: HyperLogLog registers of one byte per group, estimated
/// by linear counting while registers are empty and after Ertl, "New cardinality estimation
/// algorithms for HyperLogLog sketches" (2017), beyond.
final class HyperLogLog implements Accumulator {
    private final int precision;
    private byte[][] registers = new byte[16][];
    private long bytes;

    /// @param relativeDeviation the largest relative standard deviation wanted
    HyperLogLog(double relativeDeviation) {
        precision =
                Math.clamp(
                        (int) Math.ceil(2.0 * Math.log(1.106 / relativeDeviation) / Math.log(2.0)),
                        4,
                        20);
    }

    @Override
    public void reserve(int groups) {
        if (groups > registers.length) {
            registers = Arrays.copyOf(registers, Math.max(groups, registers.length * 2));
        }
    }

    private byte[] registers(int group) {
        if (registers[group] == null) {
            registers[group] = new byte[1 << precision];
            bytes += 16 + registers[group].length;
        }
        return registers[group];
    }

    @Override
    public void update(Vector[] arguments, int[] rows, int[] groups, int count) {
        Vector values = arguments[0];
        for (int i = 0; i < count; i++) {
            if (!values.isNull(rows[i])) {
                long hash = hash(values, rows[i]);
                byte[] own = registers(groups[i]);
                int index = (int) (hash >>> 64 - precision);
                int rank = Long.numberOfLeadingZeros(hash << precision | 1L << precision - 1) + 1;
                own[index] = (byte) Math.max(own[index], rank);
            }
        }
    }

    private static long hash(Vector values, int row) {
        return switch (values) {
            case DictionaryVector coded -> hash(coded.dictionary(), coded.codes()[row]);
            case IntVector ints -> Hashing.combine(1, ints.values()[row]);
            case LongVector longs -> Hashing.combine(1, longs.values()[row]);
            case BooleanVector booleans -> Hashing.combine(1, booleans.values()[row]);
            case FloatVector floats -> Hashing.combine(1, Hashing.bits(floats.values()[row]));
            case DoubleVector doubles -> Hashing.combine(1, Hashing.bits(doubles.values()[row]));
            case Decimal128Vector wide ->
                    Hashing.combine(Hashing.combine(1, wide.high()[row]), wide.low()[row]);
            case BytesVector strings ->
                    Hashing.bytes(
                            strings.data(),
                            strings.offsets()[row],
                            strings.offsets()[row + 1] - strings.offsets()[row]);
            default -> {
                RowBytes encoder = new RowBytes();
                encoder.append(values, row);
                yield Hashing.bytes(encoder.bytes(), 0, encoder.size());
            }
        };
    }

    @Override
    public void merge(Vector[] states, int[] rows, int[] groups, int count) {
        Vector flat = Gather.flat(states[0]);
        for (int i = 0; i < count; i++) {
            if (flat instanceof BytesVector sketches && !sketches.isNull(rows[i])) {
                int from = sketches.offsets()[rows[i]];
                int length = sketches.offsets()[rows[i] + 1] - from;
                byte[] own = registers(groups[i]);
                for (int r = 0; r < length; r++) {
                    own[r] = (byte) Math.max(own[r], sketches.data()[from + r]);
                }
            }
        }
    }

    @Override
    public Vector[] states(int from, int count) {
        ColumnBuilder builder = ColumnBuilder.of(AtomicType.BINARY);
        for (int g = from; g < from + count; g++) {
            builder.appendValue(registers[g]);
        }
        return new Vector[] {builder.build()};
    }

    @Override
    public Vector result(int from, int count) {
        long[] estimates = new long[count];
        for (int i = 0; i < count; i++) {
            byte[] own = registers[from + i];
            estimates[i] = own == null ? 0 : estimate(own);
        }
        return new LongVector(estimates, count, null);
    }

    private long estimate(byte[] own) {
        int m = own.length;
        int longest = 64 - precision;
        int[] histogram = new int[longest + 2];
        for (byte rank : own) {
            histogram[rank]++;
        }
        if (histogram[0] > m / 8) {
            return Math.round(m * Math.log((double) m / histogram[0]));
        }
        double z = m * tau((m - (double) histogram[longest + 1]) / m);
        for (int k = longest; k >= 1; k--) {
            z = 0.5 * (z + histogram[k]);
        }
        z += m * sigma((double) histogram[0] / m);
        return Math.round(m / (2 * Math.log(2)) * m / z);
    }

    private static double sigma(double x) {
        if (x == 1) {
            return Double.POSITIVE_INFINITY;
        }
        double value = x;
        double y = 1;
        double z = x;
        double previous;
        do {
            value *= value;
            previous = z;
            z += value * y;
            y += y;
        } while (z != previous);
        return z;
    }

    private static double tau(double x) {
        if (x == 0 || x == 1) {
            return 0;
        }
        double value = x;
        double y = 1;
        double z = 1 - x;
        double previous;
        do {
            value = Math.sqrt(value);
            previous = z;
            y *= 0.5;
            z -= (1 - value) * (1 - value) * y;
        } while (z != previous);
        return z / 3;
    }

    @Override
    public long bytes() {
        return bytes + 8L * registers.length;
    }
}
