package io.troupe.columnar.operator.window;

import io.troupe.columnar.column.ColumnBuilder;
import io.troupe.columnar.column.Gather;
import io.troupe.columnar.column.Values;
import io.troupe.columnar.operator.aggregate.SingleAggregate;
import io.troupe.columnar.vector.Decimal128Vector;
import io.troupe.columnar.vector.IntVector;
import io.troupe.columnar.vector.LongVector;
import io.troupe.columnar.vector.Vector;
import io.troupe.planner.expression.AggregateCall;
import io.troupe.planner.expression.Expression;
import io.troupe.planner.type.AtomicType;
import io.troupe.planner.type.DecimalType;
import java.math.BigDecimal;

/// Counts, and exact sums of integers and decimals, over any frames: running totals in 128 bits,
/// and their differences.
final class RunningSums {
    private final AggregateCall call;
    private final int rows;
    private final int[] counts;
    private final long[] high;
    private final long[] low;

    RunningSums(AggregateCall call, Chunk chunk, Vector[] arguments) {
        this.call = call;
        this.rows = chunk.rows;
        counts = new int[rows + 1];
        high = new long[rows + 1];
        low = new long[rows + 1];
        boolean sums = !call.function().equals("count");
        Vector values = sums ? Gather.flat(arguments[0]) : null;
        for (int row = 0; row < rows; row++) {
            boolean present = true;
            for (Vector argument : arguments) {
                present &= !argument.isNull(row);
            }
            counts[row + 1] = counts[row] + (present ? 1 : 0);
            high[row + 1] = high[row];
            low[row + 1] = low[row];
            if (sums && present) {
                add(row + 1, values, row);
            }
        }
    }

    /// Whether the aggregate is a count or an exact sum. Averages of integers are left out: they
    /// are sums of doubles.
    static boolean handles(AggregateCall call) {
        if (call.function().equals("count")) {
            return true;
        }
        Expression argument = call.arguments().isEmpty() ? null : call.arguments().getFirst();
        return call.function().equals("sum")
                && (argument.type().isIntegral() && call.type() == AtomicType.LONG
                        || argument.type() instanceof DecimalType);
    }

    private void add(int at, Vector values, int row) {
        long addLow;
        long addHigh;
        switch (values) {
            case IntVector ints -> {
                addLow = ints.values()[row];
                addHigh = addLow >> 63;
            }
            case LongVector longs -> {
                addLow = longs.values()[row];
                addHigh = addLow >> 63;
            }
            case Decimal128Vector wide -> {
                addLow = wide.low()[row];
                addHigh = wide.high()[row];
            }
            default -> throw new IllegalStateException(values.getClass().getName());
        }
        long old = low[at];
        low[at] = old + addLow;
        high[at] += addHigh + (Long.compareUnsigned(low[at], old) < 0 ? 1 : 0);
    }

    Vector over(int[] from, int[] to) {
        ColumnBuilder builder = ColumnBuilder.of(call.type());
        boolean count = call.function().equals("count");
        if (count) {
            long[] numbers = new long[rows];
            for (int row = 0; row < rows; row++) {
                numbers[row] = to[row] <= from[row] ? 0 : counts[to[row]] - counts[from[row]];
            }
            return new LongVector(numbers, rows, null);
        }
        for (int row = 0; row < rows; row++) {
            boolean empty = to[row] <= from[row] || counts[to[row]] == counts[from[row]];
            builder.appendValue(empty ? null : difference(from[row], to[row]));
        }
        return builder.build();
    }

    private Object difference(int from, int to) {
        long lower = low[to] - low[from];
        long borrow = Long.compareUnsigned(low[to], low[from]) < 0 ? 1 : 0;
        long upper = high[to] - high[from] - borrow;
        if (call.type() == AtomicType.LONG) {
            if (upper != lower >> 63) {
                throw SingleAggregate.overflow(call);
            }
            return lower;
        }
        DecimalType type = (DecimalType) call.type();
        BigDecimal sum = new BigDecimal(Values.unscaled(upper, lower), type.scale());
        if (sum.precision() > type.precision()) {
            throw SingleAggregate.overflow(call);
        }
        return sum;
    }
}
