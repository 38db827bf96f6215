package io.troupe.columnar.operator.aggregate;

import io.troupe.columnar.vector.Decimal128Vector;
import io.troupe.columnar.vector.LongVector;
import io.troupe.columnar.vector.Vector;
import io.troupe.planner.type.DecimalType;
import io.troupe.planner.type.Storage;
import java.util.Arrays;

/// Exact sums of decimals in 128 bits. Null until the first value; a sum beyond its type is an
/// error, or null when tolerated.
final class DecimalSum implements Accumulator {
    private final Storage input;
    private final DecimalType type;
    private final String alternative;
    private final ArgumentReader reader = new ArgumentReader();
    private long[] high = {};
    private long[] low = {};
    private final Presence seen = new Presence();

    /// Groups that left 128 bits; null while there is none.
    private byte[] overflown;

    /// @param type of the sum
    /// @param alternative the function that an overflow error recommends; null when overflow gives
    ///   null
    DecimalSum(Storage input, DecimalType type, String alternative) {
        this.input = input;
        this.type = type;
        this.alternative = alternative;
    }

    @Override
    public void reserve(int groups) {
        seen.reserve(groups);
        if (groups > low.length) {
            int capacity = Math.max(groups, low.length * 2);
            high = Arrays.copyOf(high, capacity);
            low = Arrays.copyOf(low, capacity);
        }
    }

    @Override
    public void update(Vector[] arguments, int[] rows, int[] groups, int count) {
        add(arguments[0], input, rows, groups, count);
    }

    @Override
    public void merge(Vector[] states, int[] rows, int[] groups, int count) {
        add(states[0], type.storage(), rows, groups, count);
    }

    private void add(Vector vector, Storage storage, int[] rows, int[] groups, int count) {
        if (storage == Storage.LONG) {
            reader.readLongs(vector, rows, groups, count);
            addShort(reader.longs, reader.groups, reader.count);
        } else {
            reader.readWide(vector, rows, groups, count);
            addWide(reader.highs, reader.longs, reader.groups, reader.count);
        }
        seen.mark(reader.groups, reader.count);
    }

    /// The carry out of the lower halves is the sign of `(a & b) | ((a | b) & ~sum)`.
    private void addShort(long[] in, int[] groups, int count) {
        long[] lows = low;
        long[] highs = high;
        for (int i = 0; i < count; i++) {
            int g = groups[i];
            long value = in[i];
            long old = lows[g];
            long sum = old + value;
            lows[g] = sum;
            highs[g] += (value >> 63) + ((old & value | (old | value) & ~sum) >>> 63);
        }
    }

    private void addWide(long[] inHigh, long[] inLow, int[] groups, int count) {
        long[] lows = low;
        long[] highs = high;
        long overflow = 0;
        for (int i = 0; i < count; i++) {
            int g = groups[i];
            long value = inLow[i];
            long old = lows[g];
            long sum = old + value;
            lows[g] = sum;
            long oldHigh = highs[g];
            long sumHigh = oldHigh + inHigh[i] + ((old & value | (old | value) & ~sum) >>> 63);
            overflow |= (oldHigh ^ sumHigh) & (inHigh[i] ^ sumHigh);
            highs[g] = sumHigh;
        }
        if (overflow < 0) {
            if (alternative != null) {
                throw AggregateErrors.decimalOverflow(alternative);
            }
            overflown =
                    overflown == null ? new byte[low.length] : Arrays.copyOf(overflown, low.length);
            for (int i = 0; i < count; i++) {
                overflown[groups[i]] |=
                        Int128.fits(highs[groups[i]], lows[groups[i]], 38) ? (byte) 0 : 1;
            }
        }
    }

    boolean present(int group) {
        return seen.get(group)
                && (overflown == null || group >= overflown.length || overflown[group] == 0);
    }

    /// Whether overflow gives null.
    boolean tolerant() {
        return alternative == null;
    }

    long high(int group) {
        return high[group];
    }

    long low(int group) {
        return low[group];
    }

    @Override
    public Vector[] states(int from, int count) {
        return new Vector[] {result(from, count)};
    }

    @Override
    public Vector result(int from, int count) {
        byte[] flags = new byte[count];
        for (int i = 0; i < count; i++) {
            int g = from + i;
            boolean fits = !seen.get(g) || Int128.fits(high[g], low[g], type.precision());
            if (!fits && alternative != null) {
                throw AggregateErrors.decimalOverflow(alternative);
            }
            flags[i] = present(g) && fits ? (byte) 1 : 0;
        }
        long[] validity = ArgumentReader.validity(flags, 0, count);
        long[] lows = Arrays.copyOfRange(low, from, from + count);
        return type.storage() == Storage.LONG
                ? new LongVector(lows, count, validity)
                : new Decimal128Vector(
                        Arrays.copyOfRange(high, from, from + count), lows, count, validity);
    }

    @Override
    public long bytes() {
        return 17L * low.length;
    }
}
