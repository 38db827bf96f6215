package io.troupe.columnar.pipeline;

import io.troupe.columnar.compile.ExpressionCompiler;
import io.troupe.columnar.compile.VectorFunction;
import io.troupe.columnar.compile.VectorPredicate;
import io.troupe.columnar.kernel.EvaluationSettings;
import io.troupe.columnar.operator.QuerySettings;
import io.troupe.columnar.operator.TaskContext;
import io.troupe.planner.expression.Attribute;
import io.troupe.planner.expression.Expression;
import java.util.List;

/// The expression compiler under the settings of a task.
public final class CompiledExpressions implements ExpressionPort {
    private final EvaluationSettings settings;

    /// A compiler for one task.
    public CompiledExpressions(TaskContext context) {
        QuerySettings query = context.settings();
        settings =
                new EvaluationSettings(
                        query.ansi(),
                        EvaluationSettings.zone(query.timeZone()),
                        query.now(),
                        query.user(),
                        query.database(),
                        context.partition(),
                        query.conf());
    }

    @Override
    public VectorFunction function(Expression expression, List<Attribute> input) {
        return ExpressionCompiler.compile(expression, input, settings);
    }

    @Override
    public VectorPredicate predicate(Expression condition, List<Attribute> input) {
        return ExpressionCompiler.compilePredicate(condition, input, settings);
    }
}
