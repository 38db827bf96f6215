package io.troupe.columnar.operator.aggregate;

import io.troupe.columnar.column.Values;
import io.troupe.planner.expression.AggregateCall;
import io.troupe.planner.type.ArrayType;
import io.troupe.planner.type.AtomicType;
import io.troupe.planner.type.DataType;
import io.troupe.planner.type.DecimalType;
import io.troupe.planner.type.StructType;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/// `histogram_numeric`: at most `n` bins; a value that needs one more merges the two nearest
/// (Ben-Haim and Tom-Tov, "A Streaming Parallel Decision Tree Algorithm", 2010). Of pairs that are
/// equally near one is drawn, with the seed that Hive chose and Spark kept.
final class Histogram {
    private final int limit;
    private final List<double[]> bins = new ArrayList<>();
    private final Random random = new Random(31183);

    private Histogram(int limit) {
        this.limit = limit;
    }

    static Collected.Finisher finisher(AggregateCall call) {
        int limit = ((Number) Finishers.constant(call, 1)).intValue();
        DataType input = call.arguments().getFirst().type();
        DataType output =
                ((StructType) ((ArrayType) call.type()).element()).fields().getFirst().type();
        return (columns, from, to) -> {
            if (from == to) {
                return null;
            }
            Histogram histogram = new Histogram(limit);
            for (int row = from; row < to; row++) {
                histogram.add(((Number) Values.get(columns[0], row, input)).doubleValue());
            }
            List<Object> result = new ArrayList<>();
            for (double[] bin : histogram.bins) {
                result.add(List.of(value(bin[0], output), bin[1]));
            }
            return result;
        };
    }

    private static Object value(double center, DataType type) {
        return switch (type) {
            case AtomicType.FLOAT -> (float) center;
            case AtomicType.BYTE -> (byte) center;
            case AtomicType.SHORT -> (short) center;
            case DecimalType decimal ->
                    BigDecimal.valueOf(center).setScale(decimal.scale(), RoundingMode.HALF_UP);
            case AtomicType.DOUBLE -> center;
            default ->
                    type.storage() == io.troupe.planner.type.Storage.INT
                            ? (Object) (int) center
                            : (Object) (long) center;
        };
    }

    private void add(double value) {
        int at = 0;
        while (at < bins.size() && bins.get(at)[0] < value) {
            at++;
        }
        if (at < bins.size() && bins.get(at)[0] == value) {
            bins.get(at)[1]++;
            return;
        }
        bins.add(at, new double[] {value, 1});
        if (bins.size() > limit) {
            mergeNearest();
        }
    }

    private void mergeNearest() {
        int best = 0;
        double least = bins.get(1)[0] - bins.get(0)[0];
        int equals = 1;
        for (int i = 1; i + 1 < bins.size(); i++) {
            double distance = bins.get(i + 1)[0] - bins.get(i)[0];
            if (distance < least) {
                least = distance;
                best = i;
                equals = 1;
            } else if (distance == least && random.nextDouble() <= 1.0 / ++equals) {
                best = i;
            }
        }
        double[] left = bins.get(best);
        double[] right = bins.remove(best + 1);
        double weight = left[1] + right[1];
        left[0] = left[0] * (left[1] / weight) + right[0] / weight * right[1];
        left[1] = weight;
    }
}
