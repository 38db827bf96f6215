package io.troupe.pybridge.operator;

import io.troupe.columnar.operator.Operator;
import io.troupe.columnar.operator.TaskContext;
import io.troupe.columnar.vector.Batch;
import io.troupe.planner.expression.Attribute;
import io.troupe.planner.expression.PythonCall;
import io.troupe.planner.physical.PhysicalPlan;
import io.troupe.planner.physical.PythonColumn;
import java.util.List;

/// Adds columns that Python functions compute. The rows wait here and get their new columns when
/// the result comes, batch for batch.
final class EvaluateOperator implements Operator {
    private final Operator child;
    private final Regrouping input;
    private final TaskContext context;
    private final int[] sent;
    private final CallPipeline<Batch> pipeline;

    EvaluateOperator(PhysicalPlan.PythonEvaluate plan, Operator child, TaskContext context) {
        this.child = child;
        this.context = context;
        this.input = new Regrouping(child, plan.child().output());
        List<PythonCall> calls = plan.calls().stream().map(PythonColumn::call).toList();
        List<Attribute> columns = WorkDescription.columnsOf(calls);
        this.sent = WorkDescription.positions(columns, plan.child().output());
        this.pipeline =
                new CallPipeline<>(
                        "evaluate", calls, new WorkDescription(columns, context), context);
    }

    @Override
    public Batch next() {
        context.checkCancelled();
        while (pipeline.wantsMore()) {
            Batch batch = input.next();
            if (batch == null) {
                pipeline.endInput();
            } else {
                Batch arguments = WorkerOperators.picked(batch, sent);
                pipeline.send(batch, arguments, null, batch.rowCount());
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
