package io.troupe.pybridge.operator;

import io.troupe.columnar.operator.Operator;
import io.troupe.columnar.operator.TaskContext;
import io.troupe.columnar.pipeline.PythonOperators;
import io.troupe.columnar.vector.Batch;
import io.troupe.columnar.vector.Vector;
import io.troupe.planner.expression.Attribute;
import io.troupe.planner.physical.PhysicalPlan;
import io.troupe.planner.type.StructType;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Builds the operators that use a Python worker.
public final class WorkerOperators implements PythonOperators {
    @Override
    public Operator open(PhysicalPlan node, List<Operator> children, TaskContext context) {
        return switch (node) {
            case PhysicalPlan.PythonEvaluate plan -> open(plan, children.getFirst(), context);
            case PhysicalPlan.PythonMap plan -> open(plan, children.getFirst(), context);
            case PhysicalPlan.PythonGroupMap plan -> open(plan, children.getFirst(), context);
            case PhysicalPlan.PythonCogroupMap plan ->
                    open(plan, children.get(0), children.get(1), context);
            case PhysicalPlan.PythonAggregate plan ->
                    new AggregateOperator(plan, children.getFirst(), context);
            case PhysicalPlan.PythonWindow plan ->
                    new WindowAggregateOperator(plan, children.getFirst(), context);
            case PhysicalPlan.Generate plan ->
                    new TableOperator(plan, children.getFirst(), context);
            default ->
                    throw new IllegalStateException(
                            node.getClass().getSimpleName() + " runs no Python");
        };
    }

    private static Operator open(
            PhysicalPlan.PythonEvaluate plan, Operator child, TaskContext context) {
        return plan.calls().getFirst().known() == null
                ? new EvaluateOperator(plan, child, context)
                : new FallbackOperator(plan, child, context);
    }

    private static Operator open(PhysicalPlan.PythonMap plan, Operator child, TaskContext context) {
        List<Attribute> columns = plan.child().output();
        WorkDescription description = new WorkDescription(columns, context);
        StructType schema = description.schema();
        Regrouping input = new Regrouping(child, columns);
        Feed feed =
                () -> {
                    Batch batch = input.next();
                    return batch == null ? List.of() : List.of(new Feed.Piece(batch, schema, null));
                };
        Map<String, Object> work = description.function("map", plan.function());
        Integer split = InputPartition.of(plan.child(), context);
        if (split != null) {
            work.put("split", split);
        }
        return new MapOperator(List.of(child), feed, context, List.of(plan.function()), work);
    }

    private static Operator open(
            PhysicalPlan.PythonGroupMap plan, Operator child, TaskContext context) {
        List<Attribute> columns = sent(plan.grouping(), plan.arguments());
        WorkDescription description = new WorkDescription(columns, context);
        Map<String, Object> work = description.function("groups", plan.function());
        work.put("keys", description.positions(plan.grouping()));
        work.put("arguments", description.positions(plan.arguments()));
        GroupReader groups = GroupReader.ofMany(child, plan.child().output(), plan.grouping());
        Feed feed = groupFeed(groups, columns, plan.child().output());
        return new MapOperator(List.of(child), feed, context, List.of(plan.function()), work);
    }

    private static List<Attribute> sent(List<Attribute> grouping, List<Attribute> arguments) {
        Set<Attribute> columns = new LinkedHashSet<>(grouping);
        columns.addAll(arguments);
        return List.copyOf(columns);
    }

    private static Feed groupFeed(
            GroupReader groups, List<Attribute> columns, List<Attribute> childOutput) {
        StructType schema = WorkDescription.schema(columns);
        int[] positions = WorkDescription.positions(columns, childOutput);
        return () -> {
            GroupReader.Run run = groups.next();
            return run == null
                    ? List.of()
                    : List.of(new Feed.Piece(picked(run.batch(), positions), schema, run.bounds()));
        };
    }

    static Batch picked(Batch batch, int[] positions) {
        Vector[] columns = new Vector[positions.length];
        for (int i = 0; i < positions.length; i++) {
            columns[i] = batch.column(positions[i]);
        }
        return new Batch(columns, batch.rowCount());
    }

    /// The columns of both, which have equally many rows.
    static Batch beside(Batch batch, Batch added) {
        int width = batch.columns().length;
        Vector[] columns = Arrays.copyOf(batch.columns(), width + added.columns().length);
        System.arraycopy(added.columns(), 0, columns, width, added.columns().length);
        return new Batch(columns, batch.rowCount());
    }

    private static Operator open(
            PhysicalPlan.PythonCogroupMap plan,
            Operator left,
            Operator right,
            TaskContext context) {
        List<Attribute> leftColumns =
                sent(plan.groups().leftGrouping(), plan.groups().leftArguments());
        List<Attribute> rightColumns =
                sent(plan.groups().rightGrouping(), plan.groups().rightArguments());
        WorkDescription leftSide = new WorkDescription(leftColumns, context);
        WorkDescription rightSide = new WorkDescription(rightColumns, context);
        Map<String, Object> work = leftSide.function("cogroups", plan.function());
        work.put(
                "left",
                side(leftSide, plan.groups().leftGrouping(), plan.groups().leftArguments()));
        work.put(
                "right",
                side(rightSide, plan.groups().rightGrouping(), plan.groups().rightArguments()));
        Feed feed = new CogroupFeed(plan, left, right, leftColumns, rightColumns);
        return new MapOperator(List.of(left, right), feed, context, List.of(plan.function()), work);
    }

    private static Map<String, Object> side(
            WorkDescription side, List<Attribute> grouping, List<Attribute> arguments) {
        Map<String, Object> described = side.base("cogroups");
        described.put("keys", side.positions(grouping));
        described.put("arguments", side.positions(arguments));
        return described;
    }
}
