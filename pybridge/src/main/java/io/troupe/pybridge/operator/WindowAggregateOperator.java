package io.troupe.pybridge.operator;

import io.troupe.columnar.operator.Operator;
import io.troupe.columnar.operator.TaskContext;
import io.troupe.columnar.vector.Batch;
import io.troupe.columnar.vector.Vector;
import io.troupe.planner.expression.Attribute;
import io.troupe.planner.expression.PythonCall;
import io.troupe.planner.physical.PhysicalPlan;
import io.troupe.planner.physical.PythonColumn;
import io.troupe.planner.type.StructType;
import io.troupe.pybridge.worker.FunctionsRequest;
import io.troupe.pybridge.worker.WorkerDiedException;
import io.troupe.pybridge.worker.WorkerSession;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;

/// Python aggregates over windows: the worker gets whole partitions, and answers with one value per
/// row. The rows wait here meanwhile.
final class WindowAggregateOperator implements Operator {
    private static final int WINDOW = 3;

    private final Operator child;
    private final TaskContext context;
    private final List<PythonCall> calls;
    private final WorkDescription description;
    private final StructType schema;
    private final int[] sent;
    private final GroupReader groups;
    private final Deque<Batch> waiting = new ArrayDeque<>();
    private WorkerSession session;
    private boolean inputEnded;

    WindowAggregateOperator(PhysicalPlan.PythonWindow plan, Operator child, TaskContext context) {
        this.child = child;
        this.context = context;
        this.calls = plan.calls().stream().map(PythonColumn::call).toList();
        List<Attribute> columns = WorkDescription.columnsOf(calls);
        this.description = new WorkDescription(columns, context);
        this.schema = description.schema();
        List<Attribute> childOutput = plan.child().output();
        this.sent = WorkDescription.positions(columns, childOutput);
        this.groups =
                plan.partitionBy().isEmpty()
                        ? new GroupReader(child, childOutput, List.of(), Integer.MAX_VALUE)
                        : GroupReader.ofMany(child, childOutput, plan.partitionBy());
    }

    @Override
    public Batch next() {
        context.checkCancelled();
        while (!inputEnded && waiting.size() < WINDOW) {
            GroupReader.Run run = groups.next();
            if (run == null) {
                inputEnded = true;
                if (session != null) {
                    session.finishInput();
                }
            } else {
                open().send(
                                WorkerOperators.picked(run.batch(), sent),
                                schema,
                                context.settings().timeZone(),
                                run.bounds());
                waiting.add(run.batch());
            }
        }
        if (waiting.isEmpty()) {
            if (session != null && session.receive() != null) {
                throw new WorkerDiedException(
                        "Python worker sent more results than it was given partitions.");
            }
            close();
            return null;
        }
        Batch result = session.receive();
        Batch batch = waiting.poll();
        if (result == null || result.rowCount() != batch.rowCount()) {
            throw new WorkerDiedException(
                    "Python worker answered "
                            + batch.rowCount()
                            + " rows with another number of rows.");
        }
        int width = batch.columns().length;
        Vector[] columns = Arrays.copyOf(batch.columns(), width + calls.size());
        System.arraycopy(result.columns(), 0, columns, width, calls.size());
        return new Batch(columns, batch.rowCount());
    }

    private WorkerSession open() {
        if (session == null) {
            session =
                    (WorkerSession)
                            context.openPython(
                                    new FunctionsRequest(WorkDescription.functionsOf(calls)));
            session.begin(description.calls("window", calls));
        }
        return session;
    }

    @Override
    public void close() {
        inputEnded = true;
        if (session != null) {
            session.close();
            session = null;
        }
        waiting.clear();
        child.close();
    }
}
