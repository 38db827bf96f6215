package io.troupe.planner.optimizer.rule;

import io.troupe.planner.expression.Aggregate;
import io.troupe.planner.expression.AggregateCall;
import io.troupe.planner.expression.Attribute;
import io.troupe.planner.expression.Call;
import io.troupe.planner.expression.Expression;
import io.troupe.planner.expression.Expressions;
import io.troupe.planner.expression.GeneratorCall;
import io.troupe.planner.expression.Literal;
import io.troupe.planner.expression.Named;
import io.troupe.planner.logical.Aggregation;
import io.troupe.planner.logical.Distinct;
import io.troupe.planner.logical.Filter;
import io.troupe.planner.logical.Generate;
import io.troupe.planner.logical.Join;
import io.troupe.planner.logical.JoinKind;
import io.troupe.planner.logical.LogicalPlan;
import io.troupe.planner.logical.Plans;
import io.troupe.planner.logical.Project;
import io.troupe.planner.logical.SetOperation;
import io.troupe.planner.logical.Union;
import io.troupe.planner.type.ArrayType;
import io.troupe.planner.type.AtomicType;
import java.util.ArrayList;
import java.util.List;

/// Expresses DISTINCT, INTERSECT and EXCEPT by aggregations and joins.
///
/// ```
/// Distinct(A)          →  Aggregation(A, by all columns)
/// Intersect(A, B)      →  Distinct(A semi join B on all columns <=>)
/// Except(A, B)         →  Distinct(A anti join B on all columns <=>)
/// Intersect/Except ALL →  count rows of both sides per value, keep min or difference, repeat
/// ```
public final class ReplaceSetOperations implements Rule {
    @Override
    public LogicalPlan apply(LogicalPlan plan, RuleContext context) {
        return Plans.transformUp(
                plan,
                node ->
                        switch (node) {
                            case Distinct distinct -> distinct(distinct.child());
                            case SetOperation operation when operation.all() ->
                                    bag(operation, context);
                            case SetOperation operation -> set(operation);
                            default -> node;
                        });
    }

    static LogicalPlan distinct(LogicalPlan child) {
        return new Aggregation(child, child.output().stream().map(Named::of).toList(), List.of());
    }

    private static LogicalPlan set(SetOperation operation) {
        List<Expression> equalities = new ArrayList<>();
        List<Attribute> left = operation.left().output();
        List<Attribute> right = operation.right().output();
        for (int i = 0; i < left.size(); i++) {
            equalities.add(
                    new Call("<=>", List.of(left.get(i), right.get(i)), AtomicType.BOOLEAN, false));
        }
        JoinKind kind =
                operation.kind() == SetOperation.Kind.INTERSECT
                        ? JoinKind.LEFT_SEMI
                        : JoinKind.LEFT_ANTI;
        LogicalPlan joined =
                new Join(
                        distinct(operation.left()),
                        operation.right(),
                        kind,
                        Expressions.conjunction(equalities));
        return renamed(joined, left, operation.output());
    }

    private static LogicalPlan renamed(LogicalPlan plan, List<Attribute> from, List<Attribute> to) {
        List<Named> columns = new ArrayList<>();
        for (int i = 0; i < to.size(); i++) {
            columns.add(new Named(to.get(i), from.get(i)));
        }
        return new Project(plan, columns);
    }

    private static LogicalPlan bag(SetOperation operation, RuleContext context) {
        List<Attribute> values =
                operation.left().output().stream().map(context.ids()::copy).toList();
        Attribute fromLeft = context.ids().attribute("from_left", AtomicType.LONG, false);
        List<Attribute> columns = new ArrayList<>(values);
        columns.add(fromLeft);
        LogicalPlan all =
                new Union(
                        List.of(
                                tagged(operation.left(), 1, context),
                                tagged(operation.right(), 0, context)),
                        columns);
        Attribute left = context.ids().attribute("left_rows", AtomicType.LONG, true);
        Attribute rows = context.ids().attribute("rows", AtomicType.LONG, false);
        LogicalPlan counted =
                new Aggregation(
                        all,
                        values.stream().map(Named::of).toList(),
                        List.of(
                                new Aggregate(
                                        left,
                                        new AggregateCall(
                                                "sum", List.of(fromLeft), AtomicType.LONG, true)),
                                new Aggregate(
                                        rows,
                                        new AggregateCall(
                                                "count", List.of(), AtomicType.LONG, false))));
        Expression right = new Call("-", List.of(rows, left), AtomicType.LONG, true);
        Expression times =
                operation.kind() == SetOperation.Kind.INTERSECT
                        ? new Call("least", List.of(left, right), AtomicType.LONG, true)
                        : new Call("-", List.of(left, right), AtomicType.LONG, true);
        Attribute repeat = context.ids().attribute("repeat", AtomicType.LONG, true);
        List<Named> kept = new ArrayList<>();
        values.forEach(value -> kept.add(Named.of(value)));
        kept.add(new Named(repeat, times));
        LogicalPlan positive =
                new Filter(
                        new Project(counted, kept),
                        new Call(">", List.of(repeat, Literal.of(0L)), AtomicType.BOOLEAN, true));
        Expression sequence =
                new Call(
                        "sequence",
                        List.of(Literal.of(1L), repeat),
                        new ArrayType(AtomicType.LONG, false),
                        true);
        LogicalPlan repeated =
                new Generate(
                        positive,
                        new GeneratorCall("explode", List.of(sequence), null),
                        false,
                        List.of(context.ids().attribute("n", AtomicType.LONG, false)));
        return renamed(repeated, values, operation.output());
    }

    private static LogicalPlan tagged(LogicalPlan side, long tag, RuleContext context) {
        List<Named> columns = new ArrayList<>();
        side.output().forEach(attribute -> columns.add(Named.of(attribute)));
        columns.add(
                new Named(
                        context.ids().attribute("from_left", AtomicType.LONG, false),
                        Literal.of(tag)));
        return new Project(side, columns);
    }
}
