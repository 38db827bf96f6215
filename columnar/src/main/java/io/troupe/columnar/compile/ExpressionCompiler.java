package io.troupe.columnar.compile;

import io.troupe.columnar.kernel.EvaluationSettings;
import io.troupe.planner.expression.Attribute;
import io.troupe.planner.expression.Expression;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Turns resolved expressions into functions over batches whose columns are `input`, by position.
public final class ExpressionCompiler {
    private ExpressionCompiler() {}

    public static VectorFunction compile(
            Expression expression, List<Attribute> input, EvaluationSettings settings) {
        return new FunctionCompiler(ordinals(input), settings).compile(expression);
    }

    /// The condition as a predicate: null counts as false.
    public static VectorPredicate compilePredicate(
            Expression condition, List<Attribute> input, EvaluationSettings settings) {
        return new PredicateBuilder(new FunctionCompiler(ordinals(input), settings))
                .compile(condition);
    }

    private static Map<Long, Integer> ordinals(List<Attribute> input) {
        Map<Long, Integer> ordinals = new HashMap<>();
        for (int i = 0; i < input.size(); i++) {
            ordinals.putIfAbsent(input.get(i).id(), i);
        }
        return ordinals;
    }
}
