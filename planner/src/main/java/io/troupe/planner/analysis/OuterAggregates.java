package io.troupe.planner.analysis;

import static io.troupe.planner.error.Conditions.quoted;

import io.troupe.planner.expression.AggregateCall;
import io.troupe.planner.expression.Attribute;
import io.troupe.planner.expression.Expression;
import io.troupe.planner.expression.Expressions;
import io.troupe.planner.expression.OuterReference;
import io.troupe.planner.expression.SortOrder;
import io.troupe.planner.function.Typed;
import java.util.ArrayList;
import java.util.List;

/// Aggregate functions in a nested query over columns of the enclosing one (`HAVING EXISTS (… WHERE
/// x < min(outer.y))`): the enclosing query computes them.
final class OuterAggregates {
    private OuterAggregates() {}

    /// @return the enclosing query's aggregate as an outer reference, null when the function is
    ///   this query's own
    static Typed hoisted(FunctionAnalyzer.ResolvedAggregate resolved, Scope scope) {
        AggregateCall call = resolved.call();
        List<Expression> parts = new ArrayList<>(call.arguments());
        if (call.filter() != null) {
            parts.add(call.filter());
        }
        boolean outer = parts.stream().anyMatch(Expressions::hasOuterReference);
        if (!outer || scope.outer() == null) {
            return null;
        }
        if (!Expressions.references(parts).isEmpty()) {
            throw AnalysisErrors.unsupportedSubquery(
                    "AGGREGATE_FUNCTION_MIXED_OUTER_LOCAL_REFERENCES", "function", resolved.text());
        }
        ExpressionAnalyzer clause = scope.outer().clause();
        if (clause == null || !clause.hoistsAggregates()) {
            throw AnalysisErrors.unsupportedSubquery(
                    "CORRELATED_REFERENCE", "sqlExprs", quoted(resolved.text()));
        }
        AggregateCall own =
                new AggregateCall(
                        call.function(),
                        call.arguments().stream().map(OuterAggregates::inner).toList(),
                        call.distinct(),
                        call.filter() == null ? null : inner(call.filter()),
                        call.order().stream()
                                .map(o ->
                                        new SortOrder(
                                                inner(o.expression()),
                                                o.ascending(),
                                                o.nullsFirst()))
                                .toList(),
                        call.type(),
                        call.nullable(),
                        call.python());
        Attribute column = clause.extraction.aggregate(own, resolved.text());
        return new Typed(new OuterReference(column), resolved.text());
    }

    private static Expression inner(Expression expression) {
        return Expressions.transformUp(
                expression,
                node -> node instanceof OuterReference reference ? reference.attribute() : node);
    }
}
