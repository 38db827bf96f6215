package io.troupe.columnar.source.filter;

import io.troupe.columnar.compile.VectorPredicate;
import io.troupe.planner.expression.Attribute;
import io.troupe.planner.expression.Expression;
import java.util.List;

/// Compiles a condition over batches whose columns are `input`. Given by whoever builds the
/// operators.
@FunctionalInterface
public interface PredicateCompiler {
    VectorPredicate compile(Expression condition, List<Attribute> input);
}
