package io.troupe.columnar.operator.aggregate;

import io.troupe.columnar.vector.DoubleVector;
import io.troupe.columnar.vector.FloatVector;
import io.troupe.columnar.vector.Vector;
import io.troupe.planner.type.Storage;
import java.util.Arrays;

/// One double per group, folded over numbers. Null until the first value. NaN is larger than every
/// other number.
final class DoubleFold implements Accumulator {
    enum Operation {
        MIN,
        MAX,
        SUM,
        PRODUCT
    }

    private final Operation operation;
    private final Storage storage;
    private final int scale;
    private final ArgumentReader reader = new ArgumentReader();
    private double[] values = {};
    private final Presence seen = new Presence();

    /// @param storage of the result: FLOAT or DOUBLE
    /// @param scale of decimal arguments
    DoubleFold(Operation operation, Storage storage, int scale) {
        this.operation = operation;
        this.storage = storage;
        this.scale = scale;
    }

    @Override
    public void reserve(int groups) {
        seen.reserve(groups);
        int old = values.length;
        if (groups > old) {
            values = Arrays.copyOf(values, Math.max(groups, old * 2));
            double start =
                    switch (operation) {
                        case MIN -> Double.NaN;
                        case MAX -> Double.NEGATIVE_INFINITY;
                        case SUM -> 0;
                        case PRODUCT -> 1;
                    };
            Arrays.fill(values, old, values.length, start);
        }
    }

    @Override
    public void update(Vector[] arguments, int[] rows, int[] groups, int count) {
        reader.readDoubles(arguments[0], rows, groups, count, scale);
        fold(reader.doubles, reader.groups, reader.count);
        seen.mark(reader.groups, reader.count);
    }

    private void fold(double[] in, int[] groups, int count) {
        double[] out = values;
        switch (operation) {
            case MIN -> {
                for (int i = 0; i < count; i++) {
                    double old = out[groups[i]];
                    out[groups[i]] = in[i] < old || old != old ? in[i] : old;
                }
            }
            case MAX -> {
                for (int i = 0; i < count; i++) {
                    double old = out[groups[i]];
                    out[groups[i]] = in[i] > old || in[i] != in[i] ? in[i] : old;
                }
            }
            case SUM -> {
                for (int i = 0; i < count; i++) {
                    out[groups[i]] += in[i];
                }
            }
            case PRODUCT -> {
                for (int i = 0; i < count; i++) {
                    out[groups[i]] *= in[i];
                }
            }
        }
    }

    @Override
    public void merge(Vector[] states, int[] rows, int[] groups, int count) {
        reader.readDoubles(states[0], rows, groups, count, 0);
        fold(reader.doubles, reader.groups, reader.count);
        seen.mark(reader.groups, reader.count);
    }

    double get(int group) {
        return values[group];
    }

    @Override
    public Vector[] states(int from, int count) {
        return new Vector[] {result(from, count)};
    }

    @Override
    public Vector result(int from, int count) {
        long[] validity = seen.validity(from, count);
        if (storage == Storage.DOUBLE) {
            return new DoubleVector(
                    Arrays.copyOfRange(values, from, from + count), count, validity);
        }
        float[] floats = new float[count];
        for (int i = 0; i < count; i++) {
            floats[i] = (float) values[from + i];
        }
        return new FloatVector(floats, count, validity);
    }

    @Override
    public long bytes() {
        return 9L * values.length;
    }
}
