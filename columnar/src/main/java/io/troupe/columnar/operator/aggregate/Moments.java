package io.troupe.columnar.operator.aggregate;

import io.troupe.columnar.column.Bitmap;
import io.troupe.columnar.vector.DoubleVector;
import io.troupe.columnar.vector.Vector;
import java.util.Arrays;

/// Central moments up to the fourth, updated one value at a time (Welford; merging after Chan et
/// al. and Pébay, "Formulas for Robust, One-Pass Parallel Computation of Covariances and
/// Arbitrary-Order Statistical Moments", 2008).
final class Moments implements Accumulator {
    private final String function;
    private final int order;
    private final int scale;
    private final ArgumentReader reader = new ArgumentReader();
    private final ArgumentReader[] stateReaders;

    /// n, mean, m2, m3, m4 by group.
    private final double[][] moments;

    /// @param order the highest moment kept: 2 to 4
    /// @param scale of decimal arguments
    Moments(String function, int order, int scale) {
        this.function = function;
        this.order = order;
        this.scale = scale;
        moments = new double[order + 1][16];
        stateReaders = new ArgumentReader[order + 1];
        Arrays.setAll(stateReaders, i -> new ArgumentReader());
    }

    @Override
    public void reserve(int groups) {
        if (groups > moments[0].length) {
            for (int m = 0; m < moments.length; m++) {
                moments[m] = Arrays.copyOf(moments[m], Math.max(groups, moments[m].length * 2));
            }
        }
    }

    @Override
    public void update(Vector[] arguments, int[] rows, int[] groups, int count) {
        reader.readDoubles(arguments[0], rows, groups, count, scale);
        for (int i = 0; i < reader.count; i++) {
            add(reader.groups[i], reader.doubles[i]);
        }
    }

    private void add(int g, double value) {
        double n = moments[0][g] + 1;
        double mean = moments[1][g];
        double delta = value - mean;
        double deltaN = delta / n;
        double m2 = moments[2][g];
        double newM2 = m2 + delta * (delta - deltaN);
        if (order >= 3) {
            double delta2 = delta * delta;
            double deltaN2 = deltaN * deltaN;
            double m3 = moments[3][g];
            moments[3][g] = m3 - 3 * deltaN * newM2 + delta * (delta2 - deltaN2);
            if (order >= 4) {
                moments[4][g] =
                        moments[4][g]
                                - 4 * deltaN * moments[3][g]
                                - 6 * deltaN2 * newM2
                                + delta * (delta * delta2 - deltaN * deltaN2);
            }
        }
        moments[0][g] = n;
        moments[1][g] = mean + deltaN;
        moments[2][g] = newM2;
    }

    @Override
    public void merge(Vector[] states, int[] rows, int[] groups, int count) {
        for (int m = 0; m <= order; m++) {
            stateReaders[m].readDoubles(states[m], rows, groups, count, 0);
        }
        for (int i = 0; i < stateReaders[0].count; i++) {
            double[] other = new double[5];
            for (int m = 0; m <= order; m++) {
                other[m] = stateReaders[m].doubles[i];
            }
            combine(stateReaders[0].groups[i], other);
        }
    }

    private void combine(int g, double[] other) {
        double n1 = moments[0][g];
        double n2 = other[0];
        if (n2 == 0) {
            return;
        }
        if (n1 == 0) {
            // Exactly: the mean of the formulas below would be rounded twice.
            for (int m = 0; m <= order; m++) {
                moments[m][g] = other[m];
            }
            return;
        }
        double n = n1 + n2;
        double delta = other[1] - moments[1][g];
        double deltaN = delta / n;
        double m2 = moments[2][g];
        if (order >= 4) {
            moments[4][g] =
                    moments[4][g]
                            + other[4]
                            + deltaN
                                    * deltaN
                                    * deltaN
                                    * delta
                                    * n1
                                    * n2
                                    * (n1 * n1 - n1 * n2 + n2 * n2)
                            + 6 * deltaN * deltaN * (n1 * n1 * other[2] + n2 * n2 * m2)
                            + 4 * deltaN * (n1 * other[3] - n2 * moments[3][g]);
        }
        if (order >= 3) {
            moments[3][g] =
                    moments[3][g]
                            + other[3]
                            + deltaN * deltaN * delta * n1 * n2 * (n1 - n2)
                            + 3 * deltaN * (n1 * other[2] - n2 * m2);
        }
        moments[2][g] = m2 + other[2] + delta * deltaN * n1 * n2;
        moments[1][g] += deltaN * n2;
        moments[0][g] = n;
    }

    @Override
    public Vector[] states(int from, int count) {
        Vector[] states = new Vector[order + 1];
        for (int m = 0; m <= order; m++) {
            states[m] =
                    new DoubleVector(
                            Arrays.copyOfRange(moments[m], from, from + count), count, null);
        }
        return states;
    }

    @Override
    public Vector result(int from, int count) {
        double[] values = new double[count];
        long[] validity = new long[Bitmap.words(count)];
        for (int i = 0; i < count; i++) {
            int g = from + i;
            double value = moments[0][g] == 0 ? Double.NaN : evaluate(g);
            values[i] = value;
            if (moments[0][g] > 0 && defined(g)) {
                Bitmap.set(validity, i);
            }
        }
        return new DoubleVector(values, count, validity);
    }

    /// Division by zero gives null: samples of one row, and higher moments of equal values.
    private boolean defined(int g) {
        return switch (function) {
            case "var_pop", "stddev_pop" -> true;
            case "skewness", "kurtosis" -> moments[2][g] != 0;
            default -> moments[0][g] > 1;
        };
    }

    private double evaluate(int g) {
        double n = moments[0][g];
        double m2 = moments[2][g];
        return switch (function) {
            case "var_pop" -> m2 / n;
            case "stddev_pop" -> Math.sqrt(m2 / n);
            case "variance", "var_samp" -> m2 / (n - 1);
            case "stddev", "std", "stddev_samp" -> Math.sqrt(m2 / (n - 1));
            case "skewness" -> Math.sqrt(n) * moments[3][g] / Math.sqrt(m2 * m2 * m2);
            case "kurtosis" -> n * moments[4][g] / (m2 * m2) - 3;
            default -> throw new IllegalStateException(function);
        };
    }

    @Override
    public long bytes() {
        return 8L * moments.length * moments[0].length;
    }
}
