package io.troupe.planner.optimizer.rule;

import io.troupe.planner.estimate.Estimate;
import io.troupe.planner.estimate.Estimator;
import io.troupe.planner.expression.Aggregate;
import io.troupe.planner.expression.AggregateCall;
import io.troupe.planner.expression.Attribute;
import io.troupe.planner.expression.Expressions;
import io.troupe.planner.expression.Named;
import io.troupe.planner.logical.Aggregation;
import io.troupe.planner.logical.Join;
import io.troupe.planner.logical.JoinKind;
import io.troupe.planner.logical.LogicalPlan;
import io.troupe.planner.logical.Plans;
import io.troupe.planner.logical.Project;
import io.troupe.planner.type.AtomicType;
import io.troupe.planner.type.DataType;
import io.troupe.planner.type.DecimalType;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// Aggregates the padded side of an outer join before it becomes a hash table.
///
/// ```
/// by L.k: count(R.x) over L left join R on L.k = R.k
///   →  by L.k: coalesce(sum(c), 0)
///        over L left join (by R.k: count(R.x) as c over R) on L.k = R.k
/// ```
///
/// As W. P. Yan and P.-Å. Larson, "Eager aggregation and lazy aggregation" (VLDB 1995), for
/// aggregates over columns of one side. The padded side is the one that the hash table is made of,
/// whatever its size. Only functions that cannot fail over rows that have no match: a count, a
/// least or greatest value, and sums whose type has room for more rows than there can be.
public final class AggregateBeforeJoin implements Rule {
    /// How many times fewer than the side's rows its groups must be.
    private static final double LEVER = 4;

    /// Digits of a decimal whose sum, of ten more, can be summed again within the largest decimal.
    private static final int SUMMED_TWICE = DecimalType.MAX_PRECISION - 20;

    @Override
    public LogicalPlan apply(LogicalPlan plan, RuleContext context) {
        Estimator estimator = context.estimator();
        return Plans.transformUp(
                plan,
                node ->
                        node instanceof Aggregation aggregation
                                ? split(aggregation, context, estimator)
                                : node);
    }

    private static LogicalPlan split(
            Aggregation aggregation, RuleContext context, Estimator estimator) {
        Join join = join(aggregation.child());
        if (join == null || aggregation.aggregates().isEmpty()) {
            return aggregation;
        }
        LogicalPlan side = join.kind() == JoinKind.LEFT ? join.right() : join.left();
        LogicalPlan other = side == join.right() ? join.left() : join.right();
        List<Attribute> keys = keys(aggregation, join, side);
        boolean splits =
                !keys.isEmpty()
                        && aggregation.aggregates().stream()
                                .allMatch(aggregate -> canSplit(aggregate.call(), side))
                        && pays(side, other, keys, context, estimator);
        return splits ? divided(aggregation, join, side, keys, context) : aggregation;
    }

    /// The outer join under columns that are passed through, or null.
    private static Join join(LogicalPlan plan) {
        LogicalPlan below =
                plan instanceof Project project
                                && project.columns().stream().allMatch(Named::isPassThrough)
                        ? project.child()
                        : plan;
        boolean outer =
                below instanceof Join join
                        && (join.kind() == JoinKind.LEFT || join.kind() == JoinKind.RIGHT)
                        && !join.lateral()
                        && join.condition() != null
                        && Expressions.isDeterministic(join.condition());
        return outer ? (Join) below : null;
    }

    /// The side's columns that the join or the groups look at.
    private static List<Attribute> keys(Aggregation aggregation, Join join, LogicalPlan side) {
        Set<Attribute> used = new LinkedHashSet<>(Expressions.references(join.condition()));
        aggregation
                .groupings()
                .forEach(grouping -> used.addAll(Expressions.references(grouping.expression())));
        return side.output().stream().filter(used::contains).toList();
    }

    private static boolean canSplit(AggregateCall call, LogicalPlan side) {
        boolean plain =
                !call.distinct()
                        && call.filter() == null
                        && call.order().isEmpty()
                        && call.python() == null
                        && call.arguments().size() == 1
                        && call.arguments().getFirst() instanceof Attribute argument
                        && side.output().contains(argument);
        return plain
                && switch (call.function()) {
                    case "count", "min", "max" -> true;
                    case "sum" -> cannotOverflow(call.arguments().getFirst().type());
                    default -> false;
                };
    }

    private static boolean cannotOverflow(DataType type) {
        return type instanceof DecimalType decimal && decimal.precision() <= SUMMED_TWICE
                || type == AtomicType.INTEGER
                || type == AtomicType.SHORT
                || type == AtomicType.BYTE;
    }

    private static boolean pays(
            LogicalPlan side,
            LogicalPlan other,
            List<Attribute> keys,
            RuleContext context,
            Estimator estimator) {
        Estimate estimate = estimator.estimate(side);
        double groups = 1;
        for (Attribute key : keys) {
            groups *= estimate.distinct(key);
        }
        return estimate.known()
                && estimate.rows() >= context.singleTaskRows()
                && estimate.rows() >= estimator.estimate(other).rows()
                && estimate.rows() >= LEVER * groups;
    }

    private static LogicalPlan divided(
            Aggregation aggregation,
            Join join,
            LogicalPlan side,
            List<Attribute> keys,
            RuleContext context) {
        List<Aggregate> partial = new ArrayList<>();
        List<Aggregate> merged = new ArrayList<>();
        List<Named> columns = new ArrayList<>();
        aggregation.groupings().forEach(grouping -> columns.add(Named.of(grouping.output())));
        for (Aggregate aggregate : aggregation.aggregates()) {
            AggregateCall call = aggregate.call();
            Attribute part = context.ids().attribute("partial", call.type(), call.nullable());
            partial.add(new Aggregate(part, call));
            CombinedAggregate combined =
                    CombinedAggregate.of(aggregate, part.withNullable(true), null, context.ids());
            merged.add(combined.aggregate());
            columns.add(combined.column());
        }
        LogicalPlan grouped = new Aggregation(side, keys.stream().map(Named::of).toList(), partial);
        LogicalPlan joined =
                join.withChildren(
                        side == join.right()
                                ? List.of(join.left(), grouped)
                                : List.of(grouped, join.right()));
        return new Project(new Aggregation(joined, aggregation.groupings(), merged), columns);
    }
}
