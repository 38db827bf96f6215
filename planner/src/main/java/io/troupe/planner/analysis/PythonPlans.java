package io.troupe.planner.analysis;

import io.troupe.planner.error.TroupeException;
import io.troupe.planner.expression.Aggregate;
import io.troupe.planner.expression.Attribute;
import io.troupe.planner.expression.Expression;
import io.troupe.planner.expression.Expressions;
import io.troupe.planner.expression.Named;
import io.troupe.planner.expression.PythonFunction;
import io.troupe.planner.logical.LogicalPlan;
import io.troupe.planner.logical.Observe;
import io.troupe.planner.logical.Project;
import io.troupe.planner.logical.PythonCogroupMap;
import io.troupe.planner.logical.PythonGroupMap;
import io.troupe.planner.logical.PythonMap;
import io.troupe.planner.parsed.ParsedExpression;
import io.troupe.planner.parsed.ParsedPlan;
import io.troupe.planner.type.StructType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/// Python functions over batches and groups, and observed metrics.
final class PythonPlans {
    /// A plan with its grouping columns computed.
    private record Grouped(LogicalPlan plan, List<Attribute> keys, List<Attribute> arguments) {}

    private final QueryAnalyzer query;

    PythonPlans(QueryAnalyzer query) {
        this.query = query;
    }

    private List<Attribute> output(PythonFunction function) {
        if (!(function.returnType() instanceof StructType struct)) {
            throw new IllegalArgumentException(
                    "the return type of "
                            + function.name()
                            + " must be a struct, found "
                            + function.returnType().simpleString());
        }
        return struct.fields().stream()
                .map(field -> query.ids().attribute(field.name(), field.type(), field.nullable()))
                .toList();
    }

    LogicalPlan map(ParsedPlan.MapPython map) {
        return new PythonMap(query.analyze(map.child()), map.function(), output(map.function()));
    }

    LogicalPlan groupMap(ParsedPlan.GroupMapPython map) {
        Grouped grouped = grouped(query.analyze(map.child()), map.groupings());
        return new PythonGroupMap(
                grouped.plan(),
                grouped.keys(),
                grouped.arguments(),
                map.function(),
                output(map.function()));
    }

    LogicalPlan cogroupMap(ParsedPlan.CogroupMapPython map) {
        Grouped left = grouped(query.analyze(map.left()), map.leftGroupings());
        LogicalPlan rightPlan =
                FreshIds.avoiding(query.analyze(map.right()), left.plan().output(), query.ids());
        Grouped right = grouped(rightPlan, map.rightGroupings());
        return new PythonCogroupMap(
                left.plan(),
                right.plan(),
                left.keys(),
                right.keys(),
                left.arguments(),
                right.arguments(),
                map.function(),
                output(map.function()));
    }

    private Grouped grouped(LogicalPlan child, List<ParsedExpression> groupings) {
        List<Attribute> keys = new ArrayList<>();
        List<Named> columns = new ArrayList<>(child.output().stream().map(Named::of).toList());
        List<SelectItem> items =
                Stars.expand(groupings, query.expressions(child, query.extraction()));
        for (SelectItem item : items) {
            Named column = SelectAnalyzer.column(item, item.value().expression(), query.ids());
            keys.add(column.output());
            if (!column.isPassThrough()) {
                columns.add(column);
            }
        }
        LogicalPlan plan =
                columns.size() == child.output().size() ? child : new Project(child, columns);
        return new Grouped(plan, keys, child.output());
    }

    LogicalPlan observe(ParsedPlan.ObserveMetrics observe) {
        LogicalPlan child = query.analyze(observe.child());
        Extraction extraction = query.extraction();
        List<SelectItem> items =
                Stars.expand(observe.metrics(), query.expressions(child, extraction));
        Set<Attribute> computed =
                extraction.aggregates().stream().map(Aggregate::output).collect(Collectors.toSet());
        List<Named> metrics = new ArrayList<>();
        for (SelectItem item : items) {
            Expression value = item.value().expression();
            if (!computed.containsAll(Expressions.references(value))) {
                throw notAnAggregate(item.name());
            }
            Attribute named = query.ids().attribute(item.name(), value.type(), value.nullable());
            metrics.add(new Named(named, value));
        }
        return new Observe(child, observe.name(), List.copyOf(extraction.aggregates()), metrics);
    }

    private static TroupeException notAnAggregate(String name) {
        return TroupeException.analysis(
                "INVALID_OBSERVED_METRICS.NON_AGGREGATE_FUNC_ARG_IS_ATTRIBUTE",
                "42K0E",
                "Invalid observed metrics. Attribute \""
                        + name
                        + "\" can only be used as an argument to an aggregate function.",
                Map.of("expr", "\"" + name + "\""));
    }
}
