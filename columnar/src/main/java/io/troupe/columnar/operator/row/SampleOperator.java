package io.troupe.columnar.operator.row;

import io.troupe.columnar.column.Gather;
import io.troupe.columnar.operator.Operator;
import io.troupe.columnar.vector.Batch;
import java.util.Arrays;
import java.util.SplittableRandom;

/// A random sample: every row alone with a chance (Bernoulli), or, with replacement, a Poisson
/// number of times. Equal seeds, partitions and input orders give equal samples.
public final class SampleOperator implements Operator {
    private final Operator child;
    private final double lower;
    private final double upper;
    private final boolean replacement;
    private final SplittableRandom random;

    public SampleOperator(
            Operator child, double lower, double upper, boolean replacement, long seed) {
        this.child = child;
        this.lower = lower;
        this.upper = upper;
        this.replacement = replacement;
        this.random = new SplittableRandom(seed);
    }

    @Override
    public Batch next() {
        for (Batch batch = child.next(); batch != null; batch = child.next()) {
            Batch sample = replacement ? repeat(batch) : pick(batch);
            if (sample.selected() > 0) {
                return sample;
            }
        }
        return null;
    }

    private Batch pick(Batch batch) {
        int[] rows = Gather.rows(batch);
        int[] selection = new int[batch.selected()];
        int kept = 0;
        for (int i = 0; i < batch.selected(); i++) {
            double chance = random.nextDouble();
            selection[kept] = rows[i];
            kept += chance >= lower && chance < upper ? 1 : 0;
        }
        return new Batch(batch.columns(), batch.rowCount(), selection, kept);
    }

    private Batch repeat(Batch batch) {
        int[] rows = Gather.rows(batch);
        int[] drawn = new int[batch.selected() + 16];
        int count = 0;
        for (int i = 0; i < batch.selected(); i++) {
            int times = poisson(upper - lower);
            if (count + times > drawn.length) {
                drawn = Arrays.copyOf(drawn, Math.max(count + times, drawn.length * 2));
            }
            Arrays.fill(drawn, count, count + times, rows[i]);
            count += times;
        }
        return new Batch(Gather.view(batch.columns(), drawn, count, false), count);
    }

    /// Knuth's method; large means are drawn as sums of smaller ones.
    private int poisson(double mean) {
        int times = 0;
        double left = mean;
        while (left > 0) {
            double part = Math.min(left, 100);
            double limit = Math.exp(-part);
            double product = random.nextDouble();
            while (product > limit) {
                product *= random.nextDouble();
                times++;
            }
            left -= part;
        }
        return times;
    }

    @Override
    public void close() {
        child.close();
    }
}
