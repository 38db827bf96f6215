package io.troupe.planner.optimizer.rule;

import io.troupe.planner.expression.Aggregate;
import io.troupe.planner.expression.AggregateCall;
import io.troupe.planner.expression.Attribute;
import io.troupe.planner.expression.Call;
import io.troupe.planner.expression.CaseWhen;
import io.troupe.planner.expression.Expression;
import io.troupe.planner.expression.Expressions;
import io.troupe.planner.expression.Literal;
import io.troupe.planner.expression.Named;
import io.troupe.planner.expression.Subquery;
import io.troupe.planner.logical.Aggregation;
import io.troupe.planner.logical.Filter;
import io.troupe.planner.logical.FreshCopy;
import io.troupe.planner.logical.Join;
import io.troupe.planner.logical.JoinKind;
import io.troupe.planner.logical.Limit;
import io.troupe.planner.logical.LogicalPlan;
import io.troupe.planner.logical.OneRow;
import io.troupe.planner.logical.Project;
import io.troupe.planner.logical.Sort;
import io.troupe.planner.optimizer.rule.UnnestSubqueries.Reading;
import io.troupe.planner.type.AtomicType;
import io.troupe.planner.type.MapType;
import io.troupe.planner.type.StringType;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// A plan that grows by a join for each subquery found in an expression over it.
final class SubqueryAttachment {
    private final RuleContext context;
    private LogicalPlan plan;

    SubqueryAttachment(LogicalPlan plan, RuleContext context) {
        this.plan = plan;
        this.context = context;
    }

    /// The plan with the joins of all subqueries replaced so far.
    LogicalPlan plan() {
        return plan;
    }

    /// Puts columns in place of subqueries. `reading` tells what a null means to those who use the
    /// expression.
    Expression replace(Expression expression, Reading reading) {
        return switch (expression) {
            case Subquery subquery -> {
                List<Expression> values =
                        subquery.values().stream()
                                .map(value -> replace(value, Reading.EXACT))
                                .toList();
                Subquery ready = new Subquery(subquery.kind(), subquery.plan(), values);
                yield ready.kind() == Subquery.Kind.SCALAR ? scalar(ready) : found(ready, reading);
            }
            case Call call when call.is("not") ->
                    call.withChildren(List.of(replace(call.argument(0), reading.negated())));
            case Call call when call.is("and") || call.is("or") ->
                    call.withChildren(
                            call.children().stream().map(part -> replace(part, reading)).toList());
            default ->
                    Expressions.hasSubquery(expression)
                            ? expression.withChildren(
                                    expression.children().stream()
                                            .map(child -> replace(child, Reading.EXACT))
                                            .toList())
                            : expression;
        };
    }

    /// In a select list an IN without a match is false, also where a comparison is null: so Spark
    /// answers.
    Expression replace(Expression expression) {
        return replace(expression, Reading.NULL_IS_FALSE);
    }

    /// EXISTS and IN. `a IN q` is null where it has no match and a comparison is null.
    private Expression found(Subquery subquery, Reading reading) {
        boolean unsure =
                subquery.kind() == Subquery.Kind.IN
                        && UnnestSubqueries.equalities(subquery).stream()
                                .anyMatch(Expression::nullable);
        if (!unsure || reading == Reading.NULL_IS_FALSE) {
            return existence(subquery, false);
        }
        if (reading == Reading.NULL_IS_TRUE) {
            return existence(subquery, true);
        }
        Expression match = existence(subquery, false);
        LogicalPlan again = FreshCopy.of((LogicalPlan) subquery.plan(), context.ids()).plan();
        Expression possible =
                existence(new Subquery(Subquery.Kind.IN, again, subquery.values()), true);
        return new CaseWhen(
                List.of(
                        new CaseWhen.Branch(match, Literal.TRUE),
                        new CaseWhen.Branch(possible, Literal.ofNull(AtomicType.BOOLEAN))),
                Literal.FALSE,
                AtomicType.BOOLEAN);
    }

    private Expression existence(Subquery subquery, boolean nullCounts) {
        Decorrelator decorrelator = new Decorrelator(plan, context.ids());
        Decorrelator.Pulled pulled =
                decorrelator.pull(
                        UnnestSubqueries.trimmed((LogicalPlan) subquery.plan(), subquery.kind()),
                        false);
        List<Expression> all = new ArrayList<>();
        for (Expression equality : UnnestSubqueries.equalities(subquery)) {
            all.add(nullCounts ? UnnestSubqueries.orNull(equality) : equality);
        }
        all.addAll(UnnestSubqueries.plain(pulled.conditions(), plan));
        Attribute exists = context.ids().attribute("exists", AtomicType.BOOLEAN, false);
        plan =
                new Join(
                        plan,
                        pulled.plan(),
                        JoinKind.EXISTENCE,
                        Expressions.conjunction(all),
                        exists,
                        false);
        return exists;
    }

    private Expression scalar(Subquery subquery) {
        LogicalPlan query = (LogicalPlan) subquery.plan();
        Attribute value = query.output().getFirst();
        Decorrelator decorrelator = new Decorrelator(plan, context.ids());
        Decorrelator.Pulled pulled = decorrelator.pull(query, true);
        List<Expression> conditions = UnnestSubqueries.plain(pulled.conditions(), plan);
        LogicalPlan right = pulled.plan();
        if (pulled.defaults() != null) {
            Attribute marker = context.ids().attribute("matched", AtomicType.BOOLEAN, false);
            List<Named> columns = new ArrayList<>(right.output().stream().map(Named::of).toList());
            columns.add(new Named(marker, Literal.TRUE));
            plan =
                    new Join(
                            plan,
                            new Project(right, columns),
                            JoinKind.LEFT,
                            Expressions.conjunction(conditions));
            return Decorrelator.orDefault(
                    value.withNullable(true), marker, pulled.defaults().get(value));
        }
        if (isSingleRow(query)) {
            JoinKind kind =
                    conditions.isEmpty() && alwaysOneRow(right) ? JoinKind.INNER : JoinKind.LEFT;
            plan = new Join(plan, right, kind, Expressions.conjunction(conditions));
            return value.withNullable(true);
        }
        return checked(right, value, conditions);
    }

    /// Counts the rows per outer row, and raises the error where a row with several is used.
    private Expression checked(LogicalPlan right, Attribute value, List<Expression> conditions) {
        Set<Attribute> rightColumns = new HashSet<>(right.output());
        List<Named> keys = new ArrayList<>();
        for (Attribute attribute : Expressions.references(conditions)) {
            if (rightColumns.contains(attribute)) {
                keys.add(Named.of(attribute));
            }
        }
        Attribute first = context.ids().attribute(value.name(), value.type(), true);
        Attribute rows = context.ids().attribute("rows", AtomicType.LONG, true);
        LogicalPlan counted =
                new Aggregation(
                        right,
                        keys,
                        List.of(
                                new Aggregate(
                                        first,
                                        new AggregateCall(
                                                "first", List.of(value), value.type(), true)),
                                new Aggregate(
                                        rows,
                                        new AggregateCall(
                                                "count", List.of(), AtomicType.LONG, false))));
        JoinKind kind = conditions.isEmpty() ? JoinKind.INNER : JoinKind.LEFT;
        plan = new Join(plan, counted, kind, Expressions.conjunction(conditions));
        Expression tooMany =
                new Call(
                        "raise_error",
                        List.of(
                                Literal.of("SCALAR_SUBQUERY_TOO_MANY_ROWS"),
                                new Literal(
                                        List.of(),
                                        new MapType(StringType.STRING, StringType.STRING, false))),
                        value.type(),
                        true);
        Expression several = Expressions.booleanCall(">", rows, Literal.of(1L));
        return new CaseWhen(List.of(new CaseWhen.Branch(several, tooMany)), first, value.type());
    }

    private static boolean alwaysOneRow(LogicalPlan plan) {
        return switch (plan) {
            case Aggregation aggregation -> aggregation.groupings().isEmpty();
            case Project project -> alwaysOneRow(project.child());
            case Sort sort -> alwaysOneRow(sort.child());
            default -> false;
        };
    }

    private static boolean isSingleRow(LogicalPlan plan) {
        return switch (plan) {
            case Aggregation aggregation -> aggregation.groupings().isEmpty();
            case Limit limit -> limit.count() <= 1;
            case Project project -> isSingleRow(project.child());
            case Filter filter -> isSingleRow(filter.child());
            case Sort sort -> isSingleRow(sort.child());
            case OneRow _ -> true;
            default -> false;
        };
    }

    /// What an aggregate gives over no rows.
    static Expression emptyValue(AggregateCall call) {
        return switch (call.function()) {
            case "count", "count_if", "approx_count_distinct", "regr_count" ->
                    new Literal(0L, AtomicType.LONG);
            case "collect_list", "collect_set", "array_agg", "approx_top_k" ->
                    new Literal(List.of(), call.type());
            default -> Literal.ofNull(call.type());
        };
    }
}
