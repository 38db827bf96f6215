package io.troupe.columnar.pipeline;

import io.troupe.columnar.column.Values;
import io.troupe.columnar.compile.VectorFunction;
import io.troupe.columnar.operator.Operator;
import io.troupe.columnar.operator.aggregate.SingleAggregate;
import io.troupe.columnar.operator.window.Frame;
import io.troupe.columnar.operator.window.FramedAggregate;
import io.troupe.columnar.operator.window.Offsets;
import io.troupe.columnar.operator.window.Ranking;
import io.troupe.columnar.operator.window.WindowFunction;
import io.troupe.columnar.operator.window.WindowOperator;
import io.troupe.columnar.vector.Batch;
import io.troupe.columnar.vector.Vector;
import io.troupe.planner.expression.AggregateCall;
import io.troupe.planner.expression.Attribute;
import io.troupe.planner.expression.Expression;
import io.troupe.planner.expression.Literal;
import io.troupe.planner.expression.SortOrder;
import io.troupe.planner.expression.WindowCall;
import io.troupe.planner.expression.WindowColumn;
import io.troupe.planner.expression.WindowFrame;
import io.troupe.planner.physical.PhysicalPlan.Window;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// Windows from their plans: a sort by partition and order keys, then the window operator.
final class Windows {
    private final OperatorBuilder builder;
    private final Window plan;
    private final List<Attribute> input;

    private Windows(OperatorBuilder builder, Window plan) {
        this.builder = builder;
        this.plan = plan;
        this.input = plan.child().output();
    }

    static Operator open(OperatorBuilder builder, Window plan, int number) {
        return new Windows(builder, plan).open(number);
    }

    private Operator open(int number) {
        List<SortOrder> partitionOrder =
                plan.partitionBy().stream().map(key -> new SortOrder(key, true, true)).toList();
        List<SortOrder> all = new ArrayList<>(partitionOrder);
        all.addAll(plan.orderBy());
        Operator child = builder.open(plan.child());
        Operator sorted =
                all.isEmpty() ? child : Orderings.sorted(builder, child, input, all, number);
        List<Expression> orderKeys = plan.orderBy().stream().map(SortOrder::expression).toList();
        WindowOperator.Setup setup =
                new WindowOperator.Setup(
                        OperatorBuilder.types(input),
                        builder.functions(plan.partitionBy(), input),
                        Orderings.keys(partitionOrder),
                        builder.functions(orderKeys, input),
                        Orderings.keys(plan.orderBy()),
                        plan.columns().stream().map(this::column).toList(),
                        OperatorBuilder.types(orderKeys),
                        number);
        return new WindowOperator(sorted, setup, builder.context());
    }

    private WindowOperator.Column column(WindowColumn column) {
        WindowCall window = column.call();
        AggregateCall call = window.function();
        List<Expression> arguments = new ArrayList<>(call.arguments());
        WindowFunction function =
                switch (call.function()) {
                    case "row_number", "rank", "dense_rank", "percent_rank", "cume_dist", "ntile" ->
                            Ranking.valueOf(call.function().toUpperCase(Locale.ROOT));
                    case "lag" -> shifted(window, -1);
                    case "lead" -> shifted(window, 1);
                    case "nth_value" ->
                            Offsets.inFrame(
                                    frame(window.frame()),
                                    ((Number) constant(call.arguments().get(1))).intValue(),
                                    window.ignoreNulls(),
                                    call.type());
                    case "first", "first_value", "any_value" -> edge(window, 1, arguments);
                    case "last", "last_value" -> edge(window, 0, arguments);
                    default -> {
                        arguments.clear();
                        arguments.addAll(SingleAggregate.inputs(call));
                        if (call.filter() != null) {
                            arguments.add(call.filter());
                        }
                        yield new FramedAggregate(call, frame(window.frame()));
                    }
                };
        return new WindowOperator.Column(
                function, functions(arguments), OperatorBuilder.types(arguments), call.type());
    }

    private static WindowFunction shifted(WindowCall window, int direction) {
        List<Expression> arguments = window.function().arguments();
        WindowFunction function =
                Offsets.shifted(direction, window.ignoreNulls(), window.function().type());
        Object distance =
                arguments.size() < 2
                        ? (Object) 1
                        : arguments.get(1) instanceof Literal literal ? literal.value() : null;
        return distance instanceof Integer rows && !window.ignoreNulls()
                ? function.reaching(Offsets.reach(direction, rows))
                : function;
    }

    private VectorFunction[] functions(List<Expression> arguments) {
        return builder.functions(arguments, input);
    }

    private WindowFunction edge(WindowCall window, int n, List<Expression> arguments) {
        AggregateCall call = window.function();
        boolean flagged =
                call.arguments().size() > 1
                        && call.arguments().get(1) instanceof Literal literal
                        && Boolean.TRUE.equals(literal.value());
        boolean plain =
                call.filter() == null
                        && window.frame().exclusion() == WindowFrame.Exclusion.NO_OTHERS;
        if (call.filter() != null) {
            arguments.add(call.filter());
        }
        return plain
                ? Offsets.inFrame(
                        frame(window.frame()), n, window.ignoreNulls() || flagged, call.type())
                : new FramedAggregate(call, frame(window.frame()));
    }

    private Frame frame(WindowFrame frame) {
        boolean ordered = plan.orderBy().size() == 1;
        return new Frame(
                frame,
                offset(frame.lower()),
                offset(frame.upper()),
                ordered ? plan.orderBy().getFirst().expression().type() : null,
                !ordered || plan.orderBy().getFirst().ascending());
    }

    private Object offset(WindowFrame.Bound bound) {
        return bound instanceof WindowFrame.Offset offset ? constant(offset.value()) : null;
    }

    private Object constant(Expression expression) {
        if (expression instanceof Literal literal) {
            return literal.value();
        }
        Vector value =
                builder.function(expression, List.of())
                        .evaluate(new Batch(new Vector[0], 1), null, 1);
        return Values.get(value, 0, expression.type());
    }
}
