package io.troupe.pybridge.operator;

import io.troupe.columnar.column.ColumnBuilder;
import io.troupe.columnar.column.Gather;
import io.troupe.columnar.operator.Operator;
import io.troupe.columnar.operator.TaskContext;
import io.troupe.columnar.vector.Batch;
import io.troupe.columnar.vector.Vector;
import io.troupe.planner.expression.Aggregate;
import io.troupe.planner.expression.Attribute;
import io.troupe.planner.expression.Named;
import io.troupe.planner.expression.PythonAggregate;
import io.troupe.planner.expression.PythonCall;
import io.troupe.planner.physical.PhysicalPlan;
import java.util.ArrayList;
import java.util.List;

/// Grouped-aggregate Python functions: one row per group, its keys taken from the group's first
/// row. Without groupings all rows are one group, also when there are none.
final class AggregateOperator implements Operator {
    private final Operator child;
    private final TaskContext context;
    private final int[] sent;
    private final int[] keys;
    private final boolean global;
    private final List<Attribute> childOutput;
    private final GroupReader groups;
    private final CallPipeline<GroupReader.Run> pipeline;
    private boolean anySent;

    AggregateOperator(PhysicalPlan.PythonAggregate plan, Operator child, TaskContext context) {
        this.child = child;
        this.context = context;
        this.childOutput = plan.child().output();
        List<PythonCall> calls = new ArrayList<>();
        for (Aggregate aggregate : plan.aggregates()) {
            PythonAggregate python = aggregate.call().python();
            calls.add(
                    new PythonCall(
                            python.function(),
                            aggregate.call().arguments(),
                            python.argumentNames()));
        }
        List<Attribute> columns = WorkDescription.columnsOf(calls);
        this.sent = WorkDescription.positions(columns, childOutput);
        List<Attribute> grouping =
                plan.groupings().stream()
                        .map(Named::expression)
                        .map(Attribute.class::cast)
                        .toList();
        this.keys = WorkDescription.positions(grouping, childOutput);
        this.global = grouping.isEmpty();
        this.groups =
                new GroupReader(child, childOutput, grouping, global ? Integer.MAX_VALUE : 10_000);
        this.pipeline =
                new CallPipeline<>(
                        "aggregate", calls, new WorkDescription(columns, context), context);
    }

    @Override
    public Batch next() {
        context.checkCancelled();
        while (pipeline.wantsMore()) {
            GroupReader.Run run = groups.next();
            if (run == null && global && !anySent) {
                run = nothing();
            }
            if (run == null) {
                pipeline.endInput();
            } else {
                anySent = true;
                Batch arguments = WorkerOperators.picked(run.batch(), sent);
                pipeline.send(run, arguments, run.bounds(), run.bounds().length - 1);
            }
        }
        CallPipeline.Answered<GroupReader.Run> answered = pipeline.next();
        if (answered == null) {
            close();
            return null;
        }
        GroupReader.Run run = answered.what();
        Vector[] columns = new Vector[keys.length];
        int count = run.bounds().length - 1;
        for (int k = 0; k < keys.length; k++) {
            columns[k] = Gather.copy(run.batch().column(keys[k]), run.bounds(), 0, count);
        }
        return WorkerOperators.beside(new Batch(columns, count), answered.answer());
    }

    private GroupReader.Run nothing() {
        Vector[] columns = new Vector[childOutput.size()];
        for (int i = 0; i < columns.length; i++) {
            columns[i] = ColumnBuilder.of(childOutput.get(i).type()).build();
        }
        return new GroupReader.Run(new Batch(columns, 0), new int[] {0, 0});
    }

    @Override
    public void close() {
        pipeline.close();
        child.close();
    }
}
