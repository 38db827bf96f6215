package io.troupe.planner.physical;

import io.troupe.planner.expression.AggregateCall;
import io.troupe.planner.expression.Attribute;
import io.troupe.planner.expression.AttributeIds;
import io.troupe.planner.expression.Expression;
import io.troupe.planner.expression.Named;
import io.troupe.planner.expression.PythonCall;
import io.troupe.planner.expression.SortOrder;
import io.troupe.planner.expression.WindowCall;
import io.troupe.planner.expression.WindowColumn;
import io.troupe.planner.expression.WindowFrame;
import io.troupe.planner.type.AtomicType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Python aggregates over windows. Where each row's frame starts and ends is computed by built-in
/// windows: rows are numbered within their partition, and the least and the greatest number of a
/// frame are its bounds (null for an empty one). The worker gets whole partitions in the order of
/// the numbers, and cuts each row's frame out of them.
final class PythonWindowPlanner {
    private static final WindowFrame RUNNING =
            new WindowFrame(
                    WindowFrame.Unit.ROWS,
                    WindowFrame.Fixed.UNBOUNDED_PRECEDING,
                    WindowFrame.Fixed.CURRENT_ROW,
                    WindowFrame.Exclusion.NO_OTHERS);

    private final AttributeIds ids;

    PythonWindowPlanner(AttributeIds ids) {
        this.ids = ids;
    }

    /// The columns of a window, built-in and Python; the child is clustered by the keys.
    PhysicalPlan plan(
            PhysicalPlan child,
            List<Attribute> keys,
            List<SortOrder> orderBy,
            List<WindowColumn> columns) {
        List<Expression> partitionBy = List.copyOf(keys);
        List<WindowColumn> builtIn = new ArrayList<>();
        List<WindowColumn> python = new ArrayList<>();
        for (WindowColumn column : columns) {
            (column.call().function().python() == null ? builtIn : python).add(column);
        }
        if (python.isEmpty()) {
            return new PhysicalPlan.Window(child, partitionBy, orderBy, columns);
        }
        Attribute number = ids.attribute("row_number", AtomicType.INTEGER, false);
        AggregateCall numbering =
                new AggregateCall("row_number", List.of(), AtomicType.INTEGER, false);
        builtIn.add(new WindowColumn(number, new WindowCall(numbering, RUNNING, false)));
        PhysicalPlan plan = new PhysicalPlan.Window(child, partitionBy, orderBy, builtIn);
        SortOrder byNumber = new SortOrder(number, true, true);
        Map<WindowFrame, List<Attribute>> bounds = new HashMap<>();
        for (WindowColumn column : python) {
            WindowFrame frame = column.call().frame();
            if (bounds.containsKey(frame)) {
                continue;
            }
            List<WindowColumn> ends = new ArrayList<>();
            for (String end : List.of("min", "max")) {
                Attribute bound = ids.attribute(end, AtomicType.INTEGER, true);
                AggregateCall call =
                        new AggregateCall(end, List.of(number), AtomicType.INTEGER, true);
                ends.add(new WindowColumn(bound, new WindowCall(call, frame, false)));
            }
            bounds.put(frame, ends.stream().map(WindowColumn::output).toList());
            // Frames of rows need an order without ties, the very one of the numbers.
            List<SortOrder> order =
                    frame.unit() == WindowFrame.Unit.ROWS ? List.of(byNumber) : orderBy;
            plan = new PhysicalPlan.Window(plan, partitionBy, order, ends);
        }
        List<Named> inputs = new ArrayList<>(plan.output().stream().map(Named::of).toList());
        List<PythonColumn> calls = new ArrayList<>();
        for (WindowColumn column : python) {
            calls.add(call(column, bounds.get(column.call().frame()), inputs));
        }
        if (inputs.size() > plan.output().size()) {
            plan = new PhysicalPlan.Project(plan, inputs);
        }
        List<SortOrder> sorted = new ArrayList<>();
        keys.forEach(key -> sorted.add(new SortOrder(key, true, true)));
        sorted.add(byNumber);
        return new PhysicalPlan.PythonWindow(new PhysicalPlan.Sort(plan, sorted), keys, calls);
    }

    private PythonColumn call(WindowColumn column, List<Attribute> bounds, List<Named> inputs) {
        AggregateCall function = column.call().function();
        List<Expression> arguments = new ArrayList<>(bounds);
        List<String> names = new ArrayList<>();
        bounds.forEach(_ -> names.add(null));
        names.addAll(function.python().argumentNames());
        for (Expression argument : function.arguments()) {
            if (argument instanceof Attribute) {
                arguments.add(argument);
                continue;
            }
            Attribute made = ids.attribute("argument", argument.type(), argument.nullable());
            inputs.add(new Named(made, argument));
            arguments.add(made);
        }
        return new PythonColumn(
                column.output(), new PythonCall(function.python().function(), arguments, names));
    }
}
