package io.troupe.planner.logical;

import io.troupe.planner.expression.Aggregate;
import io.troupe.planner.expression.AggregateCall;
import io.troupe.planner.expression.Attribute;
import io.troupe.planner.expression.Expression;
import io.troupe.planner.expression.Expressions;
import io.troupe.planner.expression.GeneratorCall;
import io.troupe.planner.expression.Named;
import io.troupe.planner.expression.SortOrder;
import io.troupe.planner.expression.Subquery;
import io.troupe.planner.expression.WindowCall;
import io.troupe.planner.expression.WindowColumn;
import io.troupe.planner.expression.WindowFrame;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/// Walks over logical plans and the expressions in them.
public final class Plans {
    private Plans() {}

    /// Rewrites children first, then the node. Plans inside subquery expressions are left alone.
    public static LogicalPlan transformUp(LogicalPlan plan, UnaryOperator<LogicalPlan> rule) {
        return rule.apply(mapChildren(plan, child -> transformUp(child, rule)));
    }

    public static LogicalPlan transformDown(LogicalPlan plan, UnaryOperator<LogicalPlan> rule) {
        return mapChildren(rule.apply(plan), child -> transformDown(child, rule));
    }

    public static LogicalPlan mapChildren(LogicalPlan plan, UnaryOperator<LogicalPlan> rule) {
        List<LogicalPlan> children = plan.children();
        if (children.isEmpty()) {
            return plan;
        }
        List<LogicalPlan> renewed = new ArrayList<>(children.size());
        boolean changed = false;
        for (LogicalPlan child : children) {
            LogicalPlan mapped = rule.apply(child);
            changed |= mapped != child;
            renewed.add(mapped);
        }
        return changed ? plan.withChildren(renewed) : plan;
    }

    public static boolean exists(LogicalPlan plan, Predicate<LogicalPlan> test) {
        if (test.test(plan)) {
            return true;
        }
        return plan.children().stream().anyMatch(child -> exists(child, test));
    }

    public static void forEach(LogicalPlan plan, Consumer<LogicalPlan> visitor) {
        visitor.accept(plan);
        plan.children().forEach(child -> forEach(child, visitor));
    }

    /// The expressions that the node itself evaluates.
    public static List<Expression> expressions(LogicalPlan plan) {
        List<Expression> expressions = new ArrayList<>();
        mapExpressions(
                plan,
                expression -> {
                    expressions.add(expression);
                    return expression;
                });
        return expressions;
    }

    /// The node with each of its own expressions rewritten (whole trees; the function is called
    /// once per root expression).
    @SuppressWarnings("checkstyle:MethodLength")
    public static LogicalPlan mapExpressions(LogicalPlan plan, UnaryOperator<Expression> f) {
        return switch (plan) {
            case Scan scan -> new Scan(scan.relation(), scan.output(), map(scan.filters(), f));
            case Project project -> new Project(project.child(), named(project.columns(), f));
            case Filter filter -> new Filter(filter.child(), f.apply(filter.condition()));
            case Aggregation aggregation ->
                    new Aggregation(
                            aggregation.child(),
                            named(aggregation.groupings(), f),
                            aggregates(aggregation.aggregates(), f));
            case Join join ->
                    join.condition() == null
                            ? join
                            : new Join(
                                    join.left(),
                                    join.right(),
                                    join.kind(),
                                    f.apply(join.condition()),
                                    join.exists(),
                                    join.lateral());
            case Sort sort -> new Sort(sort.child(), orders(sort.orders(), f), sort.global());
            case Window window ->
                    new Window(
                            window.child(),
                            map(window.partitionBy(), f),
                            orders(window.orderBy(), f),
                            window.columns().stream()
                                    .map(column ->
                                            new WindowColumn(
                                                    column.output(), window(column.call(), f)))
                                    .toList());
            case Expand expand ->
                    new Expand(
                            expand.child(),
                            expand.projections().stream()
                                    .map(projection -> map(projection, f))
                                    .toList(),
                            expand.output());
            case Generate generate ->
                    new Generate(
                            generate.child(),
                            new GeneratorCall(
                                    generate.generator().function(),
                                    map(generate.generator().arguments(), f),
                                    generate.generator().python()),
                            generate.outer(),
                            generate.generated());
            case Repartition repartition ->
                    new Repartition(
                            repartition.child(),
                            repartition.kind(),
                            orders(repartition.by(), f),
                            repartition.partitions());
            case Observe observe ->
                    new Observe(
                            observe.child(),
                            observe.name(),
                            aggregates(observe.aggregates(), f),
                            observe.metrics());
            case LocalData _,
                    Range _,
                    OneRow _,
                    CachedData _,
                    Limit _,
                    Tail _,
                    Union _,
                    SetOperation _,
                    Distinct _,
                    Sample _,
                    WithCommonTable _,
                    CommonTableScan _,
                    RecursiveTable _,
                    PythonMap _,
                    PythonGroupMap _,
                    PythonCogroupMap _,
                    Hinted _ ->
                    plan;
        };
    }

    /// Rewrites every expression node of every plan node, bottom up, also within the plans of
    /// subqueries.
    public static LogicalPlan transformExpressions(
            LogicalPlan plan, UnaryOperator<Expression> rule) {
        UnaryOperator<Expression> deep =
                node ->
                        rule.apply(
                                node instanceof Subquery subquery
                                        ? new Subquery(
                                                subquery.kind(),
                                                transformExpressions(
                                                        (LogicalPlan) subquery.plan(), rule),
                                                subquery.values())
                                        : node);
        return transformUp(
                plan, node -> mapExpressions(node, root -> Expressions.transformUp(root, deep)));
    }

    private static List<Expression> map(List<Expression> expressions, UnaryOperator<Expression> f) {
        return expressions.stream().map(f).toList();
    }

    private static List<Named> named(List<Named> columns, UnaryOperator<Expression> f) {
        List<Named> renewed = new ArrayList<>(columns.size());
        for (Named column : columns) {
            Expression mapped = f.apply(column.expression());
            Attribute output = column.output();
            renewed.add(mapped == column.expression() ? column : new Named(output, mapped));
        }
        return renewed;
    }

    private static List<SortOrder> orders(List<SortOrder> orders, UnaryOperator<Expression> f) {
        return orders.stream()
                .map(order ->
                        new SortOrder(
                                f.apply(order.expression()), order.ascending(), order.nullsFirst()))
                .toList();
    }

    private static List<Aggregate> aggregates(
            List<Aggregate> aggregates, UnaryOperator<Expression> f) {
        return aggregates.stream()
                .map(aggregate ->
                        new Aggregate(aggregate.output(), aggregateCall(aggregate.call(), f)))
                .toList();
    }

    private static AggregateCall aggregateCall(AggregateCall call, UnaryOperator<Expression> f) {
        return new AggregateCall(
                call.function(),
                map(call.arguments(), f),
                call.distinct(),
                call.filter() == null ? null : f.apply(call.filter()),
                orders(call.order(), f),
                call.type(),
                call.nullable(),
                call.python());
    }

    private static WindowCall window(WindowCall call, UnaryOperator<Expression> f) {
        WindowFrame frame = call.frame();
        WindowFrame mapped =
                new WindowFrame(
                        frame.unit(),
                        bound(frame.lower(), f),
                        bound(frame.upper(), f),
                        frame.exclusion());
        return new WindowCall(aggregateCall(call.function(), f), mapped, call.ignoreNulls());
    }

    private static WindowFrame.Bound bound(WindowFrame.Bound bound, UnaryOperator<Expression> f) {
        return bound instanceof WindowFrame.Offset offset
                ? new WindowFrame.Offset(f.apply(offset.value()))
                : bound;
    }
}
