package io.troupe.planner.optimizer.rule;

import io.troupe.planner.catalog.Sources;
import io.troupe.planner.estimate.Estimator;
import io.troupe.planner.expression.AttributeIds;
import io.troupe.planner.expression.Expression;
import io.troupe.planner.expression.Literal;
import java.util.Optional;

/// What rules may ask. `constants` evaluates an expression without columns; it gives nothing when
/// that raises an error, which must then be raised when the query runs, and only if a row needs it.
/// Inputs of up to `singleTaskRows` are computed by one task. With `translatePython`, Python
/// functions that are plain expressions become built-in ones.
public record RuleContext(
        AttributeIds ids,
        Sources sources,
        ConstantFolder constants,
        long singleTaskRows,
        boolean translatePython) {
    @FunctionalInterface
    public interface ConstantFolder {
        Optional<Literal> fold(Expression expression);
    }

    /// A fresh estimator: estimates are kept per plan node, and nodes change between rules.
    public Estimator estimator() {
        return new Estimator(sources);
    }
}
