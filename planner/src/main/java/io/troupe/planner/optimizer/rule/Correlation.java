package io.troupe.planner.optimizer.rule;

import io.troupe.planner.expression.Attribute;
import io.troupe.planner.expression.AttributeIds;
import io.troupe.planner.expression.Call;
import io.troupe.planner.expression.Expression;
import io.troupe.planner.expression.Expressions;
import io.troupe.planner.expression.Named;
import io.troupe.planner.expression.OuterReference;
import io.troupe.planner.logical.FreshCopy;
import io.troupe.planner.logical.Join;
import io.troupe.planner.logical.JoinKind;
import io.troupe.planner.logical.LogicalPlan;
import io.troupe.planner.logical.Plans;
import io.troupe.planner.logical.Project;
import io.troupe.planner.type.AtomicType;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// What a subquery's plan refers to in the query around it, and how such references are tied to
/// columns of its own: by an equality that a condition states, or by joining the distinct outer
/// values in.
final class Correlation {
    private final LogicalPlan outer;
    private final Set<Attribute> outerColumns;
    private final AttributeIds ids;

    Correlation(LogicalPlan outer, AttributeIds ids) {
        this.outer = outer;
        this.outerColumns = new LinkedHashSet<>(outer.output());
        this.ids = ids;
    }

    /// Outer columns used anywhere in the plan.
    Set<Attribute> references(LogicalPlan plan) {
        Set<Attribute> found = new LinkedHashSet<>(ownReferences(plan));
        plan.children().forEach(child -> found.addAll(references(child)));
        return found;
    }

    Set<Attribute> ownReferences(LogicalPlan plan) {
        Set<Attribute> found = new LinkedHashSet<>();
        Plans.expressions(plan).forEach(expression -> found.addAll(outerReferences(expression)));
        return found;
    }

    Set<Attribute> outerReferences(Expression expression) {
        Set<Attribute> found = new LinkedHashSet<>();
        Expressions.exists(
                expression,
                node -> {
                    if (node instanceof OuterReference reference
                            && outerColumns.contains(reference.attribute())) {
                        found.add(reference.attribute());
                    }
                    return false;
                });
        return found;
    }

    boolean isCorrelated(Expression expression) {
        return !outerReferences(expression).isEmpty();
    }

    /// Outer columns that a condition equates with an inner column.
    Map<Attribute, Expression> equalColumns(List<Expression> conditions) {
        Map<Attribute, Expression> equal = new LinkedHashMap<>();
        for (Expression condition : conditions) {
            if (condition instanceof Call call && (call.is("=") || call.is("<=>"))) {
                equate(call.argument(0), call.argument(1), equal);
                equate(call.argument(1), call.argument(0), equal);
            }
        }
        return equal;
    }

    private void equate(Expression first, Expression second, Map<Attribute, Expression> equal) {
        if (first instanceof OuterReference reference
                && outerColumns.contains(reference.attribute())
                && second instanceof Attribute inner
                && inner.type().equals(reference.type())) {
            equal.putIfAbsent(reference.attribute(), inner);
        }
    }

    static Expression replaceOuter(
            Expression expression, Map<Attribute, ? extends Expression> values) {
        return Expressions.transformUp(
                expression,
                node ->
                        node instanceof OuterReference reference
                                        && values.containsKey(reference.attribute())
                                ? values.get(reference.attribute())
                                : node);
    }

    /// Makes every column of `needed` available as an inner column.
    Decorrelator.Pulled bound(Decorrelator.Pulled pulled, Set<Attribute> needed) {
        return equalColumns(pulled.conditions()).keySet().containsAll(needed)
                ? pulled
                : closed(pulled, needed);
    }

    /// Makes every condition an equality of an outer value with an inner column, so that grouping
    /// by these columns separates outer rows.
    Decorrelator.Pulled keyed(Decorrelator.Pulled pulled) {
        List<Named> computed = new ArrayList<>();
        List<Expression> conditions = new ArrayList<>();
        for (Expression condition : pulled.conditions()) {
            Expression[] sides = sides(condition);
            if (sides == null) {
                return closed(pulled, Set.of());
            }
            Attribute key;
            if (sides[1] instanceof Attribute attribute) {
                key = attribute;
            } else {
                key = ids.attribute("key", sides[1].type(), sides[1].nullable());
                computed.add(new Named(key, sides[1]));
            }
            Call call = (Call) condition;
            conditions.add(
                    new Call(
                            call.function(), List.of(sides[0], key), call.type(), call.nullable()));
        }
        if (computed.isEmpty()) {
            return new Decorrelator.Pulled(pulled.plan(), conditions, null);
        }
        List<Named> columns =
                new ArrayList<>(pulled.plan().output().stream().map(Named::of).toList());
        columns.addAll(computed);
        return new Decorrelator.Pulled(new Project(pulled.plan(), columns), conditions, null);
    }

    /// The outer and the inner side of an equality that has one of each, else null.
    private Expression[] sides(Expression condition) {
        if (condition instanceof Call call && (call.is("=") || call.is("<=>"))) {
            Expression first = call.argument(0);
            Expression second = call.argument(1);
            if (isOuterOnly(first) && !isCorrelated(second)) {
                return new Expression[] {first, second};
            }
            if (isOuterOnly(second) && !isCorrelated(first)) {
                return new Expression[] {second, first};
            }
        }
        return null;
    }

    private boolean isOuterOnly(Expression expression) {
        return isCorrelated(expression) && Expressions.references(expression).isEmpty();
    }

    /// Joins the distinct outer values in and applies the conditions here: what is left are
    /// equalities with the domain's columns.
    Decorrelator.Pulled closed(Decorrelator.Pulled pulled, Set<Attribute> alsoNeeded) {
        Set<Attribute> needed = new LinkedHashSet<>(alsoNeeded);
        pulled.conditions().forEach(condition -> needed.addAll(outerReferences(condition)));
        Domain domain = domain(needed);
        List<Expression> here =
                pulled.conditions().stream().map(c -> replaceOuter(c, domain.columns())).toList();
        LogicalPlan joined =
                new Join(
                        domain.plan(),
                        pulled.plan(),
                        JoinKind.INNER,
                        Expressions.conjunction(here));
        return new Decorrelator.Pulled(joined, domain.conditions(), null);
    }

    record Domain(
            LogicalPlan plan, Map<Attribute, Attribute> columns, List<Expression> conditions) {}

    Domain domain(Set<Attribute> needed) {
        FreshCopy copy = FreshCopy.of(outer, ids);
        List<Named> columns = new ArrayList<>();
        Map<Attribute, Attribute> renamed = new LinkedHashMap<>();
        List<Expression> conditions = new ArrayList<>();
        for (Attribute attribute : needed) {
            Attribute own = ids.copy(attribute);
            columns.add(new Named(own, copy.renamed(attribute)));
            renamed.put(attribute, own);
            conditions.add(
                    new Call(
                            "<=>",
                            List.of(new OuterReference(attribute), own),
                            AtomicType.BOOLEAN,
                            false));
        }
        return new Domain(
                ReplaceSetOperations.distinct(new Project(copy.plan(), columns)),
                renamed,
                conditions);
    }
}
