package io.troupe.planner.physical;

import io.troupe.planner.expression.Aggregate;
import io.troupe.planner.expression.AggregateCall;
import io.troupe.planner.expression.Attribute;
import io.troupe.planner.expression.Expression;
import io.troupe.planner.expression.Expressions;
import io.troupe.planner.expression.Literal;
import io.troupe.planner.expression.Named;
import io.troupe.planner.logical.Aggregation;
import io.troupe.planner.logical.Expand;
import io.troupe.planner.logical.Plans;
import io.troupe.planner.physical.PhysicalPlan.AggregateMode;
import io.troupe.planner.physical.PhysicalPlan.AggregateStep;
import io.troupe.planner.physical.PhysicalPlan.HashAggregate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Plans an aggregation over grouping sets so that rows are grouped by all columns once, and only
/// the groups' states are multiplied.
///
/// ```
/// Aggregate(Expand(rows))  →  Final(Merge(Expand(Partial by all columns(rows))))
/// ```
///
/// Not for aggregates whose arguments the expansion changes, nor for DISTINCT or Python ones, which
/// have no mergeable state.
final class GroupingSetsPlanner {
    private final PhysicalPlanner planner;
    private final Aggregation aggregation;
    private final Expand expand;

    /// Columns that no projection changes, as they are below.
    private final Map<Attribute, Expression> unchanged = new HashMap<>();

    /// The finest grouping, each expression with the column that carries it.
    private final Map<Expression, Named> finest = new LinkedHashMap<>();

    private GroupingSetsPlanner(PhysicalPlanner planner, Aggregation aggregation, Expand expand) {
        this.planner = planner;
        this.aggregation = aggregation;
        this.expand = expand;
    }

    /// The plan, null when the aggregation is not of this kind.
    static Planned plan(PhysicalPlanner planner, Aggregation aggregation) {
        if (!(aggregation.child() instanceof Expand expand)
                || expand.projections().size() < 2
                || aggregation.aggregates().isEmpty()) {
            return null;
        }
        GroupingSetsPlanner sets = new GroupingSetsPlanner(planner, aggregation, expand);
        return sets.applies() ? sets.planned() : null;
    }

    private boolean applies() {
        for (int c = 0; c < expand.output().size(); c++) {
            Expression first = expand.projections().getFirst().get(c);
            boolean same = true;
            for (List<Expression> projection : expand.projections()) {
                same &= projection.get(c).equals(first);
            }
            if (same && !(first instanceof Literal)) {
                unchanged.put(expand.output().get(c), first);
            }
        }
        for (Aggregate aggregate : aggregation.aggregates()) {
            AggregateCall call = aggregate.call();
            if (call.distinct() || call.python() != null || !call.order().isEmpty()) {
                return false;
            }
        }
        Set<Attribute> read =
                Expressions.references(
                        Plans.expressions(
                                new Aggregation(expand, List.of(), aggregation.aggregates())));
        return unchanged.keySet().containsAll(read)
                && aggregation.groupings().stream()
                        .allMatch(grouping -> grouping.expression() instanceof Attribute)
                && plainKeys();
    }

    /// Collects what the keys are made of below; false when it cannot be carried as columns.
    private boolean plainKeys() {
        for (Named grouping : aggregation.groupings()) {
            int c = expand.output().indexOf((Attribute) grouping.expression());
            for (List<Expression> projection : expand.projections()) {
                Expression key = projection.get(c);
                if (key instanceof Literal) {
                    continue;
                }
                if (Expressions.hasPython(key) || !Expressions.isDeterministic(key)) {
                    return false;
                }
                finest.computeIfAbsent(key, this::carried);
            }
        }
        return !finest.isEmpty();
    }

    private Named carried(Expression key) {
        return key instanceof Attribute attribute
                ? Named.of(attribute)
                : new Named(
                        planner.context.ids().attribute("key", key.type(), key.nullable()), key);
    }

    private Planned planned() {
        Planned child = planner.planned(expand.child());
        AggregationPlanner aggregations = new AggregationPlanner(planner);
        Aggregation below =
                (Aggregation)
                        Plans.mapExpressions(
                                new Aggregation(
                                        expand.child(),
                                        List.copyOf(finest.values()),
                                        aggregation.aggregates()),
                                expression -> Expressions.substitute(expression, unchanged));
        List<AggregateStep> first = aggregations.steps(below.aggregates());
        List<AggregateStep> steps = aggregations.steps(aggregation.aggregates());
        PhysicalPlan partial =
                new HashAggregate(child.plan(), below.groupings(), first, AggregateMode.PARTIAL);
        PhysicalPlan expanded = expanded(partial, first, steps);
        List<Attribute> keys = aggregation.groupings().stream().map(Named::output).toList();
        List<Named> groupings = keys.stream().map(Named::of).toList();
        if (child.distribution().isSingle()) {
            return new Planned(
                    new HashAggregate(expanded, groupings, steps, AggregateMode.FINAL),
                    Distribution.SINGLE);
        }
        return aggregations.finished(
                aggregation,
                new HashAggregate(expanded, groupings, steps, AggregateMode.MERGE),
                keys,
                steps);
    }

    /// Keys as each set has them, then the states.
    private PhysicalPlan expanded(
            PhysicalPlan partial, List<AggregateStep> first, List<AggregateStep> steps) {
        List<Attribute> output = new ArrayList<>();
        aggregation.groupings().forEach(grouping -> output.add(grouping.output()));
        steps.forEach(step -> output.addAll(step.state()));
        List<List<Expression>> projections = new ArrayList<>();
        for (List<Expression> projection : expand.projections()) {
            List<Expression> columns = new ArrayList<>();
            for (Named grouping : aggregation.groupings()) {
                int c = expand.output().indexOf((Attribute) grouping.expression());
                Expression key = projection.get(c);
                columns.add(key instanceof Literal ? key : finest.get(key).output());
            }
            first.forEach(step -> columns.addAll(step.state()));
            projections.add(columns);
        }
        return new PhysicalPlan.Expand(partial, projections, output);
    }
}
