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

/// Adds columns that Python functions compute. A few batches are on their way at a time, so that
/// both sides work at once; the rows wait here and get their new columns when the result comes,
/// batch for batch.
final class EvaluateOperator implements Operator {
    private static final int WINDOW = 3;

    private final Operator child;
    private final Regrouping input;
    private final TaskContext context;
    private final List<PythonCall> calls;
    private final WorkDescription description;
    private final StructType sentSchema;
    private final int[] sent;
    private final Deque<Batch> waiting = new ArrayDeque<>();
    private WorkerSession session;
    private boolean inputEnded;

    EvaluateOperator(PhysicalPlan.PythonEvaluate plan, Operator child, TaskContext context) {
        this.child = child;
        this.context = context;
        this.input = new Regrouping(child, plan.child().output());
        this.calls = plan.calls().stream().map(PythonColumn::call).toList();
        List<Attribute> columns = WorkDescription.columnsOf(calls);
        this.description = new WorkDescription(columns, context);
        this.sentSchema = description.schema();
        this.sent = WorkDescription.positions(columns, plan.child().output());
    }

    @Override
    public Batch next() {
        context.checkCancelled();
        while (!inputEnded && waiting.size() < WINDOW) {
            Batch batch = input.next();
            if (batch == null) {
                inputEnded = true;
                if (session != null) {
                    session.finishInput();
                }
            } else {
                open().send(picked(batch), sentSchema, context.settings().timeZone(), null);
                waiting.add(batch);
            }
        }
        if (waiting.isEmpty()) {
            if (session != null && session.receive() != null) {
                throw new WorkerDiedException(
                        "Python worker sent more results than it was given batches.");
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
                            + " rows with "
                            + (result == null ? "nothing." : result.rowCount() + "."));
        }
        Vector[] columns = Arrays.copyOf(batch.columns(), batch.columns().length + calls.size());
        System.arraycopy(result.columns(), 0, columns, batch.columns().length, calls.size());
        return new Batch(columns, batch.rowCount());
    }

    private WorkerSession open() {
        if (session == null) {
            session =
                    (WorkerSession)
                            context.openPython(
                                    new FunctionsRequest(WorkDescription.functionsOf(calls)));
            session.begin(description.calls("evaluate", calls));
        }
        return session;
    }

    private Batch picked(Batch batch) {
        Vector[] columns = new Vector[sent.length];
        for (int i = 0; i < sent.length; i++) {
            columns[i] = batch.column(sent[i]);
        }
        return new Batch(columns, batch.rowCount());
    }

    @Override
    public void close() {
        if (session != null) {
            session.close();
            session = null;
            inputEnded = true;
            waiting.clear();
        }
        child.close();
    }
}
