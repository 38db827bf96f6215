package io.troupe.columnar.operator.aggregate;

import io.troupe.planner.expression.AggregateCall;
import io.troupe.planner.expression.Expression;
import io.troupe.planner.expression.Literal;
import io.troupe.planner.function.AggregateState;
import io.troupe.planner.type.AtomicType;
import io.troupe.planner.type.DataType;
import io.troupe.planner.type.DayTimeIntervalType;
import io.troupe.planner.type.DecimalType;
import io.troupe.planner.type.Storage;
import io.troupe.planner.type.YearMonthIntervalType;
import java.util.ArrayList;
import java.util.List;

/// Which accumulator computes which aggregate function.
final class AggregateFunctions {
    private AggregateFunctions() {}

    /// Number of state columns of the call.
    static int stateWidth(AggregateCall call) {
        return AggregateState.of(call).size();
    }

    static int scale(DataType type) {
        return type instanceof DecimalType decimal ? decimal.scale() : 0;
    }

    /// Functions with equal kinds over equal arguments share an accumulator; empty: never.
    static String sharingKind(AggregateCall call) {
        return switch (call.function()) {
            case "sum" ->
                    call.type() instanceof DecimalType || call.type() == AtomicType.DOUBLE
                            ? "avgsum"
                            : "sum";
            case "min", "max", "count_if" -> call.function();
            default -> "";
        };
    }

    /// The expressions whose columns an accumulator reads: of functions with an order within the
    /// group, the order's too.
    static List<Expression> inputs(AggregateCall call) {
        List<Expression> inputs = new ArrayList<>(call.arguments());
        call.order().forEach(order -> inputs.add(order.expression()));
        return inputs;
    }

    static List<DataType> collectedTypes(AggregateCall call) {
        return inputs(call).stream().map(Expression::type).toList();
    }

    /// The running sum of an average.
    static Accumulator averageSum(AggregateCall call) {
        DataType argument = call.arguments().getFirst().type();
        boolean tolerant = call.function().startsWith("try_");
        return switch (argument) {
            case DecimalType decimal ->
                    new DecimalSum(
                            decimal.storage(),
                            new DecimalType(
                                    Math.min(38, decimal.precision() + 10), decimal.scale()),
                            tolerant
                                    ? null
                                    : call.function().equals("sum") ? "try_sum" : "try_avg");
            case DayTimeIntervalType _, YearMonthIntervalType _ ->
                    new LongFold(
                            tolerant ? LongFold.Operation.TRY_SUM : LongFold.Operation.SUM,
                            argument.storage(),
                            true);
            default -> new DoubleFold(DoubleFold.Operation.SUM, Storage.DOUBLE, 0);
        };
    }

    static Accumulator create(AggregateCall call) {
        String function = call.function();
        return switch (function) {
            case "count" -> new CountAccumulator(false);
            case "count_if" -> new CountAccumulator(true);
            case "sum", "try_sum" -> sum(call);
            case "min" ->
                    extremum(
                            call,
                            LongFold.Operation.MIN,
                            DoubleFold.Operation.MIN,
                            Choice.Rule.LEAST);
            case "max" ->
                    extremum(
                            call,
                            LongFold.Operation.MAX,
                            DoubleFold.Operation.MAX,
                            Choice.Rule.GREATEST);
            case "bit_and" -> new LongFold(LongFold.Operation.AND, call.type().storage(), false);
            case "bit_or" -> new LongFold(LongFold.Operation.OR, call.type().storage(), false);
            case "bit_xor" -> new LongFold(LongFold.Operation.XOR, call.type().storage(), false);
            case "bool_and", "every" ->
                    new LongFold(LongFold.Operation.MIN, Storage.BOOLEAN, false);
            case "bool_or", "some", "any" ->
                    new LongFold(LongFold.Operation.MAX, Storage.BOOLEAN, false);
            case "product" ->
                    new DoubleFold(
                            DoubleFold.Operation.PRODUCT,
                            Storage.DOUBLE,
                            scale(call.arguments().getFirst().type()));
            case "first", "first_value", "any_value" ->
                    new Choice(Choice.Rule.FIRST, ignoresNulls(call), call.type(), null);
            case "last", "last_value" ->
                    new Choice(Choice.Rule.LAST, ignoresNulls(call), call.type(), null);
            case "min_by", "max_by" -> by(call);
            case "stddev", "std", "stddev_samp", "stddev_pop", "variance", "var_samp", "var_pop" ->
                    moments(call, 2);
            case "skewness" -> moments(call, 3);
            case "kurtosis" -> moments(call, 4);
            case "corr",
                    "covar_pop",
                    "covar_samp",
                    "regr_avgx",
                    "regr_avgy",
                    "regr_count",
                    "regr_intercept",
                    "regr_r2",
                    "regr_slope",
                    "regr_sxx",
                    "regr_sxy",
                    "regr_syy" ->
                    new Covariance(
                            function,
                            scale(call.arguments().get(0).type()),
                            scale(call.arguments().get(1).type()));
            case "approx_count_distinct" -> new HyperLogLog(deviation(call));
            default -> Finishers.collected(call);
        };
    }

    private static Accumulator moments(AggregateCall call, int order) {
        return new Moments(call.function(), order, scale(call.arguments().getFirst().type()));
    }

    private static Accumulator by(AggregateCall call) {
        return call.arguments().size() > 2
                ? Finishers.collected(call)
                : new Choice(
                        call.function().equals("min_by") ? Choice.Rule.LEAST : Choice.Rule.GREATEST,
                        false,
                        call.type(),
                        call.arguments().get(1).type());
    }

    private static double deviation(AggregateCall call) {
        return call.arguments().size() > 1 && call.arguments().get(1) instanceof Literal literal
                ? ((Number) literal.value()).doubleValue()
                : 0.05;
    }

    private static boolean ignoresNulls(AggregateCall call) {
        return call.arguments().size() > 1
                && call.arguments().get(1) instanceof Literal literal
                && Boolean.TRUE.equals(literal.value());
    }

    private static Accumulator sum(AggregateCall call) {
        boolean tolerant = call.function().startsWith("try_");
        DataType type = call.type();
        return switch (type) {
            case DecimalType decimal ->
                    new DecimalSum(
                            call.arguments().getFirst().type().storage(),
                            decimal,
                            tolerant ? null : "try_sum");
            case AtomicType.DOUBLE -> new DoubleFold(DoubleFold.Operation.SUM, Storage.DOUBLE, 0);
            default ->
                    new LongFold(
                            tolerant ? LongFold.Operation.TRY_SUM : LongFold.Operation.SUM,
                            type.storage(),
                            type != AtomicType.LONG);
        };
    }

    private static Accumulator extremum(
            AggregateCall call,
            LongFold.Operation longs,
            DoubleFold.Operation doubles,
            Choice.Rule rule) {
        Storage storage = call.type().storage();
        return switch (storage) {
            case BOOLEAN, INT, LONG -> new LongFold(longs, storage, false);
            case FLOAT, DOUBLE -> new DoubleFold(doubles, storage, 0);
            default -> new Choice(rule, true, call.type(), null);
        };
    }
}
