package io.troupe.columnar.operator.aggregate;

import io.troupe.columnar.column.Bitmap;
import io.troupe.columnar.vector.DoubleVector;
import io.troupe.columnar.vector.LongVector;
import io.troupe.columnar.vector.Vector;
import java.util.Arrays;

/// Two-column statistics over rows in which both are present: covariance, correlation and the
/// `regr_` family. For those the first argument is y, the second x.
final class Covariance implements Accumulator {
    private static final int N = 0;
    private static final int MEAN_A = 1;
    private static final int MEAN_B = 2;
    private static final int CO = 3;
    private static final int M2_A = 4;
    private static final int M2_B = 5;

    private final String function;
    private final int[] scales;
    private final ArgumentReader first = new ArgumentReader();
    private final ArgumentReader second = new ArgumentReader();
    private final double[][] sums = new double[6][16];
    private int[] rowScratch = {};
    private int[] groupScratch = {};

    /// @param scales of decimal arguments
    Covariance(String function, int... scales) {
        this.function = function;
        this.scales = scales;
    }

    @Override
    public void reserve(int groups) {
        if (groups > sums[0].length) {
            for (int s = 0; s < sums.length; s++) {
                sums[s] = Arrays.copyOf(sums[s], Math.max(groups, sums[s].length * 2));
            }
        }
    }

    @Override
    public void update(Vector[] arguments, int[] rows, int[] groups, int count) {
        if (rowScratch.length < count) {
            rowScratch = new int[count];
            groupScratch = new int[count];
        }
        int kept = 0;
        for (int i = 0; i < count; i++) {
            if (!arguments[0].isNull(rows[i]) && !arguments[1].isNull(rows[i])) {
                rowScratch[kept] = rows[i];
                groupScratch[kept++] = groups[i];
            }
        }
        first.readDoubles(arguments[0], rowScratch, groupScratch, kept, scales[0]);
        second.readDoubles(arguments[1], rowScratch, groupScratch, kept, scales[1]);
        for (int i = 0; i < kept; i++) {
            add(groupScratch[i], first.doubles[i], second.doubles[i]);
        }
    }

    private void add(int g, double a, double b) {
        double n = sums[N][g] + 1;
        double deltaA = a - sums[MEAN_A][g];
        double deltaB = b - sums[MEAN_B][g];
        double meanA = sums[MEAN_A][g] + deltaA / n;
        double meanB = sums[MEAN_B][g] + deltaB / n;
        sums[CO][g] += deltaA * (b - meanB);
        sums[M2_A][g] += deltaA * (a - meanA);
        sums[M2_B][g] += deltaB * (b - meanB);
        sums[MEAN_A][g] = meanA;
        sums[MEAN_B][g] = meanB;
        sums[N][g] = n;
    }

    @Override
    public void merge(Vector[] states, int[] rows, int[] groups, int count) {
        double[][] read = new double[6][];
        for (int s = 0; s < 6; s++) {
            ArgumentReader reader = new ArgumentReader();
            reader.readDoubles(states[s], rows, groups, count, 0);
            read[s] = reader.doubles;
        }
        for (int i = 0; i < count; i++) {
            if (read[N][i] > 0) {
                combine(groups[i], read, i);
            }
        }
    }

    private void combine(int g, double[][] other, int i) {
        double n1 = sums[N][g];
        double n2 = other[N][i];
        if (n1 == 0) {
            for (int s = 0; s < sums.length; s++) {
                sums[s][g] = other[s][i];
            }
            return;
        }
        double n = n1 + n2;
        double deltaA = other[MEAN_A][i] - sums[MEAN_A][g];
        double deltaB = other[MEAN_B][i] - sums[MEAN_B][g];
        double weight = n1 * n2 / n;
        sums[CO][g] += other[CO][i] + deltaA * deltaB * weight;
        sums[M2_A][g] += other[M2_A][i] + deltaA * deltaA * weight;
        sums[M2_B][g] += other[M2_B][i] + deltaB * deltaB * weight;
        sums[MEAN_A][g] += deltaA * n2 / n;
        sums[MEAN_B][g] += deltaB * n2 / n;
        sums[N][g] = n;
    }

    @Override
    public Vector[] states(int from, int count) {
        Vector[] states = new Vector[6];
        for (int s = 0; s < 6; s++) {
            states[s] =
                    new DoubleVector(Arrays.copyOfRange(sums[s], from, from + count), count, null);
        }
        return states;
    }

    @Override
    public Vector result(int from, int count) {
        if (function.equals("regr_count")) {
            long[] counts = new long[count];
            for (int i = 0; i < count; i++) {
                counts[i] = (long) sums[N][from + i];
            }
            return new LongVector(counts, count, null);
        }
        double[] values = new double[count];
        long[] validity = new long[Bitmap.words(count)];
        for (int i = 0; i < count; i++) {
            if (defined(from + i)) {
                values[i] = evaluate(from + i);
                Bitmap.set(validity, i);
            }
        }
        return new DoubleVector(values, count, validity);
    }

    private boolean defined(int g) {
        double n = sums[N][g];
        return switch (function) {
            case "covar_samp" -> n > 1;
            case "corr" -> n > 1 && sums[M2_A][g] != 0 && sums[M2_B][g] != 0;
            case "regr_slope", "regr_intercept" -> n > 1 && sums[M2_B][g] != 0;
            case "regr_r2" -> n > 1 && sums[M2_B][g] != 0;
            default -> n > 0;
        };
    }

    private double evaluate(int g) {
        double n = sums[N][g];
        double co = sums[CO][g];
        double m2a = sums[M2_A][g];
        double m2b = sums[M2_B][g];
        return switch (function) {
            case "covar_pop" -> co / n;
            case "covar_samp" -> co / (n - 1);
            case "corr" -> co / Math.sqrt(m2a * m2b);
            case "regr_avgx" -> sums[MEAN_B][g];
            case "regr_avgy" -> sums[MEAN_A][g];
            case "regr_sxx" -> m2b;
            case "regr_syy" -> m2a;
            case "regr_sxy" -> co;
            case "regr_slope" -> co / m2b;
            case "regr_intercept" -> sums[MEAN_A][g] - co / m2b * sums[MEAN_B][g];
            case "regr_r2" -> m2a == 0 ? 1 : co * co / (m2a * m2b);
            default -> throw new IllegalStateException(function);
        };
    }

    @Override
    public long bytes() {
        return 48L * sums[0].length;
    }
}
