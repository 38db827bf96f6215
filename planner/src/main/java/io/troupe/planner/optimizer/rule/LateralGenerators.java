package io.troupe.planner.optimizer.rule;

import io.troupe.planner.error.Conditions;
import io.troupe.planner.expression.Attribute;
import io.troupe.planner.expression.Expression;
import io.troupe.planner.expression.Expressions;
import io.troupe.planner.expression.GeneratorCall;
import io.troupe.planner.expression.Named;
import io.troupe.planner.expression.OuterReference;
import io.troupe.planner.expression.PythonTableCall;
import io.troupe.planner.logical.Filter;
import io.troupe.planner.logical.Generate;
import io.troupe.planner.logical.Join;
import io.troupe.planner.logical.JoinKind;
import io.troupe.planner.logical.LogicalPlan;
import io.troupe.planner.logical.OneRow;
import io.troupe.planner.logical.Project;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// A lateral join with a generator is that generator over the left side: no join is needed.
///
/// ```
/// Join lateral                  Project (left and generated columns)
///   left                 ->       Generate g(a)
///   Project                         left
///     Generate g(outer(a))
///       OneRow
/// ```
final class LateralGenerators {
    /// PySpark's number of table functions over Arrow batches, whose rows belong to no single row.
    private static final int ARROW_TABLE_FUNCTION = 302;

    private LateralGenerators() {}

    /// The plan without the join, or null when the right side is something else.
    static LogicalPlan flattened(Join join) {
        List<Project> projects = new ArrayList<>();
        LogicalPlan right = join.right();
        while (right instanceof Project project) {
            projects.add(project);
            right = project.child();
        }
        if (!(right instanceof Generate generate) || !(generate.child() instanceof OneRow)) {
            return null;
        }
        PythonTableCall python = generate.generator().python();
        if (python != null && python.function().evalType() == ARROW_TABLE_FUNCTION) {
            throw Conditions.analysis("LATERAL_JOIN_WITH_ARROW_UDTF_UNSUPPORTED");
        }
        boolean left = join.kind() == JoinKind.LEFT;
        // An outer join keeps left rows whose generated rows all fail the condition.
        if (join.kind() != JoinKind.INNER && !(left && join.condition() == null)) {
            return null;
        }
        Set<Attribute> known = new HashSet<>(join.left().output());
        Map<Attribute, Expression> values = new HashMap<>();
        for (int i = projects.size() - 1; i >= 0; i--) {
            Map<Attribute, Expression> inner = Map.copyOf(values);
            for (Named column : projects.get(i).columns()) {
                // Columns of generators that gave nothing are null; computed ones would not be.
                if (left && !(column.expression() instanceof Attribute)) {
                    return null;
                }
                values.put(
                        column.output(),
                        Expressions.substitute(plain(column.expression(), known), inner));
            }
        }
        GeneratorCall call = generate.generator();
        List<Expression> arguments =
                call.arguments().stream().map(argument -> plain(argument, known)).toList();
        if (arguments.stream().anyMatch(Expressions::hasOuterReference)) {
            return null;
        }
        List<Attribute> generated =
                generate.generated().stream()
                        .map(column -> left ? column.withNullable(true) : column)
                        .toList();
        LogicalPlan plan =
                new Generate(
                        join.left(),
                        new GeneratorCall(call.function(), arguments, call.python()),
                        generate.outer() || left,
                        generated);
        List<Named> columns =
                new ArrayList<>(join.left().output().stream().map(Named::of).toList());
        for (Attribute output : join.right().output()) {
            columns.add(new Named(output, values.getOrDefault(output, output)));
        }
        LogicalPlan projected = new Project(plan, columns);
        return join.condition() == null ? projected : new Filter(projected, join.condition());
    }

    private static Expression plain(Expression expression, Set<Attribute> known) {
        return Expressions.transformUp(
                expression,
                node ->
                        node instanceof OuterReference reference
                                        && known.contains(reference.attribute())
                                ? reference.attribute()
                                : node);
    }
}
