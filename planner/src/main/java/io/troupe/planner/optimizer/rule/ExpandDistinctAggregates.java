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
import io.troupe.planner.logical.Aggregation;
import io.troupe.planner.logical.Expand;
import io.troupe.planner.logical.LogicalPlan;
import io.troupe.planner.logical.Plans;
import io.troupe.planner.logical.Project;
import io.troupe.planner.type.AtomicType;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Computes DISTINCT aggregates by grouping twice, so that both steps can be partial and spread
/// over tasks.
///
/// ```
/// by g: count(distinct a), sum(b)
///   →  by g: count(a where tag = 1), sum(s where tag = 0)
///        over by g, a, tag: s = sum(b)
///          over Expand (g, null, b, 0), (g, a, null, 1)
/// ```
///
/// With one set of distinct arguments and nothing else, no Expand is needed. Only functions that
/// combine from partial results by another aggregate take part; others stay and are computed in one
/// step.
public final class ExpandDistinctAggregates implements Rule {
    private static final Set<String> DUPLICATE_BLIND =
            Set.of(
                    "min",
                    "max",
                    "bool_and",
                    "bool_or",
                    "every",
                    "some",
                    "any",
                    "bit_and",
                    "bit_or");
    private static final Set<String> ONE_ARGUMENT =
            Set.of("count", "sum", "avg", "collect_set", "collect_list", "count_if");

    @Override
    public LogicalPlan apply(LogicalPlan plan, RuleContext context) {
        return Plans.transformUp(
                plan,
                node ->
                        node instanceof Aggregation aggregation
                                ? expand(aggregation, context)
                                : node);
    }

    private static LogicalPlan expand(Aggregation aggregation, RuleContext context) {
        List<Aggregate> aggregates =
                aggregation.aggregates().stream().map(ExpandDistinctAggregates::blind).toList();
        Aggregation node =
                new Aggregation(aggregation.child(), aggregation.groupings(), aggregates);
        List<Aggregate> distinct =
                aggregates.stream().filter(aggregate -> aggregate.call().distinct()).toList();
        return distinct.isEmpty() || !canExpand(aggregates)
                ? node
                : new Expansion(node, context).build();
    }

    /// DISTINCT changes nothing for these.
    private static Aggregate blind(Aggregate aggregate) {
        AggregateCall call = aggregate.call();
        if (!call.distinct() || !DUPLICATE_BLIND.contains(call.function())) {
            return aggregate;
        }
        return new Aggregate(
                aggregate.output(), withoutDistinct(call, call.arguments(), call.filter()));
    }

    private static AggregateCall withoutDistinct(
            AggregateCall call, List<Expression> arguments, Expression filter) {
        return new AggregateCall(
                call.function(),
                arguments,
                false,
                filter,
                call.order(),
                call.type(),
                call.nullable(),
                call.python());
    }

    private static boolean canExpand(List<Aggregate> aggregates) {
        for (Aggregate aggregate : aggregates) {
            AggregateCall call = aggregate.call();
            if (call.python() != null || !call.order().isEmpty()) {
                return false;
            }
            boolean combinable =
                    call.distinct() ? isCountable(call) : CombinedAggregate.function(call) != null;
            if (!combinable) {
                return false;
            }
        }
        return true;
    }

    private static boolean isCountable(AggregateCall call) {
        return !call.arguments().isEmpty()
                && (call.function().equals("count")
                        || ONE_ARGUMENT.contains(call.function()) && call.arguments().size() == 1);
    }

    /// The rewrite of one aggregation.
    private static final class Expansion {
        private final Aggregation node;
        private final RuleContext context;

        /// Argument lists of distinct aggregates (with their filters), and the tag of each.
        private final Map<List<Expression>, Integer> sets = new LinkedHashMap<>();

        private final List<Aggregate> plain = new ArrayList<>();

        /// Inputs of the aggregates without DISTINCT, and the columns of the Expand that carry
        /// them.
        private final Map<Expression, Attribute> plainInputs = new LinkedHashMap<>();

        Expansion(Aggregation node, RuleContext context) {
            this.node = node;
            this.context = context;
            for (Aggregate aggregate : node.aggregates()) {
                if (aggregate.call().distinct()) {
                    sets.putIfAbsent(key(aggregate.call()), sets.size() + 1);
                } else {
                    plain.add(aggregate);
                }
            }
        }

        /// Arguments that a filter lets through; others are null, which no aggregate sees.
        private static List<Expression> key(AggregateCall call) {
            return call.arguments().stream()
                    .map(argument -> filtered(argument, call.filter()))
                    .toList();
        }

        private static Expression filtered(Expression argument, Expression filter) {
            return filter == null
                    ? argument
                    : new CaseWhen(
                            List.of(new CaseWhen.Branch(filter, argument)),
                            Literal.ofNull(argument.type()),
                            argument.type());
        }

        LogicalPlan build() {
            List<Attribute> keys = node.groupings().stream().map(Named::output).toList();
            Map<List<Expression>, List<Attribute>> columns = new LinkedHashMap<>();
            for (List<Expression> set : sets.keySet()) {
                columns.put(
                        set,
                        set.stream()
                                .map(value -> context.ids().attribute("value", value.type(), true))
                                .toList());
            }
            boolean alone = sets.size() == 1 && plain.isEmpty();
            Attribute tag =
                    alone ? null : context.ids().attribute("tag", AtomicType.INTEGER, false);
            LogicalPlan input = alone ? projected(columns) : expanded(columns, tag);
            List<Named> inner = new ArrayList<>(keys.stream().map(Named::of).toList());
            columns.values().forEach(set -> set.forEach(column -> inner.add(Named.of(column))));
            if (tag != null) {
                inner.add(Named.of(tag));
            }
            List<Aggregate> partial = new ArrayList<>();
            Map<Attribute, Attribute> partials = new LinkedHashMap<>();
            for (Aggregate aggregate : plain) {
                Attribute output =
                        context.ids().attribute("partial", aggregate.call().type(), true);
                partials.put(aggregate.output(), output);
                partial.add(new Aggregate(output, overExpanded(aggregate, tag)));
            }
            LogicalPlan grouped = new Aggregation(input, inner, partial);
            return outer(grouped, keys, columns, partials, tag);
        }

        private LogicalPlan projected(Map<List<Expression>, List<Attribute>> columns) {
            List<Named> projection = new ArrayList<>(node.groupings());
            columns.forEach((values, attributes) -> {
                for (int i = 0; i < values.size(); i++) {
                    projection.add(new Named(attributes.get(i), values.get(i)));
                }
            });
            return new Project(node.child(), projection);
        }

        private LogicalPlan expanded(
                Map<List<Expression>, List<Attribute>> columns, Attribute tag) {
            for (Aggregate aggregate : plain) {
                for (Expression argument : aggregate.call().arguments()) {
                    input(argument);
                }
                if (aggregate.call().filter() != null) {
                    input(aggregate.call().filter());
                }
            }
            List<Attribute> output =
                    new ArrayList<>(node.groupings().stream().map(Named::output).toList());
            columns.values().forEach(output::addAll);
            output.addAll(plainInputs.values());
            output.add(tag);
            List<List<Expression>> projections = new ArrayList<>();
            if (!plain.isEmpty()) {
                projections.add(projection(columns, null, 0));
            }
            sets.forEach((set, number) -> projections.add(projection(columns, set, number)));
            return new Expand(
                    node.child(),
                    projections,
                    output.stream().map(a -> a.equals(tag) ? a : a.withNullable(true)).toList());
        }

        private void input(Expression expression) {
            if (!(expression instanceof Literal)) {
                plainInputs.computeIfAbsent(
                        expression, value -> context.ids().attribute("input", value.type(), true));
            }
        }

        private List<Expression> projection(
                Map<List<Expression>, List<Attribute>> columns,
                List<Expression> chosen,
                int number) {
            List<Expression> values =
                    new ArrayList<>(node.groupings().stream().map(Named::expression).toList());
            for (List<Expression> set : columns.keySet()) {
                for (Expression value : set) {
                    values.add(set.equals(chosen) ? value : Literal.ofNull(value.type()));
                }
            }
            plainInputs.forEach((value, column) ->
                    values.add(chosen == null ? value : Literal.ofNull(column.type())));
            values.add(Literal.of(number));
            return values;
        }

        private AggregateCall overExpanded(Aggregate aggregate, Attribute tag) {
            AggregateCall call = aggregate.call();
            List<Expression> arguments =
                    call.arguments().stream()
                            .<Expression>map(argument ->
                                    argument instanceof Literal
                                            ? argument
                                            : plainInputs.get(argument))
                            .toList();
            Expression own = tagged(tag, 0);
            Expression filter =
                    call.filter() == null
                            ? own
                            : Expressions.booleanCall(
                                    "and",
                                    own,
                                    call.filter() instanceof Literal
                                            ? call.filter()
                                            : plainInputs.get(call.filter()));
            return withoutDistinct(call, arguments, filter);
        }

        private static Call tagged(Attribute tag, int number) {
            return Expressions.booleanCall("=", tag, Literal.of(number));
        }

        private LogicalPlan outer(
                LogicalPlan grouped,
                List<Attribute> keys,
                Map<List<Expression>, List<Attribute>> columns,
                Map<Attribute, Attribute> partials,
                Attribute tag) {
            List<Aggregate> results = new ArrayList<>();
            List<Named> projection = new ArrayList<>(keys.stream().map(Named::of).toList());
            for (Aggregate aggregate : node.aggregates()) {
                AggregateCall call = aggregate.call();
                if (call.distinct()) {
                    List<Expression> set = key(call);
                    Expression filter = tag == null ? null : tagged(tag, sets.get(set));
                    List<Expression> arguments = List.copyOf(columns.get(set));
                    results.add(
                            new Aggregate(
                                    aggregate.output(), withoutDistinct(call, arguments, filter)));
                    projection.add(Named.of(aggregate.output()));
                    continue;
                }
                CombinedAggregate combined =
                        CombinedAggregate.of(
                                aggregate,
                                partials.get(aggregate.output()),
                                tagged(tag, 0),
                                context.ids());
                results.add(combined.aggregate());
                projection.add(combined.column());
            }
            return new Project(
                    new Aggregation(grouped, keys.stream().map(Named::of).toList(), results),
                    projection);
        }
    }
}
