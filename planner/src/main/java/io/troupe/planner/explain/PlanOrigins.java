package io.troupe.planner.explain;

import io.troupe.planner.expression.Attribute;
import io.troupe.planner.expression.Call;
import io.troupe.planner.expression.Cast;
import io.troupe.planner.expression.Expression;
import io.troupe.planner.expression.Expressions;
import io.troupe.planner.expression.Literal;
import io.troupe.planner.expression.Named;
import io.troupe.planner.logical.LogicalPlan;
import io.troupe.planner.logical.Plans;
import io.troupe.planner.logical.Sort;
import io.troupe.planner.physical.PhysicalPlan;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/// The lines of the user's script that physical operators come from. Optimisation rewrites plan
/// nodes but keeps their columns and, mostly, their conditions: those lead back from a physical
/// operator to the logical node that first had them, and so to its line.
public final class PlanOrigins {
    private final Map<Object, String> lines = new HashMap<>();

    private PlanOrigins() {}

    /// @param plan an analysed plan
    /// @param lineOf the line of a node, or null: it then has the line of the node above it
    public static PlanOrigins of(LogicalPlan plan, Function<LogicalPlan, String> lineOf) {
        PlanOrigins origins = new PlanOrigins();
        origins.collect(plan, null, lineOf);
        return origins;
    }

    private void collect(LogicalPlan plan, String above, Function<LogicalPlan, String> lineOf) {
        String own = lineOf.apply(plan);
        String line = own == null ? above : own;
        Set<Attribute> passing = new HashSet<>();
        for (LogicalPlan child : plan.children()) {
            collect(child, line, lineOf);
            passing.addAll(child.output());
        }
        if (line == null) {
            return;
        }
        for (Attribute column : plan.output()) {
            if (!passing.contains(column)) {
                lines.putIfAbsent(column, line);
            }
        }
        if (plan instanceof Sort sort) {
            sort.orders().forEach(order -> lines.putIfAbsent(order, line));
        }
        for (Expression expression : Plans.expressions(plan)) {
            for (Expression part : Expressions.conjuncts(expression)) {
                if (!(part instanceof Attribute)) {
                    lines.putIfAbsent(form(part), line);
                }
            }
        }
    }

    /// An expression without what folding and coercion change: casts, and the types of constants.
    private static String form(Expression expression) {
        return switch (expression) {
            case Cast cast -> form(cast.child());
            case Literal literal -> String.valueOf(literal.value());
            case Attribute attribute -> "#" + attribute.id();
            default ->
                    name(expression)
                            + expression.children().stream()
                                    .map(PlanOrigins::form)
                                    .collect(Collectors.joining(",", "(", ")"));
        };
    }

    private static String name(Expression expression) {
        return expression instanceof Call call
                ? call.function()
                : expression.getClass().getSimpleName();
    }

    private static List<String> forms(Expression condition) {
        return Expressions.conjuncts(condition).stream().map(PlanOrigins::form).toList();
    }

    /// The line of an operator, or null when nothing of it was in the analysed plan.
    public String lineOf(PhysicalPlan plan) {
        for (Object mark : marks(plan)) {
            String line = lines.get(mark);
            if (line != null) {
                return line;
            }
        }
        return newColumns(plan);
    }

    private String newColumns(PhysicalPlan plan) {
        Set<Attribute> passing = new HashSet<>();
        plan.children().forEach(child -> passing.addAll(child.output()));
        for (Attribute column : plan.output()) {
            String line = passing.contains(column) ? null : lines.get(column);
            if (line != null) {
                return line;
            }
        }
        return null;
    }

    /// What sets the operator apart from others: conditions, orders, computed columns.
    private static List<?> marks(PhysicalPlan plan) {
        return switch (plan) {
            case PhysicalPlan.Filter filter -> forms(filter.condition());
            case PhysicalPlan.Sort sort -> sort.orders();
            case PhysicalPlan.TopN top -> top.orders();
            case PhysicalPlan.GroupTop top -> top.orderBy();
            case PhysicalPlan.HashAggregate aggregate ->
                    aggregate.aggregates().stream().map(step -> step.aggregate().output()).toList();
            case PhysicalPlan.HashJoin join -> joinMarks(join);
            case PhysicalPlan.NestedLoopJoin join -> forms(join.condition());
            case PhysicalPlan.Project project -> computed(project.columns());
            default -> List.of();
        };
    }

    private static List<Object> computed(List<Named> columns) {
        List<Object> found = new ArrayList<>();
        for (Named column : columns) {
            if (!column.isPassThrough()) {
                found.add(column.output());
                found.add(form(column.expression()));
            }
        }
        return found;
    }

    private static List<Object> joinMarks(PhysicalPlan.HashJoin join) {
        List<Object> marks = new ArrayList<>();
        for (int i = 0; i < join.leftKeys().size(); i++) {
            Expression left = join.leftKeys().get(i);
            Expression right = join.rightKeys().get(i);
            marks.add(form(Expressions.booleanCall("=", left, right)));
            marks.add(form(Expressions.booleanCall("=", right, left)));
        }
        marks.addAll(forms(join.residual()));
        return marks;
    }
}
