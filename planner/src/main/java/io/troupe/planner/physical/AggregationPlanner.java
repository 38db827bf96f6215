package io.troupe.planner.physical;

import io.troupe.planner.error.Conditions;
import io.troupe.planner.estimate.Estimate;
import io.troupe.planner.expression.Aggregate;
import io.troupe.planner.expression.AggregateCall;
import io.troupe.planner.expression.Attribute;
import io.troupe.planner.expression.Expression;
import io.troupe.planner.expression.Expressions;
import io.troupe.planner.expression.Named;
import io.troupe.planner.expression.SortOrder;
import io.troupe.planner.function.AggregateState;
import io.troupe.planner.logical.Aggregation;
import io.troupe.planner.logical.Observe;
import io.troupe.planner.physical.PhysicalPlan.AggregateMode;
import io.troupe.planner.physical.PhysicalPlan.AggregateStep;
import io.troupe.planner.physical.PhysicalPlan.HashAggregate;
import io.troupe.planner.type.DataType;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/// Plans aggregations: in one step where rows of a group are together already, else a partial step,
/// an exchange and a final step.
final class AggregationPlanner {
    /// Above this share of groups per row a partial step costs more than it saves.
    private static final double POINTLESS_REDUCTION = 0.8;

    /// One task finishes up to this part of the rows that one task is given.
    private static final double FEW_GROUPS_SHARE = 2;

    private final PhysicalPlanner planner;

    AggregationPlanner(PhysicalPlanner planner) {
        this.planner = planner;
    }

    Planned plan(Aggregation aggregation) {
        Planned grouped = GroupingSetsPlanner.plan(planner, aggregation);
        if (grouped != null) {
            return grouped;
        }
        Planned child = planner.planned(aggregation.child());
        PythonPlanner.Extracted extracted =
                PythonPlanner.extract(aggregation, child, planner.context);
        Aggregation node = extracted.aggregation();
        child = new Planned(extracted.child(), child.distribution());
        if (node.aggregates().stream().anyMatch(aggregate -> aggregate.call().python() != null)) {
            return python(node, child);
        }
        List<AggregateStep> steps = steps(node.aggregates());
        boolean plainKeys = node.groupings().stream().allMatch(Named::isPassThrough);
        List<Attribute> keys = node.groupings().stream().map(Named::output).toList();
        if (child.distribution().isSingle()
                || plainKeys && !keys.isEmpty() && child.distribution().clusters(keys)) {
            return new Planned(
                    new HashAggregate(
                            child.plan(), node.groupings(), steps, AggregateMode.COMPLETE),
                    child.distribution());
        }
        boolean distinct =
                node.aggregates().stream().anyMatch(aggregate -> aggregate.call().distinct());
        if (distinct || !keys.isEmpty() && reducesLittle(aggregation)) {
            List<Named> computed = new ArrayList<>();
            Planned ready =
                    planner.computed(
                            child,
                            node.groupings().stream().map(Named::expression).toList(),
                            computed);
            List<Attribute> clusterKeys = computed.stream().map(Named::output).toList();
            Planned clustered =
                    planner.cluster(ready, clusterKeys, planner.bytes(aggregation.child()));
            List<Named> groupings = new ArrayList<>();
            for (int i = 0; i < keys.size(); i++) {
                groupings.add(new Named(keys.get(i), clusterKeys.get(i)));
            }
            return new Planned(
                    new HashAggregate(clustered.plan(), groupings, steps, AggregateMode.COMPLETE),
                    clusteredBy(clustered, keys));
        }
        PhysicalPlan partial =
                new HashAggregate(child.plan(), node.groupings(), steps, AggregateMode.PARTIAL);
        return finished(aggregation, partial, keys, steps);
    }

    /// Brings partial states together and finishes them.
    Planned finished(
            Aggregation aggregation,
            PhysicalPlan partial,
            List<Attribute> keys,
            List<AggregateStep> steps) {
        Planned spread = new Planned(partial, Distribution.SPREAD);
        Planned moved =
                keys.isEmpty() || hasFewGroups(aggregation)
                        ? planner.toSingle(spread)
                        : planner.cluster(spread, keys, planner.bytes(aggregation));
        List<Named> groupings = keys.stream().map(Named::of).toList();
        return new Planned(
                new HashAggregate(moved.plan(), groupings, steps, AggregateMode.FINAL),
                moved.distribution());
    }

    /// By what values the keys can have, not by what is left after joins: that estimate is loose,
    /// and a wrong "few" idles all slots but one.
    private boolean hasFewGroups(Aggregation aggregation) {
        Estimate input = planner.context.estimator().estimate(aggregation.child());
        double groups = 1;
        for (Named grouping : aggregation.groupings()) {
            for (Attribute column : Expressions.references(grouping.expression())) {
                groups *= input.domain(column);
            }
        }
        return groups <= planner.context.singleTaskRows() / FEW_GROUPS_SHARE;
    }

    Planned observe(Observe observe) {
        Planned child = planner.planned(observe.child());
        return new Planned(
                new PhysicalPlan.CollectMetrics(
                        child.plan(),
                        observe.name(),
                        steps(observe.aggregates()),
                        observe.metrics()),
                child.distribution());
    }

    private static Distribution clusteredBy(Planned clustered, List<Attribute> keys) {
        return clustered.distribution() instanceof Distribution.Hashed hashed
                        && hashed.keys().size() == keys.size()
                ? new Distribution.Hashed(keys, hashed.partitions())
                : clustered.distribution().isSingle() ? Distribution.SINGLE : Distribution.SPREAD;
    }

    private boolean reducesLittle(Aggregation aggregation) {
        return planner.context.estimator().boundsGroups(aggregation)
                && planner.rows(aggregation)
                        > POINTLESS_REDUCTION * planner.rows(aggregation.child());
    }

    List<AggregateStep> steps(List<Aggregate> aggregates) {
        List<AggregateStep> steps = new ArrayList<>();
        for (Aggregate aggregate : aggregates) {
            List<Attribute> state = new ArrayList<>();
            for (DataType type : AggregateState.of(aggregate.call())) {
                state.add(planner.context.ids().attribute("state", type, true));
            }
            steps.add(new AggregateStep(aggregate, state));
        }
        return steps;
    }

    /// The worker is sent columns: arguments that are none are computed below.
    private Planned python(Aggregation node, Planned input) {
        List<Aggregate> aggregates = new ArrayList<>();
        Planned child = input;
        for (Aggregate aggregate : node.aggregates()) {
            AggregateCall call = aggregate.call();
            if (call.python() == null) {
                throw Conditions.analysis(
                        "INVALID_PANDAS_UDF_PLACEMENT", "functionList", pythonNames(node));
            }
            List<Named> arguments = new ArrayList<>();
            child = planner.computed(child, call.arguments(), arguments);
            aggregates.add(
                    new Aggregate(
                            aggregate.output(),
                            new AggregateCall(
                                    call.function(),
                                    arguments.stream()
                                            .map(Named::output)
                                            .map(Expression.class::cast)
                                            .toList(),
                                    call.distinct(),
                                    call.filter(),
                                    call.order(),
                                    call.type(),
                                    call.nullable(),
                                    call.python())));
        }
        List<Named> computed = new ArrayList<>();
        Planned ready =
                planner.computed(
                        child, node.groupings().stream().map(Named::expression).toList(), computed);
        List<Attribute> keys = computed.stream().map(Named::output).toList();
        Planned clustered = planner.cluster(ready, keys, planner.bytes(node.child()));
        List<SortOrder> orders = keys.stream().map(key -> new SortOrder(key, true, true)).toList();
        PhysicalPlan sorted =
                keys.isEmpty() ? clustered.plan() : new PhysicalPlan.Sort(clustered.plan(), orders);
        List<Named> groupings = new ArrayList<>();
        for (int i = 0; i < keys.size(); i++) {
            groupings.add(new Named(node.groupings().get(i).output(), keys.get(i)));
        }
        return new Planned(
                new PhysicalPlan.PythonAggregate(sorted, groupings, aggregates),
                clusteredBy(clustered, groupings.stream().map(Named::output).toList()));
    }

    private static String pythonNames(Aggregation node) {
        return node.aggregates().stream()
                .map(Aggregate::call)
                .filter(call -> call.python() != null)
                .map(call -> Conditions.id(call.function()))
                .distinct()
                .collect(Collectors.joining(", "));
    }
}
