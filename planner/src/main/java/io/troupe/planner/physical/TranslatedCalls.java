package io.troupe.planner.physical;

import io.troupe.planner.expression.Attribute;
import io.troupe.planner.expression.AttributeIds;
import io.troupe.planner.expression.Expression;
import io.troupe.planner.expression.Literal;
import io.troupe.planner.expression.Named;
import io.troupe.planner.expression.PythonCall;
import io.troupe.planner.translation.Translation;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/// Computes calls of Python functions that are plain expressions: their arguments become columns,
/// the built-in expression another, and Python is asked for the rows that this one leaves open.
///
/// ```
/// f(a + 1)   ->   PythonEvaluate f(argument) AS f, where value is null
///                   Project *, argument + 2 AS value
///                     Project *, a + 1 AS argument
/// ```
final class TranslatedCalls {
    private final AttributeIds ids;
    private final List<Named> arguments = new ArrayList<>();
    private final Map<Expression, Attribute> known = new LinkedHashMap<>();
    private final List<Named> values = new ArrayList<>();
    private final List<PythonColumn> open = new ArrayList<>();

    TranslatedCalls(AttributeIds ids) {
        this.ids = ids;
    }

    static boolean isTranslated(PythonCall call, boolean allowed) {
        return allowed && !(Translation.of(call) instanceof Translation.Kept);
    }

    /// Takes up a call.
    ///
    /// @param free makes an argument free of Python calls
    void add(Attribute output, PythonCall call, UnaryOperator<Expression> free) {
        List<Expression> columns = new ArrayList<>();
        for (Expression argument : call.arguments()) {
            Expression own = free.apply(argument);
            columns.add(own instanceof Literal ? own : column(own));
        }
        PythonCall over = new PythonCall(call.function(), columns, call.argumentNames());
        switch (Translation.of(over)) {
            case Translation.Whole whole -> values.add(new Named(output, whole.value()));
            case Translation.Mostly mostly -> {
                Attribute value = named("value", mostly.value());
                Attribute holds = mostly.holds() == null ? null : named("holds", mostly.holds());
                PythonColumn.Known part =
                        new PythonColumn.Known(value, holds, mostly.nullsAreOpen());
                // The worker is sent columns only, constants too.
                List<Expression> sent = columns.stream().map(this::column).toList();
                PythonCall asked = new PythonCall(call.function(), sent, call.argumentNames());
                open.add(new PythonColumn(output, asked, part));
            }
            case Translation.Kept kept ->
                    throw new IllegalStateException(
                            call
                                    + " is translated over its arguments, not over their columns: "
                                    + kept.reason());
        }
    }

    private Attribute named(String name, Expression expression) {
        Attribute column = ids.attribute(name, expression.type(), expression.nullable());
        values.add(new Named(column, expression));
        return column;
    }

    private Expression column(Expression argument) {
        return argument instanceof Attribute
                ? argument
                : known.computeIfAbsent(
                        argument,
                        e -> {
                            Attribute column = ids.attribute("argument", e.type(), e.nullable());
                            arguments.add(new Named(column, e));
                            return column;
                        });
    }

    PhysicalPlan over(PhysicalPlan child) {
        PhysicalPlan plan = with(with(child, arguments), values);
        for (PythonColumn column : open) {
            plan = new PhysicalPlan.PythonEvaluate(plan, List.of(column));
        }
        return plan;
    }

    private static PhysicalPlan with(PhysicalPlan child, List<Named> more) {
        if (more.isEmpty()) {
            return child;
        }
        List<Named> columns = new ArrayList<>(child.output().stream().map(Named::of).toList());
        columns.addAll(more);
        return new PhysicalPlan.Project(child, columns);
    }
}
