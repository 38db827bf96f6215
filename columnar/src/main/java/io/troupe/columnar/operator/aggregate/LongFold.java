package io.troupe.columnar.operator.aggregate;

import io.troupe.columnar.vector.BooleanVector;
import io.troupe.columnar.vector.IntVector;
import io.troupe.columnar.vector.LongVector;
import io.troupe.columnar.vector.Vector;
import io.troupe.planner.type.Storage;
import java.util.Arrays;

/// One long per group, folded over values that longs hold: integers, dates, timestamps, booleans,
/// short decimals. Null until the first value.
final class LongFold implements Accumulator {
    enum Operation {
        MIN,
        MAX,
        AND,
        OR,
        XOR,
        /// Overflow is an error.
        SUM,
        /// Overflow gives null.
        TRY_SUM,
        /// Overflow wraps.
        WRAPPING_SUM
    }

    private final Operation operation;
    private final Storage storage;
    private final boolean intervals;
    private final ArgumentReader reader = new ArgumentReader();
    private long[] values = {};
    private final Presence seen = new Presence();

    /// Groups whose TRY_SUM has overflown; null while there is none.
    private byte[] overflown;

    /// @param storage of the result: INT, LONG or BOOLEAN
    /// @param intervals how an overflow is named
    LongFold(Operation operation, Storage storage, boolean intervals) {
        this.operation = operation;
        this.storage = storage;
        this.intervals = intervals;
    }

    @Override
    public void reserve(int groups) {
        seen.reserve(groups);
        int old = values.length;
        if (groups > old) {
            values = Arrays.copyOf(values, Math.max(groups, old * 2));
            Arrays.fill(values, old, values.length, start());
        }
    }

    private long start() {
        return switch (operation) {
            case MIN -> Long.MAX_VALUE;
            case MAX -> Long.MIN_VALUE;
            case AND -> -1;
            case OR, XOR, SUM, TRY_SUM, WRAPPING_SUM -> 0;
        };
    }

    @Override
    public void update(Vector[] arguments, int[] rows, int[] groups, int count) {
        reader.readLongs(arguments[0], rows, groups, count);
        fold(reader.longs, reader.groups, reader.count);
        seen.mark(reader.groups, reader.count);
    }

    private void fold(long[] in, int[] groups, int count) {
        long[] out = values;
        switch (operation) {
            case MIN -> {
                for (int i = 0; i < count; i++) {
                    out[groups[i]] = Math.min(out[groups[i]], in[i]);
                }
            }
            case MAX -> {
                for (int i = 0; i < count; i++) {
                    out[groups[i]] = Math.max(out[groups[i]], in[i]);
                }
            }
            case AND -> {
                for (int i = 0; i < count; i++) {
                    out[groups[i]] &= in[i];
                }
            }
            case OR -> {
                for (int i = 0; i < count; i++) {
                    out[groups[i]] |= in[i];
                }
            }
            case XOR -> {
                for (int i = 0; i < count; i++) {
                    out[groups[i]] ^= in[i];
                }
            }
            case WRAPPING_SUM -> {
                for (int i = 0; i < count; i++) {
                    out[groups[i]] += in[i];
                }
            }
            case SUM, TRY_SUM -> sum(in, groups, count);
        }
    }

    /// Overflow bits are gathered without branches; only when one is set, groups are looked at one
    /// by one.
    private void sum(long[] in, int[] groups, int count) {
        long[] out = values;
        long overflow = 0;
        for (int i = 0; i < count; i++) {
            long old = out[groups[i]];
            long sum = old + in[i];
            overflow |= (old ^ sum) & (in[i] ^ sum);
            out[groups[i]] = sum;
        }
        if (overflow < 0) {
            if (operation == Operation.SUM) {
                throw intervals
                        ? AggregateErrors.intervalOverflow()
                        : AggregateErrors.longOverflow();
            }
            undo(in, groups, count);
        }
    }

    /// Takes a batch back and adds it again, marking the groups that overflow.
    private void undo(long[] in, int[] groups, int count) {
        overflown =
                overflown == null
                        ? new byte[values.length]
                        : Arrays.copyOf(overflown, values.length);
        for (int i = 0; i < count; i++) {
            values[groups[i]] -= in[i];
        }
        for (int i = 0; i < count; i++) {
            long old = values[groups[i]];
            long sum = old + in[i];
            if (((old ^ sum) & (in[i] ^ sum)) < 0) {
                overflown[groups[i]] = 1;
            } else {
                values[groups[i]] = sum;
            }
        }
    }

    @Override
    public void merge(Vector[] states, int[] rows, int[] groups, int count) {
        update(states, rows, groups, count);
    }

    long get(int group) {
        return values[group];
    }

    boolean present(int group) {
        return seen.get(group)
                && (overflown == null || group >= overflown.length || overflown[group] == 0);
    }

    @Override
    public Vector[] states(int from, int count) {
        return new Vector[] {result(from, count)};
    }

    @Override
    public Vector result(int from, int count) {
        long[] validity = presence(from, count);
        return switch (storage) {
            case LONG ->
                    new LongVector(Arrays.copyOfRange(values, from, from + count), count, validity);
            case BOOLEAN -> {
                byte[] bytes = new byte[count];
                for (int i = 0; i < count; i++) {
                    bytes[i] = (byte) (values[from + i] & 1);
                }
                yield new BooleanVector(bytes, count, validity);
            }
            default -> {
                int[] ints = new int[count];
                for (int i = 0; i < count; i++) {
                    ints[i] = (int) values[from + i];
                }
                yield new IntVector(ints, count, validity);
            }
        };
    }

    private long[] presence(int from, int count) {
        if (overflown == null) {
            return seen.validity(from, count);
        }
        byte[] flags = new byte[count];
        for (int i = 0; i < count; i++) {
            flags[i] = present(from + i) ? (byte) 1 : 0;
        }
        return ArgumentReader.validity(flags, 0, count);
    }

    @Override
    public long bytes() {
        return 9L * values.length;
    }
}
