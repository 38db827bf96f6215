package io.troupe.pybridge.operator;

import io.troupe.columnar.column.Gather;
import io.troupe.columnar.kernel.Blend;
import io.troupe.columnar.kernel.Columns;
import io.troupe.columnar.operator.Operator;
import io.troupe.columnar.operator.TaskContext;
import io.troupe.columnar.vector.Batch;
import io.troupe.columnar.vector.BooleanVector;
import io.troupe.columnar.vector.NullVector;
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

/// Adds the column of a translated Python function: the built-in expression's value where that is
/// Python's, and what Python says for the other rows. Without such rows no worker is taken.
final class FallbackOperator implements Operator {
    private static final int WINDOW = 3;
    private static final int[] NONE = {};

    /// A batch and those of its rows that were sent to Python.
    private record Waiting(Batch batch, int[] open) {}

    private final PythonColumn column;
    private final Operator child;
    private final TaskContext context;
    private final WorkDescription description;
    private final StructType sentSchema;
    private final int[] sent;
    private final int value;
    private final int holds;
    private final Deque<Waiting> waiting = new ArrayDeque<>();
    private WorkerSession session;
    private boolean inputEnded;

    FallbackOperator(PhysicalPlan.PythonEvaluate plan, Operator child, TaskContext context) {
        this.child = child;
        this.context = context;
        this.column = plan.calls().getFirst();
        List<Attribute> input = plan.child().output();
        List<Attribute> columns = WorkDescription.columnsOf(calls());
        this.description = new WorkDescription(columns, context);
        this.sentSchema = description.schema();
        this.sent = WorkDescription.positions(columns, input);
        this.value = input.indexOf(column.known().value());
        this.holds = input.indexOf(column.known().holds());
    }

    private List<PythonCall> calls() {
        return List.of(column.call());
    }

    @Override
    public Batch next() {
        context.checkCancelled();
        while (!inputEnded && waiting.size() < WINDOW && !isReady(waiting.peek())) {
            Batch batch = child.next();
            if (batch == null) {
                inputEnded = true;
                if (session != null) {
                    session.finishInput();
                }
            } else {
                int[] open = open(batch);
                if (open.length > 0) {
                    send(batch, open);
                }
                waiting.add(new Waiting(batch, open));
            }
        }
        Waiting first = waiting.poll();
        if (first == null) {
            if (session != null && session.receive() != null) {
                throw new WorkerDiedException(
                        "Python worker sent more results than it was given batches.");
            }
            close();
            return null;
        }
        return with(first.batch(), completed(first));
    }

    private static boolean isReady(Waiting head) {
        return head != null && head.open().length == 0;
    }

    /// The existing rows for which the built-in expression does not hold.
    private int[] open(Batch batch) {
        Vector values = batch.column(value);
        boolean nulls =
                column.known().nullsAreOpen()
                        && (values.validity() != null || values instanceof NullVector);
        byte[] truths = holds < 0 ? null : truths(batch.column(holds));
        if (!nulls && truths == null) {
            return NONE;
        }
        int[] open = new int[batch.selected()];
        int count = 0;
        for (int i = 0; i < open.length; i++) {
            int row = batch.row(i);
            open[count] = row;
            boolean isOpen = truths != null && truths[row] == 0 || nulls && values.isNull(row);
            count += isOpen ? 1 : 0;
        }
        return Arrays.copyOf(open, count);
    }

    /// The values of a condition that is never null; null when all are true.
    private static byte[] truths(Vector condition) {
        byte[] values = ((BooleanVector) Columns.flat(condition)).values();
        int all = 1;
        for (int i = 0; i < condition.length(); i++) {
            all &= values[i];
        }
        return all == 1 ? null : values;
    }

    private void send(Batch batch, int[] open) {
        if (session == null) {
            session =
                    (WorkerSession)
                            context.openPython(
                                    new FunctionsRequest(WorkDescription.functionsOf(calls())));
            session.begin(description.calls("evaluate", calls()));
        }
        Vector[] columns = new Vector[sent.length];
        for (int i = 0; i < sent.length; i++) {
            columns[i] = Gather.copy(batch.column(sent[i]), open, 0, open.length);
        }
        String zone = context.settings().timeZone();
        session.send(new Batch(columns, open.length), sentSchema, zone, null);
    }

    private Vector completed(Waiting first) {
        int[] open = first.open();
        Batch batch = first.batch();
        if (open.length == 0) {
            return batch.column(value);
        }
        Batch answer = session.receive();
        if (answer == null || answer.rowCount() != open.length) {
            throw new WorkerDiedException(
                    "Python worker answered "
                            + open.length
                            + " rows with "
                            + (answer == null ? "nothing." : answer.rowCount() + "."));
        }
        int[] places = new int[batch.rowCount()];
        Arrays.fill(places, -1);
        for (int i = 0; i < open.length; i++) {
            places[open[i]] = i;
        }
        int[] kept = new int[batch.selected()];
        int count = 0;
        for (int i = 0; i < kept.length; i++) {
            kept[count] = batch.row(i);
            count += places[batch.row(i)] < 0 ? 1 : 0;
        }
        Vector spread = Gather.copy(answer.column(0), places, 0, places.length);
        Blend blend = new Blend(column.output().type(), batch.rowCount());
        blend.put(batch.column(value), kept, count);
        blend.put(spread, open, open.length);
        return blend.build();
    }

    private static Batch with(Batch batch, Vector added) {
        Vector[] columns = Arrays.copyOf(batch.columns(), batch.columns().length + 1);
        columns[columns.length - 1] = added;
        return batch.withColumns(columns);
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
