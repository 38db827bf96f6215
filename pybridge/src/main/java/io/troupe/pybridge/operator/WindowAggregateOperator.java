package io.troupe.pybridge.operator;

import io.troupe.columnar.operator.Operator;
import io.troupe.columnar.operator.TaskContext;
import io.troupe.columnar.vector.Batch;
import io.troupe.planner.expression.Attribute;
import io.troupe.planner.expression.PythonCall;
import io.troupe.planner.physical.PhysicalPlan;
import io.troupe.planner.physical.PythonColumn;
import java.util.List;

/// Python aggregates over windows: the worker gets whole partitions, and answers with one value per
/// row. The rows wait here meanwhile.
final class WindowAggregateOperator implements Operator {
    private final Operator child;
    private final TaskContext context;
    private final int[] sent;
    private final GroupReader groups;
    private final CallPipeline<Batch> pipeline;

    WindowAggregateOperator(PhysicalPlan.PythonWindow plan, Operator child, TaskContext context) {
        this.child = child;
        this.context = context;
        List<PythonCall> calls = plan.calls().stream().map(PythonColumn::call).toList();
        List<Attribute> columns = WorkDescription.columnsOf(calls);
        List<Attribute> childOutput = plan.child().output();
        this.sent = WorkDescription.positions(columns, childOutput);
        this.groups =
                plan.partitionBy().isEmpty()
                        ? new GroupReader(child, childOutput, List.of(), Integer.MAX_VALUE)
                        : GroupReader.ofMany(child, childOutput, plan.partitionBy());
        this.pipeline =
                new CallPipeline<>("window", calls, new WorkDescription(columns, context), context);
    }

    @Override
    public Batch next() {
        context.checkCancelled();
        while (pipeline.wantsMore()) {
            GroupReader.Run run = groups.next();
            if (run == null) {
                pipeline.endInput();
            } else {
                pipeline.send(
                        run.batch(),
                        WorkerOperators.picked(run.batch(), sent),
                        run.bounds(),
                        run.batch().rowCount());
            }
        }
        CallPipeline.Answered<Batch> answered = pipeline.next();
        if (answered == null) {
            close();
            return null;
        }
        return WorkerOperators.beside(answered.what(), answered.answer());
    }

    @Override
    public void close() {
        pipeline.close();
        child.close();
    }
}
