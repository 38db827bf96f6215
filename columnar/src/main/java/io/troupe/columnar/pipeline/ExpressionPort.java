package io.troupe.columnar.pipeline;

import io.troupe.columnar.compile.VectorFunction;
import io.troupe.columnar.compile.VectorPredicate;
import io.troupe.planner.expression.Attribute;
import io.troupe.planner.expression.Expression;
import java.util.List;

/// Compiles expressions over batches whose columns are `input`.
public interface ExpressionPort {
    VectorFunction function(Expression expression, List<Attribute> input);

    VectorPredicate predicate(Expression condition, List<Attribute> input);
}
