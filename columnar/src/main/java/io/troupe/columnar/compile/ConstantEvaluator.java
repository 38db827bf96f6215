package io.troupe.columnar.compile;

import io.troupe.columnar.column.Values;
import io.troupe.columnar.kernel.EvaluationSettings;
import io.troupe.columnar.vector.Batch;
import io.troupe.columnar.vector.Vector;
import io.troupe.planner.expression.Expression;
import java.util.List;

/// Computes expressions without columns.
public final class ConstantEvaluator {
    private ConstantEvaluator() {}

    /// The value in the literal form of [io.troupe.planner.type.DataType]; throws what the
    /// expression throws.
    public static Object evaluate(Expression expression, EvaluationSettings settings) {
        VectorFunction function = ExpressionCompiler.compile(expression, List.of(), settings);
        Vector result = function.evaluate(new Batch(new Vector[0], 1), null, 1);
        return Values.get(result, 0, expression.type());
    }
}
