package io.troupe.planner.analysis;

import io.troupe.planner.error.Conditions;
import io.troupe.planner.expression.Aggregate;
import io.troupe.planner.expression.AggregateCall;
import io.troupe.planner.expression.Attribute;
import io.troupe.planner.expression.AttributeIds;
import io.troupe.planner.expression.Expression;
import io.troupe.planner.expression.GeneratorCall;
import io.troupe.planner.expression.SortOrder;
import io.troupe.planner.expression.WindowCall;
import io.troupe.planner.expression.WindowColumn;
import io.troupe.planner.function.Dialect;
import io.troupe.planner.logical.Generate;
import io.troupe.planner.logical.LogicalPlan;
import io.troupe.planner.logical.Window;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/// The aggregate, window and generator calls met while the expressions of one clause are resolved.
/// Each becomes a column that a plan node computes; the expression refers to that column. Equal
/// aggregates and windows share one.
final class Extraction {
    /// Window functions over one partitioning and order.
    private record Group(
            List<Expression> partitionBy, List<SortOrder> orderBy, List<WindowColumn> columns) {}

    /// A generator call and the columns that it makes.
    record Generated(GeneratorCall call, boolean outer, List<Attribute> columns, String text) {}

    private final AttributeIds ids;
    private final List<Aggregate> aggregates = new ArrayList<>();
    private final List<Group> windows = new ArrayList<>();
    private final List<Generated> generators = new ArrayList<>();
    private final List<String> texts = new ArrayList<>();
    private List<TimeWindow> timeWindows = new ArrayList<>();

    Extraction(AttributeIds ids) {
        this.ids = ids;
    }

    /// Windows of time go to the given list, and those that are there stand for equal calls.
    Extraction sharing(List<TimeWindow> timeWindows) {
        this.timeWindows = timeWindows;
        return this;
    }

    Attribute timeWindow(
            TimeWindow.Kind kind, Expression time, long length, long slide, long start) {
        for (TimeWindow known : timeWindows) {
            if (known.is(kind, time, length, slide, start)) {
                return known.column();
            }
        }
        if (!timeWindows.isEmpty()) {
            throw Conditions.analysis("_LEGACY_ERROR_TEMP_1039");
        }
        TimeWindow window = TimeWindow.of(kind, time, length, slide, start, ids);
        timeWindows.add(window);
        return window.column();
    }

    /// The plan with the windows of time that its rows belong to.
    LogicalPlan withTimeWindows(LogicalPlan child, Dialect dialect) {
        LogicalPlan plan = child;
        for (TimeWindow window : timeWindows) {
            plan = window.over(plan, null, ids, dialect);
        }
        return plan;
    }

    boolean isEmpty() {
        return aggregates.isEmpty() && windows.isEmpty() && generators.isEmpty();
    }

    boolean hasAggregates() {
        return !aggregates.isEmpty();
    }

    boolean hasWindows() {
        return !windows.isEmpty();
    }

    List<Aggregate> aggregates() {
        return aggregates;
    }

    List<Generated> generators() {
        return generators;
    }

    /// The calls met, as Spark shows them.
    List<String> texts() {
        return texts;
    }

    /// Makes earlier aggregates known, so that an equal call reuses their columns.
    void reuse(List<Aggregate> known) {
        aggregates.addAll(known);
    }

    Attribute aggregate(AggregateCall call, String text) {
        for (Aggregate known : aggregates) {
            if (known.call().equals(call)) {
                return known.output();
            }
        }
        Attribute output = ids.attribute(text, call.type(), call.nullable());
        aggregates.add(new Aggregate(output, call));
        texts.add(text);
        return output;
    }

    Attribute window(
            List<Expression> partitionBy, List<SortOrder> orderBy, WindowCall call, String text) {
        Group group = null;
        for (Group known : windows) {
            if (known.partitionBy().equals(partitionBy) && known.orderBy().equals(orderBy)) {
                group = known;
            }
        }
        if (group == null) {
            group = new Group(partitionBy, orderBy, new ArrayList<>());
            windows.add(group);
        }
        for (WindowColumn known : group.columns()) {
            if (known.call().equals(call)) {
                return known.output();
            }
        }
        Attribute output = ids.attribute(text, call.function().type(), call.function().nullable());
        group.columns().add(new WindowColumn(output, call));
        texts.add(text);
        return output;
    }

    Generated generator(GeneratorCall call, boolean outer, List<Attribute> columns, String text) {
        Generated generated = new Generated(call, outer, columns, text);
        generators.add(generated);
        texts.add(text);
        return generated;
    }

    /// The plan with Window nodes that compute the window columns; `rewrite` is applied to their
    /// expressions first.
    LogicalPlan withWindows(LogicalPlan child, UnaryOperator<Expression> rewrite) {
        LogicalPlan plan = child;
        for (Group group : windows) {
            Window window = new Window(plan, group.partitionBy(), group.orderBy(), group.columns());
            plan = io.troupe.planner.logical.Plans.mapExpressions(window, rewrite);
        }
        return plan;
    }

    LogicalPlan withGenerators(LogicalPlan child, UnaryOperator<Expression> rewrite) {
        LogicalPlan plan = child;
        for (Generated generated : generators) {
            plan =
                    new Generate(
                            plan,
                            new GeneratorCall(
                                    generated.call().function(),
                                    generated.call().arguments().stream().map(rewrite).toList(),
                                    generated.call().python()),
                            generated.outer(),
                            generated.columns());
        }
        return plan;
    }
}
