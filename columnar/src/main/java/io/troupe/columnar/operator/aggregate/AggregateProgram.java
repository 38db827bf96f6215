package io.troupe.columnar.operator.aggregate;

import io.troupe.columnar.compile.VectorPredicate;
import io.troupe.columnar.vector.Vector;
import io.troupe.planner.expression.AggregateCall;
import io.troupe.planner.expression.Expression;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// The accumulators of an aggregation and how its outputs are read off them. Aggregates over the
/// same arguments share accumulators: `sum(x)` and `avg(x)` add up once. A program holds the state
/// of one set of groups; a new set gets a new program.
public final class AggregateProgram {
    /// Where aggregates get their inputs: expressions are numbered, each distinct one once.
    public interface Inputs {
        int slot(Expression expression);

        VectorPredicate predicate(Expression condition);
    }

    /// An accumulator that reads rows.
    record Feed(
            Accumulator accumulator, int[] slots, VectorPredicate filter, DistinctRows distinct) {}

    /// The parts of one aggregate: its accumulators in the order of its states.
    private record Output(Accumulator[] parts, int[] widths, Average average) {}

    private record Key(
            String kind, List<Expression> arguments, Expression filter, boolean distinct) {}

    private final Inputs inputs;
    private final boolean share;
    private final List<Feed> feeds = new ArrayList<>();
    private final List<Output> outputs = new ArrayList<>();
    private final Map<Key, Accumulator> shared = new HashMap<>();

    private AggregateProgram(Inputs inputs, boolean share) {
        this.inputs = inputs;
        this.share = share;
    }

    /// A program that reads rows.
    public static AggregateProgram overRows(List<AggregateCall> calls, Inputs inputs) {
        return create(calls, inputs, true);
    }

    /// A program that merges states.
    public static AggregateProgram overStates(List<AggregateCall> calls) {
        return create(calls, null, false);
    }

    private static AggregateProgram create(
            List<AggregateCall> calls, Inputs inputs, boolean share) {
        AggregateProgram program = new AggregateProgram(inputs, share);
        for (AggregateCall call : calls) {
            program.plan(call);
        }
        return program;
    }

    private void plan(AggregateCall call) {
        switch (call.function()) {
            case "avg", "mean", "try_avg" -> {
                Expression argument = call.arguments().getFirst();
                Accumulator sum = accumulator("avgsum", call, AggregateFunctions.averageSum(call));
                CountAccumulator count =
                        (CountAccumulator)
                                accumulator(
                                        argument.nullable() ? "count" : "count*",
                                        call,
                                        new CountAccumulator(false));
                Average average =
                        new Average(
                                sum, count, call.type(), AggregateFunctions.scale(argument.type()));
                outputs.add(new Output(new Accumulator[] {sum, count}, new int[] {1, 1}, average));
            }
            case "count" -> {
                boolean all =
                        call.arguments().stream().noneMatch(Expression::nullable)
                                && !call.distinct();
                single(
                        accumulator(all ? "count*" : "count", call, new CountAccumulator(false)),
                        call);
            }
            default ->
                    single(
                            accumulator(
                                    AggregateFunctions.sharingKind(call),
                                    call,
                                    AggregateFunctions.create(call)),
                            call);
        }
    }

    private void single(Accumulator accumulator, AggregateCall call) {
        int width = AggregateFunctions.stateWidth(call);
        outputs.add(new Output(new Accumulator[] {accumulator}, new int[] {width}, null));
    }

    /// A shared accumulator of the kind, or `fresh` after making it read its arguments.
    private Accumulator accumulator(String kind, AggregateCall call, Accumulator fresh) {
        if (!share) {
            return fresh;
        }
        List<Expression> arguments =
                kind.equals("count*") ? List.of() : AggregateFunctions.inputs(call);
        Key key = new Key(kind, arguments, call.filter(), call.distinct());
        Accumulator known = kind.isEmpty() ? null : shared.get(key);
        if (known != null) {
            return known;
        }
        shared.put(key, fresh);
        int[] slots = arguments.stream().mapToInt(inputs::slot).toArray();
        VectorPredicate filter = call.filter() == null ? null : inputs.predicate(call.filter());
        DistinctRows distinct =
                call.distinct()
                        ? new DistinctRows(arguments.stream().map(Expression::type).toList())
                        : null;
        feeds.add(new Feed(fresh, slots, filter, distinct));
        return fresh;
    }

    List<Feed> feeds() {
        return feeds;
    }

    void reserve(int groups) {
        for (Output output : outputs) {
            for (Accumulator part : output.parts()) {
                part.reserve(groups);
            }
        }
    }

    /// Adds states: the columns of all aggregates one after another, from column `at` on.
    void merge(Vector[] columns, int at, int[] rows, int[] groups, int count) {
        int column = at;
        for (Output output : outputs) {
            for (int p = 0; p < output.parts().length; p++) {
                Vector[] states = new Vector[output.widths()[p]];
                System.arraycopy(columns, column, states, 0, states.length);
                output.parts()[p].merge(states, rows, groups, count);
                column += states.length;
            }
        }
    }

    /// Appends the state columns of the groups.
    void states(int from, int count, List<Vector> columns) {
        for (Output output : outputs) {
            for (Accumulator part : output.parts()) {
                columns.addAll(List.of(part.states(from, count)));
            }
        }
    }

    /// Appends the result columns of the groups.
    void results(int from, int count, List<Vector> columns) {
        for (Output output : outputs) {
            columns.add(
                    output.average() != null
                            ? output.average().result(from, count)
                            : output.parts()[0].result(from, count));
        }
    }

    long bytes() {
        long sum = 0;
        for (Output output : outputs) {
            for (Accumulator part : output.parts()) {
                sum += part.bytes();
            }
        }
        for (Feed feed : feeds) {
            sum += feed.distinct() == null ? 0 : feed.distinct().bytes();
        }
        return sum;
    }

    /// Distinct aggregates cannot be merged from their states.
    boolean mergeable() {
        return feeds.stream().allMatch(feed -> feed.distinct() == null);
    }
}
