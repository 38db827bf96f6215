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
import io.troupe.planner.expression.OuterReference;
import io.troupe.planner.expression.Subquery;
import io.troupe.planner.logical.Aggregation;
import io.troupe.planner.logical.Filter;
import io.troupe.planner.logical.Join;
import io.troupe.planner.logical.JoinKind;
import io.troupe.planner.logical.Limit;
import io.troupe.planner.logical.LogicalPlan;
import io.troupe.planner.logical.OneRow;
import io.troupe.planner.logical.Plans;
import io.troupe.planner.logical.Project;
import io.troupe.planner.logical.Sort;
import io.troupe.planner.type.AtomicType;
import io.troupe.planner.type.MapType;
import io.troupe.planner.type.StringType;
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
                Attachment attachment = new Attachment(ready.children().getFirst(), context);
                LogicalPlan mapped = Plans.mapExpressions(ready, attachment::replace);
                LogicalPlan result = mapped.withChildren(List.of(attachment.plan));
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
        Attachment attachment = new Attachment(child, context);
        Expression replaced = attachment.replace(condition, Reading.NULL_IS_FALSE);
        return narrowed(new Filter(attachment.plan, replaced), filter.output());
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

    private static Expression orNull(Expression equality) {
        return equality.nullable()
                ? Expressions.booleanCall(
                        "or", equality, Expressions.booleanCall("isnull", equality))
                : equality;
    }

    private static List<Expression> equalities(Subquery subquery) {
        List<Expression> equalities = new ArrayList<>();
        List<Attribute> columns = subquery.plan().output();
        for (int i = 0; i < subquery.values().size(); i++) {
            equalities.add(Expressions.booleanCall("=", subquery.values().get(i), columns.get(i)));
        }
        return equalities;
    }

    /// What EXISTS and IN do not see: order, and for EXISTS a limit of one or more.
    private static LogicalPlan trimmed(LogicalPlan plan, Subquery.Kind kind) {
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
    private static List<Expression> plain(List<Expression> conditions, LogicalPlan outer) {
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
        Attachment toLeft = new Attachment(join.left(), context);
        Attachment toRight = new Attachment(join.right(), context);
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
                new Join(toLeft.plan, toRight.plan, join.kind(), condition, join.exists(), false);
        return narrowed(joined, join.output());
    }

    /// What the surroundings of a condition make of its null.
    private enum Reading {
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

    /// A plan that grows by a join for each subquery found in an expression over it.
    private static final class Attachment {
        private final RuleContext context;
        private LogicalPlan plan;

        Attachment(LogicalPlan plan, RuleContext context) {
            this.plan = plan;
            this.context = context;
        }

        /// Puts columns in place of subqueries. `reading` tells what a null means to those who use
        /// the expression.
        Expression replace(Expression expression, Reading reading) {
            return switch (expression) {
                case Subquery subquery -> {
                    List<Expression> values =
                            subquery.values().stream()
                                    .map(value -> replace(value, Reading.EXACT))
                                    .toList();
                    Subquery ready = new Subquery(subquery.kind(), subquery.plan(), values);
                    yield ready.kind() == Subquery.Kind.SCALAR
                            ? scalar(ready)
                            : found(ready, reading);
                }
                case Call call when call.is("not") ->
                        call.withChildren(List.of(replace(call.argument(0), reading.negated())));
                case Call call when call.is("and") || call.is("or") ->
                        call.withChildren(
                                call.children().stream()
                                        .map(part -> replace(part, reading))
                                        .toList());
                default ->
                        Expressions.hasSubquery(expression)
                                ? expression.withChildren(
                                        expression.children().stream()
                                                .map(child -> replace(child, Reading.EXACT))
                                                .toList())
                                : expression;
            };
        }

        Expression replace(Expression expression) {
            return replace(expression, Reading.EXACT);
        }

        /// EXISTS and IN. `a IN q` is null where it has no match and a comparison is null.
        private Expression found(Subquery subquery, Reading reading) {
            boolean unsure =
                    subquery.kind() == Subquery.Kind.IN
                            && equalities(subquery).stream().anyMatch(Expression::nullable);
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
                            trimmed((LogicalPlan) subquery.plan(), subquery.kind()), false);
            List<Expression> all = new ArrayList<>();
            for (Expression equality : equalities(subquery)) {
                all.add(nullCounts ? orNull(equality) : equality);
            }
            all.addAll(plain(pulled.conditions(), plan));
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
            List<Expression> conditions = plain(pulled.conditions(), plan);
            LogicalPlan right = pulled.plan();
            if (pulled.defaults() != null) {
                Attribute marker = context.ids().attribute("matched", AtomicType.BOOLEAN, false);
                List<Named> columns =
                        new ArrayList<>(right.output().stream().map(Named::of).toList());
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
                        conditions.isEmpty() && alwaysOneRow(right)
                                ? JoinKind.INNER
                                : JoinKind.LEFT;
                plan = new Join(plan, right, kind, Expressions.conjunction(conditions));
                return value.withNullable(true);
            }
            return checked(right, value, conditions);
        }

        /// Counts the rows per outer row, and raises the error where a row with several is used.
        private Expression checked(
                LogicalPlan right, Attribute value, List<Expression> conditions) {
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
                                            new MapType(
                                                    StringType.STRING, StringType.STRING, false))),
                            value.type(),
                            true);
            Expression several = Expressions.booleanCall(">", rows, Literal.of(1L));
            return new CaseWhen(
                    List.of(new CaseWhen.Branch(several, tooMany)), first, value.type());
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
    }
}
