package io.troupe.planner.physical;

import io.troupe.planner.expression.Aggregate;
import io.troupe.planner.expression.AggregateCall;
import io.troupe.planner.expression.Attribute;
import io.troupe.planner.expression.Expression;
import io.troupe.planner.expression.Expressions;
import io.troupe.planner.expression.GeneratorCall;
import io.troupe.planner.expression.Named;
import io.troupe.planner.expression.PythonCall;
import io.troupe.planner.expression.SortOrder;
import io.troupe.planner.logical.Aggregation;
import io.troupe.planner.logical.Filter;
import io.troupe.planner.logical.Generate;
import io.troupe.planner.logical.Project;
import io.troupe.planner.logical.PythonCogroupMap;
import io.troupe.planner.logical.PythonGroupMap;
import io.troupe.planner.logical.PythonMap;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Takes Python calls out of expressions into [PhysicalPlan.PythonEvaluate] nodes: all calls of one
/// operator in one visit to the worker, each distinct deterministic call once, and built-in parts
/// around and inside them evaluated in the JVM.
final class PythonPlanner {
    private final PhysicalPlanner planner;

    PythonPlanner(PhysicalPlanner planner) {
        this.planner = planner;
    }

    /// An operator's input with its Python calls computed, and how the calls read afterwards.
    private static final class Extraction {
        private final PlanningContext context;
        private final Map<PythonCall, Attribute> seen = new HashMap<>();
        private final List<PythonColumn> calls = new ArrayList<>();

        Extraction(PlanningContext context) {
            this.context = context;
        }

        Expression replace(Expression expression) {
            return Expressions.transformDown(
                    expression, node -> node instanceof PythonCall call ? column(call) : node);
        }

        private Attribute column(PythonCall call) {
            Attribute known = call.function().deterministic() ? seen.get(call) : null;
            if (known != null) {
                return known;
            }
            Attribute output = context.ids().attribute(call.function().name(), call.type(), true);
            seen.put(call, output);
            calls.add(new PythonColumn(output, call));
            return output;
        }

        PhysicalPlan over(PhysicalPlan child) {
            return calls.isEmpty() ? child : layered(child, calls, context);
        }
    }

    /// Arguments that mix built-in functions over other Python calls need those calls first: one
    /// evaluation node per layer. Built-in arguments are computed by a projection below: the worker
    /// is sent columns only.
    private static PhysicalPlan layered(
            PhysicalPlan child, List<PythonColumn> calls, PlanningContext context) {
        Extraction inner = new Extraction(context);
        Map<Expression, Attribute> computed = new LinkedHashMap<>();
        TranslatedCalls translated = new TranslatedCalls(context.ids());
        List<PythonColumn> outer = new ArrayList<>();
        for (PythonColumn column : calls) {
            if (TranslatedCalls.isTranslated(column.call(), context.translatePython())) {
                translated.add(column.output(), column.call(), inner::replace);
            } else {
                PythonCall call = withColumns(column.call(), inner, computed, context);
                outer.add(new PythonColumn(column.output(), call));
            }
        }
        PhysicalPlan below = translated.over(inner.over(child));
        if (!computed.isEmpty()) {
            List<Named> columns = new ArrayList<>(below.output().stream().map(Named::of).toList());
            computed.forEach(
                    (expression, attribute) -> columns.add(new Named(attribute, expression)));
            below = new PhysicalPlan.Project(below, columns);
        }
        return outer.isEmpty() ? below : new PhysicalPlan.PythonEvaluate(below, outer);
    }

    /// The call with every argument a column, or a Python call of the same kind that the worker
    /// chains.
    private static PythonCall withColumns(
            PythonCall call,
            Extraction inner,
            Map<Expression, Attribute> computed,
            PlanningContext context) {
        List<Expression> arguments = new ArrayList<>();
        for (Expression argument : call.arguments()) {
            if (argument instanceof PythonCall nested
                    && nested.function().evalType() == call.function().evalType()
                    && isFlat(nested)
                    && !TranslatedCalls.isTranslated(nested, context.translatePython())) {
                arguments.add(withColumns(nested, inner, computed, context));
                continue;
            }
            Expression replaced = inner.replace(argument);
            arguments.add(
                    replaced instanceof Attribute
                            ? replaced
                            : computed.computeIfAbsent(
                                    replaced,
                                    e ->
                                            context.ids()
                                                    .attribute(
                                                            "argument", e.type(), e.nullable())));
        }
        return new PythonCall(call.function(), arguments, call.argumentNames());
    }

    /// A Python call whose arguments are Python calls of the same kind or free of Python: the
    /// worker chains it.
    private static boolean isFlat(Expression call) {
        return call.children().stream()
                .allMatch(argument ->
                        argument instanceof PythonCall
                                ? isFlat(argument)
                                : !Expressions.hasPython(argument));
    }

    Planned project(Project project, Planned child) {
        Extraction extraction = new Extraction(planner.context);
        List<Named> columns =
                project.columns().stream()
                        .map(column ->
                                new Named(column.output(), extraction.replace(column.expression())))
                        .toList();
        PhysicalPlan plan = new PhysicalPlan.Project(extraction.over(child.plan()), columns);
        return new Planned(plan, renamed(child.distribution(), columns));
    }

    /// A distribution survives a projection under the new names of its keys.
    private static Distribution renamed(Distribution distribution, List<Named> columns) {
        if (!(distribution instanceof Distribution.Hashed hashed)) {
            return distribution;
        }
        List<Attribute> keys = new ArrayList<>();
        for (Attribute key : hashed.keys()) {
            Attribute renamed = null;
            for (Named column : columns) {
                if (column.expression().equals(key)) {
                    renamed = column.output();
                    break;
                }
            }
            if (renamed == null) {
                return Distribution.SPREAD;
            }
            keys.add(renamed);
        }
        return new Distribution.Hashed(keys, hashed.partitions());
    }

    Planned filter(Filter filter, Planned child) {
        List<Expression> builtIn = new ArrayList<>();
        List<Expression> python = new ArrayList<>();
        for (Expression part : Expressions.conjuncts(filter.condition())) {
            (Expressions.hasPython(part) ? python : builtIn).add(part);
        }
        PhysicalPlan plan = child.plan();
        if (!builtIn.isEmpty()) {
            plan = new PhysicalPlan.Filter(plan, Expressions.conjunction(builtIn));
        }
        if (!python.isEmpty()) {
            Extraction extraction = new Extraction(planner.context);
            Expression condition = extraction.replace(Expressions.conjunction(python));
            plan = new PhysicalPlan.Filter(extraction.over(plan), condition);
            plan = PhysicalPlanner.narrowed(plan, filter.output());
        }
        return new Planned(plan, child.distribution());
    }

    /// An aggregation whose inputs no longer hold scalar Python calls.
    record Extracted(Aggregation aggregation, PhysicalPlan child) {}

    static Extracted extract(Aggregation aggregation, Planned child, PlanningContext context) {
        Extraction extraction = new Extraction(context);
        List<Named> groupings =
                aggregation.groupings().stream()
                        .map(named ->
                                new Named(named.output(), extraction.replace(named.expression())))
                        .toList();
        List<Aggregate> aggregates = new ArrayList<>();
        for (Aggregate aggregate : aggregation.aggregates()) {
            AggregateCall call = aggregate.call();
            aggregates.add(
                    new Aggregate(
                            aggregate.output(),
                            new AggregateCall(
                                    call.function(),
                                    call.arguments().stream().map(extraction::replace).toList(),
                                    call.distinct(),
                                    call.filter() == null
                                            ? null
                                            : extraction.replace(call.filter()),
                                    call.order(),
                                    call.type(),
                                    call.nullable(),
                                    call.python())));
        }
        Aggregation renewed = new Aggregation(aggregation.child(), groupings, aggregates);
        return new Extracted(renewed, extraction.over(child.plan()));
    }

    /// The arguments of a Python table function become columns of its input: the worker is sent
    /// columns only.
    Planned generate(Generate generate, Planned child) {
        GeneratorCall call = generate.generator();
        PhysicalPlan input = child.plan();
        List<Expression> arguments = new ArrayList<>();
        Extraction extraction = new Extraction(planner.context);
        call.arguments().forEach(argument -> arguments.add(extraction.replace(argument)));
        input = extraction.over(input);
        if (call.python() != null) {
            List<Named> columns = new ArrayList<>(input.output().stream().map(Named::of).toList());
            for (int i = 0; i < arguments.size(); i++) {
                Expression argument = arguments.get(i);
                if (!(argument instanceof Attribute)) {
                    Attribute column =
                            planner.context
                                    .ids()
                                    .attribute("argument", argument.type(), argument.nullable());
                    columns.add(new Named(column, argument));
                    arguments.set(i, column);
                }
            }
            if (columns.size() > input.output().size()) {
                input = new PhysicalPlan.Project(input, columns);
            }
        }
        return new Planned(
                new PhysicalPlan.Generate(
                        input,
                        new GeneratorCall(call.function(), arguments, call.python()),
                        generate.outer(),
                        generate.child().output(),
                        generate.generated()),
                child.distribution());
    }

    Planned map(PythonMap map) {
        Planned child = planner.planned(map.child());
        return new Planned(
                new PhysicalPlan.PythonMap(child.plan(), map.function(), map.output()),
                child.distribution().isSingle() ? Distribution.SINGLE : Distribution.SPREAD);
    }

    Planned groupMap(PythonGroupMap map) {
        Planned child = planner.planned(map.child());
        Planned clustered = planner.cluster(child, map.grouping(), planner.bytes(map.child()));
        return new Planned(
                new PhysicalPlan.PythonGroupMap(
                        sorted(clustered.plan(), map.grouping()),
                        map.grouping(),
                        map.arguments(),
                        map.function(),
                        map.output()),
                clustered.distribution().isSingle() ? Distribution.SINGLE : Distribution.SPREAD);
    }

    Planned cogroupMap(PythonCogroupMap map) {
        Planned left = planner.planned(map.left());
        Planned right = planner.planned(map.right());
        boolean single =
                map.leftGrouping().isEmpty()
                        || left.distribution().isSingle() && right.distribution().isSingle();
        int partitions =
                planner.context.partitions(planner.bytes(map.left()) + planner.bytes(map.right()));
        Planned l = single ? planner.toSingle(left) : hashed(left, map.leftGrouping(), partitions);
        Planned r =
                single ? planner.toSingle(right) : hashed(right, map.rightGrouping(), partitions);
        PythonCogroup groups =
                new PythonCogroup(
                        map.leftGrouping(),
                        map.rightGrouping(),
                        map.leftArguments(),
                        map.rightArguments());
        return new Planned(
                new PhysicalPlan.PythonCogroupMap(
                        sorted(l.plan(), map.leftGrouping()),
                        sorted(r.plan(), map.rightGrouping()),
                        groups,
                        map.function(),
                        map.output()),
                single ? Distribution.SINGLE : Distribution.SPREAD);
    }

    private Planned hashed(Planned child, List<Attribute> keys, int partitions) {
        return planner.exchange(
                child,
                new Partitioning.Hash(List.<Expression>copyOf(keys), partitions),
                new Distribution.Hashed(keys, partitions));
    }

    private static PhysicalPlan sorted(PhysicalPlan child, List<Attribute> keys) {
        return keys.isEmpty()
                ? child
                : new PhysicalPlan.Sort(
                        child, keys.stream().map(key -> new SortOrder(key, true, true)).toList());
    }
}
