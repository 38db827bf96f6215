package io.troupe.planner.function;

import io.troupe.planner.expression.AggregateCall;
import io.troupe.planner.expression.Expression;
import io.troupe.planner.type.ArrayType;
import io.troupe.planner.type.AtomicType;
import io.troupe.planner.type.DataType;
import io.troupe.planner.type.DecimalType;
import io.troupe.planner.type.StructField;
import io.troupe.planner.type.StructType;
import java.util.ArrayList;
import java.util.List;

/// The columns that carry an aggregate between its partial and its final step.
///
/// | functions | state |
/// |---|---|
/// | `count` | count (bigint, never null) |
/// | `sum`, `min`, `max`, `bit_*`, `bool_*`, `product` | the value so far; null: none yet |
/// | `avg` | sum (double, or the decimal with ten more digits, or the interval), count |
/// | `first`, `last`, `any_value` | value, set (boolean) |
/// | `min_by`, `max_by` | value, ordering value; a null ordering value: none yet |
/// | variance family | count, mean, sum of squared differences (and third, fourth moments) as doubles |
/// | `corr`, `covar_*`, `regr_*` | count, mean x, mean y, co-moment, squared differences of x and y as doubles |
/// | `approx_count_distinct` | registers (binary) |
/// | all others | the values seen: array of the first argument, or of a struct of all arguments when there are several |
public final class AggregateState {
    private static final DataType DOUBLE = AtomicType.DOUBLE;
    private static final DataType LONG = AtomicType.LONG;

    private AggregateState() {}

    public static List<DataType> of(AggregateCall call) {
        return switch (call.function()) {
            case "count", "count_if" -> List.of(LONG);
            case "sum",
                    "try_sum",
                    "min",
                    "max",
                    "bit_and",
                    "bit_or",
                    "bit_xor",
                    "bool_and",
                    "bool_or",
                    "every",
                    "some",
                    "any",
                    "product" ->
                    List.of(call.type());
            case "avg", "mean", "try_avg" ->
                    List.of(averageSum(call.arguments().getFirst().type()), LONG);
            case "first", "last", "first_value", "last_value", "any_value" ->
                    List.of(call.type(), AtomicType.BOOLEAN);
            case "min_by", "max_by" ->
                    call.arguments().size() == 2
                            ? List.of(call.type(), call.arguments().get(1).type())
                            : List.of(collected(call));
            case "stddev", "std", "stddev_samp", "stddev_pop", "variance", "var_samp", "var_pop" ->
                    List.of(DOUBLE, DOUBLE, DOUBLE);
            case "skewness" -> List.of(DOUBLE, DOUBLE, DOUBLE, DOUBLE);
            case "kurtosis" -> List.of(DOUBLE, DOUBLE, DOUBLE, DOUBLE, DOUBLE);
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
                    List.of(DOUBLE, DOUBLE, DOUBLE, DOUBLE, DOUBLE, DOUBLE);
            case "approx_count_distinct" -> List.of(AtomicType.BINARY);
            default -> List.of(collected(call));
        };
    }

    private static DataType averageSum(DataType input) {
        return switch (input) {
            case DecimalType decimal ->
                    new DecimalType(
                            Math.min(DecimalType.MAX_PRECISION, decimal.precision() + 10),
                            decimal.scale());
            case AtomicType _ -> DOUBLE;
            default -> input;
        };
    }

    private static DataType collected(AggregateCall call) {
        List<Expression> values = new ArrayList<>(call.arguments());
        call.order().forEach(order -> values.add(order.expression()));
        if (values.size() == 1) {
            return new ArrayType(values.getFirst().type(), true);
        }
        List<StructField> fields = new ArrayList<>();
        for (Expression value : values) {
            fields.add(new StructField("c" + fields.size(), value.type(), true));
        }
        return new ArrayType(new StructType(fields), true);
    }
}
