package io.troupe.planner.optimizer.rule;

import io.troupe.planner.expression.Attribute;
import io.troupe.planner.expression.Call;
import io.troupe.planner.expression.Expression;
import io.troupe.planner.expression.Expressions;
import io.troupe.planner.expression.Named;
import io.troupe.planner.expression.OuterReference;
import io.troupe.planner.expression.Subquery;
import io.troupe.planner.logical.Filter;
import io.troupe.planner.logical.Join;
import io.troupe.planner.logical.JoinKind;
import io.troupe.planner.logical.Limit;
import io.troupe.planner.logical.LogicalPlan;
import io.troupe.planner.logical.Plans;
import io.troupe.planner.logical.Project;
import io.troupe.planner.logical.Sort;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// Turns subqueries in expressions, and lateral joins, into joins.
///
/// ```
/// Filter(EXISTS(q))       →  semi join with q           Filter(a IN q)      →  semi join on a = q.x
/// Filter(NOT EXISTS(q))   →  anti join                  Filter(a NOT IN q)  →  null-aware anti join
/// (scalar q) anywhere     →  left join with q, and its column in place of the expression
/// other EXISTS, IN        →  existence join, and its boolean column
/// ```
public final class UnnestSubqueries implements Rule {
    @Override
    public LogicalPlan apply(LogicalPlan plan, RuleContext context) {
        return Plans.transformUp(plan, node -> unnest(node, context));
    }

    private LogicalPlan unnest(LogicalPlan plan, RuleContext context) {
        LogicalPlan ready =
                Plans.mapExpressions(
                        plan,
                        root ->
                                Expressions.transformUp(
                                        root,
                                        node ->
                                                node instanceof Subquery subquery
                                                        ? new Subquery(
                                                                subquery.kind(),
                                                                apply(
                                                                        (LogicalPlan)
                                                                                subquery.plan(),
                                                                        context),
                                                                subquery.values())
                                                        : node));
        if (ready instanceof Join join && join.lateral()) {
            return lateral(join, context);
        }
        boolean any = Plans.expressions(ready).stream().anyMatch(Expressions::hasSubquery);
        if (!any) {
            return ready;
        }
        return switch (ready) {
            case Filter filter -> filter(filter, context);
            case Join join -> joinCondition(join, context);
            default -> {
                SubqueryAttachment attachment =
                        new SubqueryAttachment(ready.children().getFirst(), context);
                LogicalPlan mapped = Plans.mapExpressions(ready, attachment::replace);
                LogicalPlan result = mapped.withChildren(List.of(attachment.plan()));
                yield result.output().equals(plan.output())
                        ? result
                        : narrowed(result, plan.output());
            }
        };
    }

    private static LogicalPlan narrowed(LogicalPlan plan, List<Attribute> output) {
        return plan.output().equals(output)
                ? plan
                : new Project(plan, output.stream().map(Named::of).toList());
    }

    private LogicalPlan filter(Filter filter, RuleContext context) {
        LogicalPlan child = filter.child();
        List<Expression> rest = new ArrayList<>();
        for (Expression part : Expressions.conjuncts(filter.condition())) {
            boolean negated = part instanceof Call call && call.is("not");
            Expression inside = negated ? ((Call) part).argument(0) : part;
            if (inside instanceof Subquery subquery
                    && subquery.kind() != Subquery.Kind.SCALAR
                    && !anyNested(subquery)) {
                child = restrict(child, subquery, negated, context);
            } else {
                rest.add(part);
            }
        }
        Expression condition = Expressions.conjunction(rest);
        if (condition == null) {
            return child;
        }
        if (!Expressions.hasSubquery(condition)) {
            return new Filter(child, condition);
        }
        SubqueryAttachment attachment = new SubqueryAttachment(child, context);
        Expression replaced = attachment.replace(condition, Reading.NULL_IS_FALSE);
        return narrowed(new Filter(attachment.plan(), replaced), filter.output());
    }

    private static boolean anyNested(Subquery subquery) {
        return subquery.values().stream().anyMatch(Expressions::hasSubquery);
    }

    /// Semi or anti join for a condition that a row must meet.
    private static LogicalPlan restrict(
            LogicalPlan child, Subquery subquery, boolean negated, RuleContext context) {
        Decorrelator decorrelator = new Decorrelator(child, context.ids());
        Decorrelator.Pulled pulled =
                decorrelator.pull(trimmed((LogicalPlan) subquery.plan(), subquery.kind()), false);
        LogicalPlan right = pulled.plan();
        List<Expression> correlation = plain(pulled.conditions(), child);
        if (subquery.kind() == Subquery.Kind.EXISTS) {
            JoinKind kind = negated ? JoinKind.LEFT_ANTI : JoinKind.LEFT_SEMI;
            return new Join(child, right, kind, Expressions.conjunction(correlation));
        }
        List<Expression> equalities = equalities(subquery);
        if (!negated) {
            List<Expression> all = new ArrayList<>(equalities);
            all.addAll(correlation);
            return new Join(child, right, JoinKind.LEFT_SEMI, Expressions.conjunction(all));
        }
        boolean never = equalities.stream().noneMatch(Expression::nullable);
        if (!never && equalities.size() == 1 && correlation.isEmpty()) {
            return new Join(child, right, JoinKind.NULL_AWARE_ANTI, equalities.getFirst());
        }
        List<Expression> all = new ArrayList<>();
        equalities.forEach(equality -> all.add(orNull(equality)));
        all.addAll(correlation);
        return new Join(child, right, JoinKind.LEFT_ANTI, Expressions.conjunction(all));
    }

    static Expression orNull(Expression equality) {
        return equality.nullable()
                ? Expressions.booleanCall(
                        "or", equality, Expressions.booleanCall("isnull", equality))
                : equality;
    }

    static List<Expression> equalities(Subquery subquery) {
        List<Expression> equalities = new ArrayList<>();
        List<Attribute> columns = subquery.plan().output();
        for (int i = 0; i < subquery.values().size(); i++) {
            equalities.add(Expressions.booleanCall("=", subquery.values().get(i), columns.get(i)));
        }
        return equalities;
    }

    /// What EXISTS and IN do not see: order, and for EXISTS a limit of one or more.
    static LogicalPlan trimmed(LogicalPlan plan, Subquery.Kind kind) {
        return switch (plan) {
            case Sort sort -> trimmed(sort.child(), kind);
            case Limit limit
                    when kind == Subquery.Kind.EXISTS && limit.count() > 0 && limit.offset() == 0 ->
                    trimmed(limit.child(), kind);
            case Project project when kind == Subquery.Kind.EXISTS && !producesRows(project) ->
                    trimmed(project.child(), kind);
            default -> plan;
        };
    }

    private static boolean producesRows(Project project) {
        return project.columns().stream()
                .anyMatch(column ->
                        !Expressions.isDeterministic(column.expression())
                                || Expressions.hasPython(column.expression()));
    }

    /// References to `outer` become plain columns; those to queries further out stay.
    static List<Expression> plain(List<Expression> conditions, LogicalPlan outer) {
        Set<Attribute> columns = new HashSet<>(outer.output());
        return conditions.stream()
                .map(condition ->
                        Expressions.transformUp(
                                condition,
                                node ->
                                        node instanceof OuterReference reference
                                                        && columns.contains(reference.attribute())
                                                ? reference.attribute()
                                                : node))
                .toList();
    }

    private static LogicalPlan lateral(Join join, RuleContext context) {
        LogicalPlan generated = LateralGenerators.flattened(join);
        if (generated != null) {
            return generated;
        }
        Decorrelator decorrelator = new Decorrelator(join.left(), context.ids());
        Decorrelator.Pulled pulled = decorrelator.pull(join.right(), false);
        List<Expression> all = new ArrayList<>(Expressions.conjuncts(join.condition()));
        all.addAll(pulled.conditions());
        List<Expression> conditions = plain(all, join.left());
        LogicalPlan joined =
                new Join(
                        join.left(),
                        pulled.plan(),
                        join.kind(),
                        Expressions.conjunction(conditions));
        return narrowed(joined, join.output());
    }

    private LogicalPlan joinCondition(Join join, RuleContext context) {
        if (join.kind() == JoinKind.INNER) {
            return unnest(
                    new Filter(
                            new Join(join.left(), join.right(), JoinKind.INNER, null),
                            join.condition()),
                    context);
        }
        Set<Attribute> left = new HashSet<>(join.left().output());
        SubqueryAttachment toLeft = new SubqueryAttachment(join.left(), context);
        SubqueryAttachment toRight = new SubqueryAttachment(join.right(), context);
        Expression condition =
                Expressions.transformUp(
                        join.condition(),
                        node -> {
                            if (!(node instanceof Subquery subquery)) {
                                return node;
                            }
                            Set<Attribute> used =
                                    new HashSet<>(Expressions.references(subquery.values()));
                            used.addAll(
                                    new Correlation(join.left(), context.ids())
                                            .references((LogicalPlan) subquery.plan()));
                            boolean onLeft = !used.isEmpty() && left.containsAll(used);
                            return (onLeft ? toLeft : toRight).replace(subquery);
                        });
        LogicalPlan joined =
                new Join(
                        toLeft.plan(),
                        toRight.plan(),
                        join.kind(),
                        condition,
                        join.exists(),
                        false);
        return narrowed(joined, join.output());
    }

    /// What the surroundings of a condition make of its null.
    enum Reading {
        EXACT,
        NULL_IS_FALSE,
        NULL_IS_TRUE;

        Reading negated() {
            return switch (this) {
                case EXACT -> EXACT;
                case NULL_IS_FALSE -> NULL_IS_TRUE;
                case NULL_IS_TRUE -> NULL_IS_FALSE;
            };
        }
    }
}
