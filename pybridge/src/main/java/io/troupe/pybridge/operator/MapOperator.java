package io.troupe.pybridge.operator;

import io.troupe.columnar.operator.Operator;
import io.troupe.columnar.operator.TaskContext;
import io.troupe.columnar.vector.Batch;
import io.troupe.planner.expression.PythonFunction;
import io.troupe.pybridge.worker.FunctionsRequest;
import io.troupe.pybridge.worker.WorkerSession;
import java.util.List;
import java.util.Map;

/// Runs Python functions whose results do not pair with their input: over all batches, or over
/// groups. The worker acknowledges each batch that it takes, and a few at most are on their way; so
/// while any is, the worker owes a message, and waiting for it never waits in vain.
final class MapOperator implements Operator {
    private static final int WINDOW = 3;

    private final List<Operator> children;
    private final Feed feed;
    private final TaskContext context;
    private final List<PythonFunction> functions;
    private final Map<String, Object> work;
    private WorkerSession session;
    private int unacknowledged;
    private boolean inputEnded;
    private boolean ended;

    MapOperator(
            List<Operator> children,
            Feed feed,
            TaskContext context,
            List<PythonFunction> functions,
            Map<String, Object> work) {
        this.children = children;
        this.feed = feed;
        this.context = context;
        this.functions = functions;
        this.work = work;
    }

    @Override
    public Batch next() {
        while (!ended) {
            context.checkCancelled();
            fill();
            WorkerSession.Answer answer = session.answer();
            if (answer.acknowledgement()) {
                unacknowledged--;
            } else if (answer.batch() == null) {
                ended = true;
                close();
            } else if (answer.batch().rowCount() > 0) {
                return answer.batch();
            }
        }
        return null;
    }

    private void fill() {
        if (session == null) {
            session = (WorkerSession) context.openPython(new FunctionsRequest(functions));
            work.put("acknowledge", true);
            session.begin(work);
        }
        while (!inputEnded && unacknowledged < WINDOW) {
            List<Feed.Piece> pieces = feed.next();
            if (pieces.isEmpty()) {
                inputEnded = true;
                session.finishInput();
            }
            for (Feed.Piece piece : pieces) {
                session.send(
                        piece.batch(),
                        piece.schema(),
                        context.settings().timeZone(),
                        piece.groups());
                unacknowledged++;
            }
        }
    }

    @Override
    public void close() {
        ended = true;
        if (session != null) {
            session.close();
        }
        children.forEach(Operator::close);
    }
}
