package io.troupe.planner.optimizer.rule;

import io.troupe.planner.expression.Attribute;
import io.troupe.planner.expression.Expression;
import io.troupe.planner.expression.Expressions;
import io.troupe.planner.expression.Named;
import io.troupe.planner.logical.Aggregation;
import io.troupe.planner.logical.Filter;
import io.troupe.planner.logical.Generate;
import io.troupe.planner.logical.Hinted;
import io.troupe.planner.logical.Join;
import io.troupe.planner.logical.JoinKind;
import io.troupe.planner.logical.LogicalPlan;
import io.troupe.planner.logical.Plans;
import io.troupe.planner.logical.Project;
import io.troupe.planner.logical.Repartition;
import io.troupe.planner.logical.Scan;
import io.troupe.planner.logical.Sort;
import io.troupe.planner.logical.Union;
import io.troupe.planner.logical.Window;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Moves conditions towards the scans, and into them.
///
/// ```
/// Filter(a > 1 and b < 2, Join(A, B))     →  Join(Filter(a > 1, A), Filter(b < 2, B))
/// Filter(b > 1, A left join B)            →  Filter(b > 1, A inner join B), since a padded row never passes
/// Filter(a > 1, Scan)                     →  Scan(filters: a > 1)
/// ```
///
/// Also: factors common parts out of OR, and copies conditions over equal columns of inner joins.
public final class PushDownFilters implements Rule {
    @Override
    public LogicalPlan apply(LogicalPlan plan, RuleContext context) {
        return push(plan, List.of());
    }

    private LogicalPlan push(LogicalPlan plan, List<Expression> conditions) {
        return switch (plan) {
            case Filter filter -> filter(filter, conditions);
            case Project project -> project(project, conditions);
            case Join join when !join.lateral() -> join(join, conditions);
            case Aggregation aggregation -> aggregation(aggregation, conditions);
            case Window window -> window(window, conditions);
            case Union union -> union(union, conditions);
            case Generate generate -> split(generate, generate.child(), conditions);
            case Sort sort ->
                    new Sort(push(sort.child(), conditions), sort.orders(), sort.global());
            case Hinted hinted ->
                    new Hinted(
                            push(hinted.child(), conditions), hinted.hint(), hinted.parameters());
            case Repartition repartition -> split(repartition, repartition.child(), conditions);
            case Scan scan -> scan(scan, conditions);
            default -> above(conditions, Plans.mapChildren(plan, child -> push(child, List.of())));
        };
    }

    private static LogicalPlan above(List<Expression> conditions, LogicalPlan plan) {
        return conditions.isEmpty() ? plan : new Filter(plan, Expressions.conjunction(conditions));
    }

    private static boolean canMove(Expression condition) {
        return Expressions.isDeterministic(condition);
    }

    private LogicalPlan filter(Filter filter, List<Expression> conditions) {
        List<Expression> all = new ArrayList<>();
        for (Expression part : Expressions.conjuncts(filter.condition())) {
            all.addAll(Expressions.conjuncts(CommonFactors.extract(part)));
        }
        List<Expression> fixed = all.stream().filter(part -> !canMove(part)).toList();
        all.removeAll(fixed);
        if (!fixed.isEmpty()) {
            // A condition with a changing value sees the rows that it saw before: nothing passes
            // it.
            return above(
                    conditions,
                    new Filter(push(filter.child(), all), Expressions.conjunction(fixed)));
        }
        all.addAll(conditions);
        return push(filter.child(), List.copyOf(new LinkedHashSet<>(all)));
    }

    private LogicalPlan project(Project project, List<Expression> conditions) {
        Map<Attribute, Expression> definitions = new HashMap<>();
        Set<Attribute> fixed = new HashSet<>();
        for (Named column : project.columns()) {
            definitions.put(column.output(), column.expression());
            if (!canMove(column.expression()) || Expressions.hasPython(column.expression())) {
                fixed.add(column.output());
            }
        }
        List<Expression> below = new ArrayList<>();
        List<Expression> stay = new ArrayList<>();
        for (Expression condition : conditions) {
            boolean free = Expressions.references(condition).stream().noneMatch(fixed::contains);
            if (free) {
                below.add(Expressions.substitute(condition, definitions));
            } else {
                stay.add(condition);
            }
        }
        return above(stay, new Project(push(project.child(), below), project.columns()));
    }

    private LogicalPlan aggregation(Aggregation aggregation, List<Expression> conditions) {
        Map<Attribute, Expression> keys = new HashMap<>();
        for (Named grouping : aggregation.groupings()) {
            if (canMove(grouping.expression()) && !Expressions.hasPython(grouping.expression())) {
                keys.put(grouping.output(), grouping.expression());
            }
        }
        List<Expression> below = new ArrayList<>();
        List<Expression> stay = new ArrayList<>();
        for (Expression condition : conditions) {
            Set<Attribute> read = Expressions.references(condition);
            if (!read.isEmpty() && keys.keySet().containsAll(read)) {
                below.add(Expressions.substitute(condition, keys));
            } else {
                stay.add(condition);
            }
        }
        return above(stay, aggregation.withChildren(List.of(push(aggregation.child(), below))));
    }

    private LogicalPlan window(Window window, List<Expression> conditions) {
        Set<Attribute> keys = new HashSet<>();
        for (Expression key : window.partitionBy()) {
            if (key instanceof Attribute attribute) {
                keys.add(attribute);
            }
        }
        List<Expression> below = new ArrayList<>();
        List<Expression> stay = new ArrayList<>();
        for (Expression condition : conditions) {
            Set<Attribute> read = Expressions.references(condition);
            (!read.isEmpty() && keys.containsAll(read) ? below : stay).add(condition);
        }
        return above(stay, window.withChildren(List.of(push(window.child(), below))));
    }

    private LogicalPlan union(Union union, List<Expression> conditions) {
        List<LogicalPlan> children = new ArrayList<>();
        for (LogicalPlan child : union.children()) {
            Map<Attribute, Expression> columns = new HashMap<>();
            for (int i = 0; i < union.output().size(); i++) {
                columns.put(union.output().get(i), child.output().get(i));
            }
            children.add(
                    push(
                            child,
                            conditions.stream()
                                    .map(c -> Expressions.substitute(c, columns))
                                    .toList()));
        }
        return new Union(children, union.output());
    }

    /// Conditions over the child's columns go below, the others stay.
    private LogicalPlan split(LogicalPlan plan, LogicalPlan child, List<Expression> conditions) {
        Set<Attribute> columns = new HashSet<>(child.output());
        List<Expression> below = new ArrayList<>();
        List<Expression> stay = new ArrayList<>();
        for (Expression condition : conditions) {
            (columns.containsAll(Expressions.references(condition)) ? below : stay).add(condition);
        }
        return above(stay, plan.withChildren(List.of(push(child, below))));
    }

    private static LogicalPlan scan(Scan scan, List<Expression> conditions) {
        List<Expression> filters = new ArrayList<>(scan.filters());
        List<Expression> stay = new ArrayList<>();
        for (Expression condition : conditions) {
            boolean plain =
                    !Expressions.hasPython(condition)
                            && !Expressions.hasSubquery(condition)
                            && !Expressions.hasOuterReference(condition);
            if (!plain) {
                stay.add(condition);
            } else if (!filters.contains(condition)) {
                filters.add(condition);
            }
        }
        return above(stay, new Scan(scan.relation(), scan.output(), filters));
    }

    @SuppressWarnings("checkstyle:MethodLength")
    private LogicalPlan join(Join join, List<Expression> conditions) {
        Set<Attribute> left = new HashSet<>(join.left().output());
        Set<Attribute> right = new HashSet<>(join.right().output());
        JoinKind kind = NullRejection.strengthen(join.kind(), conditions, left, right);
        Sorted above = Sorted.of(conditions, left, right);
        List<Expression> on = new ArrayList<>();
        for (Expression part : Expressions.conjuncts(join.condition())) {
            on.addAll(Expressions.conjuncts(CommonFactors.extract(part)));
        }
        Sorted within = Sorted.of(on, left, right);
        return switch (kind) {
            case INNER -> inner(join, above, within);
            case LEFT, LEFT_ANTI, NULL_AWARE_ANTI, EXISTENCE -> {
                boolean rightMoves = kind != JoinKind.NULL_AWARE_ANTI;
                List<Expression> stay = new ArrayList<>(above.right());
                stay.addAll(above.both());
                List<Expression> condition = new ArrayList<>(within.left());
                condition.addAll(within.both());
                if (!rightMoves) {
                    condition.addAll(within.right());
                }
                yield above(
                        stay,
                        new Join(
                                push(join.left(), above.left()),
                                push(
                                        join.right(),
                                        rightMoves ? matching(above, within, right) : List.of()),
                                kind,
                                Expressions.conjunction(condition),
                                join.exists(),
                                false));
            }
            case LEFT_SEMI -> {
                List<Expression> toLeft = new ArrayList<>(above.left());
                toLeft.addAll(within.left());
                yield above(
                        above.both(),
                        new Join(
                                push(join.left(), toLeft),
                                push(join.right(), matching(above, within, right)),
                                kind,
                                Expressions.conjunction(within.both())));
            }
            case RIGHT -> {
                List<Expression> stay = new ArrayList<>(above.left());
                stay.addAll(above.both());
                List<Expression> condition = new ArrayList<>(within.right());
                condition.addAll(within.both());
                yield above(
                        stay,
                        new Join(
                                push(join.left(), within.left()),
                                push(join.right(), above.right()),
                                kind,
                                Expressions.conjunction(condition)));
            }
            case FULL ->
                    above(
                            conditions,
                            new Join(
                                    push(join.left(), List.of()),
                                    push(join.right(), List.of()),
                                    kind,
                                    join.condition()));
        };
    }

    /// Conditions for the right side of a join that keeps its left rows: its own, and those that a
    /// row must meet to equal a left row that passes.
    private static List<Expression> matching(Sorted above, Sorted within, Set<Attribute> right) {
        List<Expression> known = new ArrayList<>(above.left());
        known.addAll(within.both());
        List<Expression> conditions = new ArrayList<>(within.right());
        for (Expression inferred : EqualColumns.inferred(known)) {
            Set<Attribute> read = Expressions.references(inferred);
            if (!read.isEmpty() && right.containsAll(read) && !conditions.contains(inferred)) {
                conditions.add(inferred);
            }
        }
        return conditions;
    }

    private LogicalPlan inner(Join join, Sorted above, Sorted within) {
        List<Expression> all = new ArrayList<>(above.all());
        all.addAll(within.all());
        Set<Attribute> left = new HashSet<>(join.left().output());
        Set<Attribute> right = new HashSet<>(join.right().output());
        Sorted sorted = Sorted.of(EqualColumns.inferred(all), left, right);
        List<Expression> python = sorted.both().stream().filter(Expressions::hasPython).toList();
        List<Expression> both = new ArrayList<>(sorted.both());
        both.removeAll(python);
        for (Expression part : sorted.both()) {
            if (!Expressions.hasPython(part)) {
                CommonFactors.implied(part, left).ifPresent(sorted.left()::add);
                CommonFactors.implied(part, right).ifPresent(sorted.right()::add);
            }
        }
        LogicalPlan joined =
                new Join(
                        push(join.left(), sorted.left()),
                        push(join.right(), sorted.right()),
                        JoinKind.INNER,
                        Expressions.conjunction(both));
        return above(python, joined);
    }

    /// Conditions by the side of a join that they read; those that read neither or both are in
    /// `both`.
    private record Sorted(List<Expression> left, List<Expression> right, List<Expression> both) {
        static Sorted of(
                Iterable<Expression> conditions,
                Set<Attribute> leftColumns,
                Set<Attribute> rightColumns) {
            Sorted sorted = new Sorted(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
            for (Expression condition : conditions) {
                Set<Attribute> read = Expressions.references(condition);
                boolean fixed =
                        read.isEmpty()
                                || !canMove(condition)
                                || Expressions.hasOuterReference(condition);
                if (!fixed && leftColumns.containsAll(read)) {
                    sorted.left.add(condition);
                } else if (!fixed && rightColumns.containsAll(read)) {
                    sorted.right.add(condition);
                } else {
                    sorted.both.add(condition);
                }
            }
            return sorted;
        }

        List<Expression> all() {
            List<Expression> all = new ArrayList<>(left);
            all.addAll(right);
            all.addAll(both);
            return all;
        }
    }
}
