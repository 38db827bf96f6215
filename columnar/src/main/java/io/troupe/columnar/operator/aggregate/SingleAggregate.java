package io.troupe.columnar.operator.aggregate;

import io.troupe.columnar.vector.Vector;
import io.troupe.planner.error.TroupeException;
import io.troupe.planner.expression.AggregateCall;
import io.troupe.planner.expression.Expression;
import io.troupe.planner.type.DecimalType;
import java.util.List;

/// One aggregate over numbered groups, for operators that keep groups in their own way.
public final class SingleAggregate {
    private final Accumulator main;
    private final CountAccumulator count;
    private final Average average;

    public SingleAggregate(AggregateCall call) {
        switch (call.function()) {
            case "avg", "mean", "try_avg" -> {
                main = AggregateFunctions.averageSum(call);
                count = new CountAccumulator(false);
                int scale = AggregateFunctions.scale(call.arguments().getFirst().type());
                average = new Average(main, count, call.type(), scale);
            }
            default -> {
                main = AggregateFunctions.create(call);
                count = null;
                average = null;
            }
        }
    }

    /// The expressions whose columns `update` takes.
    public static List<Expression> inputs(AggregateCall call) {
        return AggregateFunctions.inputs(call);
    }

    /// The error of a sum beyond its type.
    public static TroupeException overflow(AggregateCall call) {
        return call.type() instanceof DecimalType
                ? AggregateErrors.decimalOverflow("try_sum")
                : AggregateErrors.longOverflow();
    }

    /// Whether results may be taken between updates.
    public boolean incremental() {
        return !(main instanceof Collected);
    }

    /// Adds rows to groups below `groupCount`; see [Accumulator].
    public void update(Vector[] arguments, int[] rows, int[] groups, int count, int groupCount) {
        main.reserve(groupCount);
        main.update(arguments, rows, groups, count);
        if (average != null) {
            this.count.reserve(groupCount);
            this.count.update(arguments, rows, groups, count);
        }
    }

    /// Makes room for groups that may get no rows.
    public void reserve(int groupCount) {
        main.reserve(groupCount);
        if (average != null) {
            count.reserve(groupCount);
        }
    }

    public Vector result(int from, int groups) {
        return average != null ? average.result(from, groups) : main.result(from, groups);
    }
}
