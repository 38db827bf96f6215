package io.troupe.columnar.operator.aggregate;

import io.troupe.columnar.vector.LongVector;
import io.troupe.columnar.vector.Vector;
import java.util.Arrays;

/// Rows in which no argument is null. With `onlyTrue`, rows in which the only argument is true.
final class CountAccumulator implements Accumulator {
    private final boolean onlyTrue;
    private final ArgumentReader reader = new ArgumentReader();
    private long[] counts = new long[16];

    CountAccumulator(boolean onlyTrue) {
        this.onlyTrue = onlyTrue;
    }

    @Override
    public void reserve(int groups) {
        if (groups > counts.length) {
            counts = Arrays.copyOf(counts, Math.max(groups, counts.length * 2));
        }
    }

    @Override
    public void update(Vector[] arguments, int[] rows, int[] groups, int count) {
        if (onlyTrue) {
            reader.readLongs(arguments[0], rows, groups, count);
            add(reader.longs, reader.groups, reader.count);
            return;
        }
        switch (arguments.length) {
            case 0 -> count(groups, count);
            case 1 -> {
                reader.readPresence(arguments[0], rows, groups, count);
                count(reader.groups, reader.count);
            }
            default -> {
                for (int i = 0; i < count; i++) {
                    counts[groups[i]] += present(arguments, rows[i]) ? 1 : 0;
                }
            }
        }
    }

    private static boolean present(Vector[] arguments, int row) {
        for (Vector argument : arguments) {
            if (argument.isNull(row)) {
                return false;
            }
        }
        return true;
    }

    private void count(int[] groups, int count) {
        long[] sums = counts;
        for (int i = 0; i < count; i++) {
            sums[groups[i]]++;
        }
    }

    private void add(long[] values, int[] groups, int count) {
        long[] sums = counts;
        for (int i = 0; i < count; i++) {
            sums[groups[i]] += values[i];
        }
    }

    @Override
    public void merge(Vector[] states, int[] rows, int[] groups, int count) {
        reader.readLongs(states[0], rows, groups, count);
        add(reader.longs, reader.groups, reader.count);
    }

    long get(int group) {
        return counts[group];
    }

    @Override
    public Vector[] states(int from, int count) {
        return new Vector[] {result(from, count)};
    }

    @Override
    public Vector result(int from, int count) {
        return new LongVector(Arrays.copyOfRange(counts, from, from + count), count, null);
    }

    @Override
    public long bytes() {
        return 8L * counts.length;
    }
}
