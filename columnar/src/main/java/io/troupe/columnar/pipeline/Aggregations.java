package io.troupe.columnar.pipeline;

import io.troupe.columnar.compile.VectorFunction;
import io.troupe.columnar.compile.VectorPredicate;
import io.troupe.columnar.operator.Operator;
import io.troupe.columnar.operator.aggregate.AggregateProgram;
import io.troupe.columnar.operator.aggregate.HashAggregateOperator;
import io.troupe.columnar.operator.aggregate.ObserveOperator;
import io.troupe.planner.expression.AggregateCall;
import io.troupe.planner.expression.Attribute;
import io.troupe.planner.expression.Expression;
import io.troupe.planner.expression.Named;
import io.troupe.planner.function.AggregateState;
import io.troupe.planner.physical.PhysicalPlan.AggregateMode;
import io.troupe.planner.physical.PhysicalPlan.CollectMetrics;
import io.troupe.planner.physical.PhysicalPlan.HashAggregate;
import io.troupe.planner.type.DataType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Hash aggregations from their plan.
final class Aggregations {
    private Aggregations() {}

    static Operator open(OperatorBuilder builder, HashAggregate plan, int number) {
        List<AggregateCall> calls =
                plan.aggregates().stream().map(step -> step.aggregate().call()).toList();
        List<Attribute> input = plan.child().output();
        boolean overStates =
                plan.mode() == AggregateMode.MERGE || plan.mode() == AggregateMode.FINAL;
        Slots slots = new Slots(builder, input);
        List<DataType> stateTypes = new ArrayList<>();
        calls.forEach(call -> stateTypes.addAll(AggregateState.of(call)));
        if (!overStates) {
            AggregateProgram.overRows(calls, slots);
        }
        VectorFunction[] groupings = new VectorFunction[plan.groupings().size()];
        for (int g = 0; g < groupings.length; g++) {
            int column = g;
            groupings[g] =
                    overStates
                            ? (batch, selection, count) -> batch.column(column)
                            : builder.function(plan.groupings().get(g).expression(), input);
        }
        HashAggregateOperator.Setup setup =
                new HashAggregateOperator.Setup(
                        plan.mode(),
                        plan.groupings().stream().map(Named::output).map(Attribute::type).toList(),
                        stateTypes,
                        groupings,
                        slots.functions,
                        () -> AggregateProgram.overRows(calls, slots),
                        () -> AggregateProgram.overStates(calls));
        return new HashAggregateOperator(
                builder.open(plan.child()), setup, builder.context(), number);
    }

    static Operator observe(OperatorBuilder builder, CollectMetrics plan) {
        List<AggregateCall> calls =
                plan.aggregates().stream().map(step -> step.aggregate().call()).toList();
        Slots slots = new Slots(builder, plan.child().output());
        AggregateProgram program = AggregateProgram.overRows(calls, slots);
        return new ObserveOperator(
                builder.open(plan.child()),
                plan.name(),
                program,
                slots.functions.toArray(VectorFunction[]::new),
                builder.context());
    }

    /// Numbers argument expressions and compiles each once.
    static final class Slots implements AggregateProgram.Inputs {
        private final OperatorBuilder builder;
        private final List<Attribute> input;
        private final Map<Expression, Integer> numbers = new HashMap<>();
        private final Map<Expression, VectorPredicate> predicates = new HashMap<>();
        final List<VectorFunction> functions = new ArrayList<>();

        Slots(OperatorBuilder builder, List<Attribute> input) {
            this.builder = builder;
            this.input = input;
        }

        @Override
        public int slot(Expression expression) {
            Integer known = numbers.get(expression);
            if (known == null) {
                known = functions.size();
                numbers.put(expression, known);
                functions.add(builder.function(expression, input));
            }
            return known;
        }

        @Override
        public VectorPredicate predicate(Expression condition) {
            return predicates.computeIfAbsent(
                    condition, c -> builder.expressions().predicate(c, input));
        }
    }
}
