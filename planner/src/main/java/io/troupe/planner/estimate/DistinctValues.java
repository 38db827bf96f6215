package io.troupe.planner.estimate;

import io.troupe.planner.expression.Attribute;
import io.troupe.planner.expression.Call;
import io.troupe.planner.expression.CaseWhen;
import io.troupe.planner.expression.Cast;
import io.troupe.planner.expression.Expression;
import io.troupe.planner.expression.Expressions;
import io.troupe.planner.expression.Literal;
import io.troupe.planner.type.AtomicType;
import java.util.List;
import java.util.Map;

/// How many different values an expression can have.
final class DistinctValues {
    static final double UNKNOWN = -1;

    /// Functions with few results, whatever their arguments are.
    private static final Map<String, Double> FEW =
            Map.ofEntries(
                    Map.entry("quarter", 4.0),
                    Map.entry("month", 12.0),
                    Map.entry("day", 31.0),
                    Map.entry("dayofmonth", 31.0),
                    Map.entry("dayofyear", 366.0),
                    Map.entry("dayofweek", 7.0),
                    Map.entry("weekday", 7.0),
                    Map.entry("weekofyear", 53.0),
                    Map.entry("hour", 24.0),
                    Map.entry("minute", 60.0),
                    Map.entry("second", 60.0));

    private DistinctValues() {}

    /// At most this many over the input's rows; [#UNKNOWN] where nothing bounds them.
    static double of(Expression expression, Estimate input) {
        double most = bound(expression, input);
        double limited = expression.type() == AtomicType.BOOLEAN ? least(most, 2) : most;
        return limited < 0 ? UNKNOWN : Math.max(1, Math.min(limited, input.rows()));
    }

    private static double bound(Expression expression, Estimate input) {
        return switch (expression) {
            case Literal _ -> 1;
            case Attribute attribute -> input.column(attribute).distinct();
            case Cast cast -> of(cast.child(), input);
            case CaseWhen choice -> {
                double sum = of(choice.otherwise(), input);
                for (CaseWhen.Branch branch : choice.branches()) {
                    double values = of(branch.value(), input);
                    sum = sum < 0 || values < 0 ? UNKNOWN : sum + values;
                }
                yield least(sum, together(expression, input));
            }
            case Call call -> least(byFunction(call), together(call, input));
            default -> together(expression, input);
        };
    }

    private static double byFunction(Call call) {
        if (call.is("%") || call.is("pmod")) {
            double divisor = Math.abs(Selectivity.number(call.argument(1)));
            double signs = call.is("pmod") ? 1 : 2;
            boolean whole = call.type() instanceof AtomicType type && type.isIntegral();
            return whole && divisor >= 1 ? signs * divisor : UNKNOWN;
        }
        return FEW.getOrDefault(call.function(), UNKNOWN);
    }

    /// As many as the columns that it refers to have together.
    private static double together(Expression expression, Estimate input) {
        double product = 1;
        List<Attribute> references = List.copyOf(Expressions.references(expression));
        for (Attribute reference : references) {
            double distinct = input.column(reference).distinct();
            if (distinct < 0) {
                return UNKNOWN;
            }
            product *= Math.max(1, distinct);
        }
        return product;
    }

    private static double least(double one, double other) {
        return one < 0 ? other : other < 0 ? one : Math.min(one, other);
    }
}
