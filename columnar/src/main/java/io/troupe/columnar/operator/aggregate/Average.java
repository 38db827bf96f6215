package io.troupe.columnar.operator.aggregate;

import io.troupe.columnar.column.Bitmap;
import io.troupe.columnar.column.ColumnBuilder;
import io.troupe.columnar.vector.DoubleVector;
import io.troupe.columnar.vector.Vector;
import io.troupe.planner.type.DataType;
import io.troupe.planner.type.DecimalType;
import java.math.BigDecimal;
import java.math.RoundingMode;

/// A sum divided by a count; it only looks at the two, which others may share.
final class Average {
    private final Accumulator sum;
    private final CountAccumulator count;
    private final DataType type;
    private final int scale;

    /// @param scale of the decimal sum
    Average(Accumulator sum, CountAccumulator count, DataType type, int scale) {
        this.sum = sum;
        this.count = count;
        this.type = type;
        this.scale = scale;
    }

    Vector result(int from, int groups) {
        if (sum instanceof DoubleFold doubles) {
            double[] values = new double[groups];
            long[] validity = new long[Bitmap.words(groups)];
            for (int i = 0; i < groups; i++) {
                long n = count.get(from + i);
                values[i] = doubles.get(from + i) / n;
                validity[i >> 6] |= (n == 0 ? 0L : 1L) << i;
            }
            return new DoubleVector(values, groups, validity);
        }
        ColumnBuilder builder = ColumnBuilder.of(type);
        for (int g = from; g < from + groups; g++) {
            builder.appendValue(count.get(g) == 0 ? null : divide(g));
        }
        return builder.build();
    }

    private Object divide(int group) {
        BigDecimal n = BigDecimal.valueOf(count.get(group));
        return switch (sum) {
            case DecimalSum decimals -> {
                yield decimals.present(group)
                        ? checked(
                                Int128.decimal(decimals.high(group), decimals.low(group), scale)
                                        .divide(
                                                n,
                                                ((DecimalType) type).scale(),
                                                RoundingMode.HALF_UP),
                                decimals.tolerant())
                        : null;
            }
            case LongFold longs -> {
                if (!longs.present(group)) {
                    yield null;
                }
                long quotient =
                        BigDecimal.valueOf(longs.get(group))
                                .divide(n, 0, RoundingMode.HALF_UP)
                                .longValueExact();
                yield type.storage() == io.troupe.planner.type.Storage.INT
                        ? (Object) (int) quotient
                        : (Object) quotient;
            }
            default -> throw new IllegalStateException(sum.getClass().getName());
        };
    }

    private BigDecimal checked(BigDecimal quotient, boolean tolerant) {
        DecimalType decimal = (DecimalType) type;
        if (quotient.precision() <= decimal.precision()) {
            return quotient;
        }
        if (tolerant) {
            return null;
        }
        throw AggregateErrors.decimalOutOfRange(
                quotient.toPlainString(), decimal.precision(), decimal.scale());
    }
}
