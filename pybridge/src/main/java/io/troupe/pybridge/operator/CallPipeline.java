package io.troupe.pybridge.operator;

import io.troupe.columnar.operator.TaskContext;
import io.troupe.columnar.vector.Batch;
import io.troupe.planner.expression.PythonCall;
import io.troupe.planner.type.StructType;
import io.troupe.pybridge.worker.FunctionsRequest;
import io.troupe.pybridge.worker.WorkerDiedException;
import io.troupe.pybridge.worker.WorkerSession;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/// Calls of Python functions, a few batches on their way at a time, so that both sides work at
/// once. What a batch was made of waits here and comes back with the answer, in order. The worker
/// is taken for the first batch that is sent.
///
/// @param <T> what waits
final class CallPipeline<T> implements AutoCloseable {
    private static final int WINDOW = 3;
    private static final int NOT_SENT = -1;

    private final String kind;
    private final List<PythonCall> calls;
    private final WorkDescription description;
    private final StructType schema;
    private final TaskContext context;
    private final Deque<Waiting<T>> waiting = new ArrayDeque<>();
    private WorkerSession session;
    private boolean inputEnded;

    /// @param rows rows that the answer must have, or [#NOT_SENT]
    private record Waiting<T>(T what, int rows) {}

    /// @param answer the functions' columns; null for what was not sent
    record Answered<T>(T what, Batch answer) {}

    /// @param kind what the worker is to do with the calls
    CallPipeline(
            String kind, List<PythonCall> calls, WorkDescription description, TaskContext context) {
        this.kind = kind;
        this.calls = List.copyOf(calls);
        this.description = description;
        this.schema = description.schema();
        this.context = context;
    }

    /// Whether there is room for more before an answer is waited for.
    boolean wantsMore() {
        Waiting<T> head = waiting.peek();
        boolean ready = head != null && head.rows() == NOT_SENT;
        return !inputEnded && !ready && waiting.size() < WINDOW;
    }

    /// @param batch the functions' arguments
    /// @param bounds where groups of rows begin and end; null where there are none
    /// @param rows rows that the answer must have
    void send(T what, Batch batch, int[] bounds, int rows) {
        if (session == null) {
            session =
                    (WorkerSession)
                            context.openPython(
                                    new FunctionsRequest(WorkDescription.functionsOf(calls)));
            session.begin(description.calls(kind, calls));
        }
        session.send(batch, schema, context.settings().timeZone(), bounds);
        waiting.add(new Waiting<>(what, rows));
    }

    /// Lets something pass that Python has nothing to say of.
    void pass(T what) {
        waiting.add(new Waiting<>(what, NOT_SENT));
    }

    void endInput() {
        inputEnded = true;
        if (session != null) {
            session.finishInput();
        }
    }

    /// What comes next, with its answer; null at the end.
    Answered<T> next() {
        Waiting<T> first = waiting.poll();
        if (first == null) {
            if (session != null && session.receive() != null) {
                throw new WorkerDiedException(
                        "Python worker sent more results than it was given batches.");
            }
            return null;
        }
        if (first.rows() == NOT_SENT) {
            return new Answered<>(first.what(), null);
        }
        Batch answer = session.receive();
        if (answer == null || answer.rowCount() != first.rows()) {
            throw new WorkerDiedException(
                    "Python worker answered "
                            + first.rows()
                            + " rows with "
                            + (answer == null ? "nothing." : answer.rowCount() + "."));
        }
        return new Answered<>(first.what(), answer);
    }

    @Override
    public void close() {
        inputEnded = true;
        waiting.clear();
        if (session != null) {
            session.close();
            session = null;
        }
    }
}
