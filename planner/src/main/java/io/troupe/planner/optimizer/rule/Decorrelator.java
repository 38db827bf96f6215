package io.troupe.planner.optimizer.rule;

import io.troupe.planner.error.TroupeException;
import io.troupe.planner.expression.Aggregate;
import io.troupe.planner.expression.AggregateCall;
import io.troupe.planner.expression.Attribute;
import io.troupe.planner.expression.AttributeIds;
import io.troupe.planner.expression.CaseWhen;
import io.troupe.planner.expression.Expression;
import io.troupe.planner.expression.Expressions;
import io.troupe.planner.expression.Literal;
import io.troupe.planner.expression.Named;
import io.troupe.planner.expression.SortOrder;
import io.troupe.planner.expression.WindowCall;
import io.troupe.planner.expression.WindowColumn;
import io.troupe.planner.expression.WindowFrame;
import io.troupe.planner.logical.Aggregation;
import io.troupe.planner.logical.Distinct;
import io.troupe.planner.logical.Filter;
import io.troupe.planner.logical.Generate;
import io.troupe.planner.logical.Join;
import io.troupe.planner.logical.JoinKind;
import io.troupe.planner.logical.Limit;
import io.troupe.planner.logical.LogicalPlan;
import io.troupe.planner.logical.Plans;
import io.troupe.planner.logical.Project;
import io.troupe.planner.logical.SetOperation;
import io.troupe.planner.logical.Sort;
import io.troupe.planner.logical.Union;
import io.troupe.planner.logical.Window;
import io.troupe.planner.logical.WithCommonTable;
import io.troupe.planner.type.AtomicType;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Takes the references to an outer query out of a subquery's plan: correlated conditions move up
/// until they can become the condition of a join with the outer query. Where an operator on the way
/// must see single outer rows (an aggregation under a non-equal condition, a set operation, the
/// inner side of an outer join), the distinct outer values ("domain") are joined in below it
/// instead, as in Neumann and Kemper, "Unnesting Arbitrary Queries" (BTW 2015).
///
/// References to queries further out than `outer` stay for the decorrelation of that query.
final class Decorrelator {
    /// A plan without references to the outer query, and the conditions (over its columns and
    /// [OuterReference]s) that pick an outer row's rows. `defaults` is null, or gives the value of
    /// each column for outer rows that have none: then exactly one row per outer row was meant.
    record Pulled(
            LogicalPlan plan, List<Expression> conditions, Map<Attribute, Expression> defaults) {}

    private final Correlation correlation;
    private final AttributeIds ids;

    Decorrelator(LogicalPlan outer, AttributeIds ids) {
        this.correlation = new Correlation(outer, ids);
        this.ids = ids;
    }

    /// @param defaultsAllowed the caller fills in `defaults` itself
    Pulled pull(LogicalPlan plan, boolean defaultsAllowed) {
        if (correlation.references(plan).isEmpty()) {
            return new Pulled(plan, List.of(), null);
        }
        return switch (plan) {
            case Filter filter -> filter(filter);
            case Project project -> project(project, defaultsAllowed);
            case Aggregation aggregation -> aggregation(aggregation, defaultsAllowed);
            case Join join -> join(join);
            case Union union -> new CorrelatedSets(this, correlation, ids).union(union);
            case SetOperation operation ->
                    new CorrelatedSets(this, correlation, ids).setOperation(operation);
            case Distinct distinct -> {
                Pulled child = correlation.keyed(pull(distinct.child(), false));
                yield new Pulled(new Distinct(child.plan()), child.conditions(), null);
            }
            case Sort sort -> {
                Pulled child = pull(sort.child(), false);
                yield new Pulled(
                        new Sort(child.plan(), sort.orders(), sort.global()),
                        child.conditions(),
                        null);
            }
            case Limit limit -> limit(limit);
            case WithCommonTable with -> common(with, defaultsAllowed);
            case Window window -> window(window);
            case Generate generate -> generate(generate);
            default -> {
                if (plan.children().size() != 1 || !correlation.ownReferences(plan).isEmpty()) {
                    throw unsupported(plan);
                }
                Pulled child = pull(plan.children().getFirst(), false);
                yield new Pulled(
                        plan.withChildren(List.of(child.plan())), child.conditions(), null);
            }
        };
    }

    /// A definition without references to the outer query stays bound around the rest; another one
    /// is put in place of its uses.
    private Pulled common(WithCommonTable with, boolean defaultsAllowed) {
        if (!correlation.references(with.definition()).isEmpty()) {
            return pull(InlineCommonTables.inlined(with, ids), defaultsAllowed);
        }
        Pulled child = pull(with.child(), defaultsAllowed);
        return new Pulled(
                new WithCommonTable(with.id(), with.name(), with.definition(), child.plan()),
                child.conditions(),
                child.defaults());
    }

    private static TroupeException unsupported(LogicalPlan plan) {
        return TroupeException.analysis(
                "UNSUPPORTED_SUBQUERY_EXPRESSION_CATEGORY.ACCESSING_OUTER_QUERY_COLUMN_IS_NOT_ALLOWED",
                "0A000",
                "Unsupported subquery expression: Accessing outer query column is not allowed in"
                        + " this location: "
                        + plan.getClass().getSimpleName()
                        + ".",
                Map.of("treeNode", plan.getClass().getSimpleName()));
    }

    private Pulled filter(Filter filter) {
        Pulled child = pull(filter.child(), false);
        List<Expression> conditions = new ArrayList<>(child.conditions());
        List<Expression> kept = new ArrayList<>();
        for (Expression part : Expressions.conjuncts(filter.condition())) {
            (correlation.isCorrelated(part) ? conditions : kept).add(part);
        }
        LogicalPlan plan =
                kept.isEmpty()
                        ? child.plan()
                        : new Filter(child.plan(), Expressions.conjunction(kept));
        return new Pulled(plan, conditions, null);
    }

    private Pulled project(Project project, boolean defaultsAllowed) {
        Pulled child = pull(project.child(), defaultsAllowed);
        boolean correlated =
                project.columns().stream()
                        .anyMatch(column -> correlation.isCorrelated(column.expression()));
        if (correlated) {
            child =
                    child.defaults() == null
                            ? correlation.bound(child, correlation.ownReferences(project))
                            : correlation.closed(
                                    pull(project.child(), false),
                                    correlation.ownReferences(project));
        }
        Map<Attribute, Expression> values = correlation.equalColumns(child.conditions());
        List<Named> columns = new ArrayList<>();
        Map<Attribute, Expression> defaults =
                child.defaults() == null ? null : new LinkedHashMap<>();
        for (Named column : project.columns()) {
            Expression expression = Correlation.replaceOuter(column.expression(), values);
            columns.add(new Named(column.output(), expression));
            if (defaults != null) {
                defaults.put(column.output(), Expressions.substitute(expression, child.defaults()));
            }
        }
        keep(columns, child.conditions());
        return new Pulled(new Project(child.plan(), columns), child.conditions(), defaults);
    }

    /// Adds the columns that conditions read to a projection that lacks them.
    private static void keep(List<Named> columns, List<Expression> conditions) {
        Set<Attribute> present = new LinkedHashSet<>();
        columns.forEach(column -> present.add(column.output()));
        for (Attribute needed : Expressions.references(conditions)) {
            if (present.add(needed)) {
                columns.add(Named.of(needed));
            }
        }
    }

    private Pulled aggregation(Aggregation aggregation, boolean defaultsAllowed) {
        Pulled child =
                correlation.keyed(
                        correlation.bound(
                                pull(aggregation.child(), false),
                                correlation.ownReferences(aggregation)));
        Map<Attribute, Expression> values = correlation.equalColumns(child.conditions());
        Aggregation own =
                (Aggregation)
                        Plans.mapExpressions(
                                aggregation,
                                expression -> Correlation.replaceOuter(expression, values));
        List<Named> groupings = new ArrayList<>(own.groupings());
        Set<Attribute> present = new LinkedHashSet<>();
        groupings.forEach(grouping -> present.add(grouping.output()));
        for (Attribute key : Expressions.references(child.conditions())) {
            if (present.add(key)) {
                groupings.add(Named.of(key));
            }
        }
        LogicalPlan grouped = new Aggregation(child.plan(), groupings, own.aggregates());
        if (!aggregation.groupings().isEmpty()) {
            return new Pulled(grouped, child.conditions(), null);
        }
        Map<Attribute, Expression> defaults = new LinkedHashMap<>();
        own.aggregates()
                .forEach(aggregate ->
                        defaults.put(
                                aggregate.output(),
                                SubqueryAttachment.emptyValue(aggregate.call())));
        return defaultsAllowed
                ? new Pulled(grouped, child.conditions(), defaults)
                : oneRowEach(grouped, child.conditions(), own.aggregates(), defaults);
    }

    /// An aggregation without grouping gives a row for every outer row, also for those without
    /// input.
    private Pulled oneRowEach(
            LogicalPlan grouped,
            List<Expression> conditions,
            List<Aggregate> aggregates,
            Map<Attribute, Expression> defaults) {
        Set<Attribute> needed = new LinkedHashSet<>();
        conditions.forEach(condition -> needed.addAll(correlation.outerReferences(condition)));
        Correlation.Domain domain = correlation.domain(needed);
        Attribute marker = ids.attribute("matched", AtomicType.BOOLEAN, false);
        List<Named> marked = new ArrayList<>(grouped.output().stream().map(Named::of).toList());
        marked.add(new Named(marker, Literal.TRUE));
        List<Expression> here =
                conditions.stream()
                        .map(c -> Correlation.replaceOuter(c, domain.columns()))
                        .toList();
        LogicalPlan joined =
                new Join(
                        domain.plan(),
                        new Project(grouped, marked),
                        JoinKind.LEFT,
                        Expressions.conjunction(here));
        List<Named> columns = new ArrayList<>();
        domain.columns().values().forEach(column -> columns.add(Named.of(column)));
        for (Aggregate aggregate : aggregates) {
            columns.add(
                    new Named(
                            aggregate.output(),
                            orDefault(
                                    aggregate.output(), marker, defaults.get(aggregate.output()))));
        }
        return new Pulled(new Project(joined, columns), domain.conditions(), null);
    }

    /// The value, or the default where the marker of a left join's right side is null. A column of
    /// the join's output is re-bound under its own id.
    static Expression orDefault(Expression value, Attribute marker, Expression fallback) {
        if (fallback instanceof Literal literal && literal.value() == null) {
            return value;
        }
        Expression unmatched = Expressions.booleanCall("isnull", marker.withNullable(true));
        return new CaseWhen(List.of(new CaseWhen.Branch(unmatched, fallback)), value, value.type());
    }

    /// The same rows by a left join, with the columns in their old order.
    private static LogicalPlan mirrored(Join join) {
        return new Project(
                new Join(join.right(), join.left(), JoinKind.LEFT, join.condition()),
                join.output().stream().map(Named::of).toList());
    }

    private Pulled innerJoin(Join join) {
        Pulled left = pull(join.left(), false);
        Pulled right = pull(join.right(), false);
        List<Expression> conditions = new ArrayList<>(left.conditions());
        conditions.addAll(right.conditions());
        List<Expression> kept = new ArrayList<>();
        for (Expression part : Expressions.conjuncts(join.condition())) {
            (correlation.isCorrelated(part) ? conditions : kept).add(part);
        }
        return new Pulled(
                new Join(left.plan(), right.plan(), JoinKind.INNER, Expressions.conjunction(kept)),
                conditions,
                null);
    }

    private Pulled join(Join join) {
        boolean inner = join.kind() == JoinKind.INNER && !join.lateral();
        boolean rightFree = correlation.references(join.right()).isEmpty();
        boolean conditionFree =
                join.condition() == null || !correlation.isCorrelated(join.condition());
        if (inner) {
            return innerJoin(join);
        }
        if (join.kind() == JoinKind.RIGHT && !join.lateral()) {
            return pull(mirrored(join), false);
        }
        if (join.kind() == JoinKind.RIGHT || join.kind() == JoinKind.FULL) {
            throw unsupported(join);
        }
        Pulled left = pull(join.left(), false);
        if (rightFree && conditionFree) {
            return new Pulled(
                    join.withChildren(List.of(left.plan(), join.right())), left.conditions(), null);
        }
        Pulled right = pull(join.right(), false);
        Set<Attribute> needed = new LinkedHashSet<>();
        right.conditions()
                .forEach(condition -> needed.addAll(correlation.outerReferences(condition)));
        if (join.condition() != null) {
            needed.addAll(correlation.outerReferences(join.condition()));
        }
        Pulled ready = correlation.bound(left, needed);
        Map<Attribute, Expression> values = correlation.equalColumns(ready.conditions());
        List<Expression> parts = new ArrayList<>(Expressions.conjuncts(join.condition()));
        parts.addAll(right.conditions());
        Expression condition =
                Expressions.conjunction(
                        parts.stream()
                                .map(part -> Correlation.replaceOuter(part, values))
                                .toList());
        return new Pulled(
                new Join(
                        ready.plan(),
                        right.plan(),
                        join.kind(),
                        condition,
                        join.exists(),
                        join.lateral()),
                ready.conditions(),
                null);
    }

    /// A limit per outer row numbers the rows of each and keeps the first.
    private Pulled limit(Limit limit) {
        Sort sort = limit.child() instanceof Sort s && s.global() ? s : null;
        Pulled child = correlation.keyed(pull(sort == null ? limit.child() : sort.child(), false));
        List<Expression> keys = List.copyOf(Expressions.references(child.conditions()));
        List<SortOrder> orders =
                sort != null ? sort.orders() : List.of(new SortOrder(Literal.of(1), true, true));
        Attribute number = ids.attribute("row_number", AtomicType.INTEGER, false);
        WindowFrame frame =
                new WindowFrame(
                        WindowFrame.Unit.ROWS,
                        WindowFrame.Fixed.UNBOUNDED_PRECEDING,
                        WindowFrame.Fixed.CURRENT_ROW,
                        WindowFrame.Exclusion.NO_OTHERS);
        WindowCall call =
                new WindowCall(
                        new AggregateCall("row_number", List.of(), AtomicType.INTEGER, false),
                        frame,
                        false);
        LogicalPlan numbered =
                new Window(child.plan(), keys, orders, List.of(new WindowColumn(number, call)));
        List<Expression> range = new ArrayList<>();
        if (limit.count() != Limit.NO_LIMIT) {
            int last =
                    (int) Math.min(Integer.MAX_VALUE, Math.addExact(limit.count(), limit.offset()));
            range.add(Expressions.booleanCall("<=", number, Literal.of(last)));
        }
        if (limit.offset() > 0) {
            range.add(
                    Expressions.booleanCall(
                            ">",
                            number,
                            Literal.of((int) Math.min(Integer.MAX_VALUE, limit.offset()))));
        }
        LogicalPlan kept =
                range.isEmpty() ? numbered : new Filter(numbered, Expressions.conjunction(range));
        LogicalPlan narrowed =
                new Project(kept, child.plan().output().stream().map(Named::of).toList());
        return new Pulled(narrowed, child.conditions(), null);
    }

    private Pulled window(Window window) {
        Pulled child =
                correlation.keyed(
                        correlation.bound(
                                pull(window.child(), false), correlation.ownReferences(window)));
        Map<Attribute, Expression> values = correlation.equalColumns(child.conditions());
        Window own =
                (Window)
                        Plans.mapExpressions(
                                window, expression -> Correlation.replaceOuter(expression, values));
        List<Expression> partitionBy = new ArrayList<>(own.partitionBy());
        partitionBy.addAll(Expressions.references(child.conditions()));
        return new Pulled(
                new Window(child.plan(), partitionBy, own.orderBy(), own.columns()),
                child.conditions(),
                null);
    }

    private Pulled generate(Generate generate) {
        Pulled child =
                correlation.bound(
                        pull(generate.child(), false), correlation.ownReferences(generate));
        Map<Attribute, Expression> values = correlation.equalColumns(child.conditions());
        LogicalPlan own =
                Plans.mapExpressions(
                        generate, expression -> Correlation.replaceOuter(expression, values));
        return new Pulled(own.withChildren(List.of(child.plan())), child.conditions(), null);
    }
}
