package io.troupe.columnar.pipeline;

import io.troupe.columnar.compile.VectorFunction;
import io.troupe.columnar.compile.VectorPredicate;
import io.troupe.columnar.operator.TaskContext;
import io.troupe.planner.expression.Attribute;
import io.troupe.planner.expression.Expression;
import java.util.List;

/// The expression compiler under the settings of a task.
final class CompiledExpressions implements ExpressionPort {
    CompiledExpressions(TaskContext context) {}

    @Override
    public VectorFunction function(Expression expression, List<Attribute> input) {
        throw new IllegalStateException("no compiler for " + expression);
    }

    @Override
    public VectorPredicate predicate(Expression condition, List<Attribute> input) {
        throw new IllegalStateException("no compiler for " + condition);
    }
}
