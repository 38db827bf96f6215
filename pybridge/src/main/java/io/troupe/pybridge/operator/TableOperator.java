package io.troupe.pybridge.operator;

import io.troupe.columnar.column.Gather;
import io.troupe.columnar.operator.Operator;
import io.troupe.columnar.operator.TaskContext;
import io.troupe.columnar.vector.Batch;
import io.troupe.columnar.vector.IntVector;
import io.troupe.columnar.vector.Vector;
import io.troupe.planner.expression.Attribute;
import io.troupe.planner.expression.Expression;
import io.troupe.planner.expression.PythonTableCall;
import io.troupe.planner.json.SchemaJson;
import io.troupe.planner.physical.PhysicalPlan;
import io.troupe.planner.type.StructType;
import io.troupe.pybridge.worker.FunctionsRequest;
import io.troupe.pybridge.worker.WorkerSession;
import java.util.ArrayDeque;
import java.util.Base64;
import java.util.Deque;
import java.util.List;
import java.util.Map;

/// A Python table function over its input's rows. The worker acknowledges each batch when it takes
/// it; what it answers until the next acknowledgement belongs to that batch, and starts with a
/// column that numbers the batch's row that each answer came from.
final class TableOperator implements Operator {
    private static final int WINDOW = 3;

    private final Operator child;
    private final Regrouping input;
    private final TaskContext context;
    private final PythonTableCall call;
    private final StructType schema;
    private final int[] sent;
    private final int[] kept;
    private final Map<String, Object> work;
    private final Deque<Batch> waiting = new ArrayDeque<>();
    private Batch current;
    private WorkerSession session;
    private boolean inputEnded;
    private boolean ended;

    TableOperator(PhysicalPlan.Generate plan, Operator child, TaskContext context) {
        this.child = child;
        this.context = context;
        List<Attribute> childOutput = plan.child().output();
        this.input = new Regrouping(child, childOutput);
        this.call = plan.generator().python();
        List<Attribute> arguments =
                plan.generator().arguments().stream().map(TableOperator::column).toList();
        List<Attribute> columns = arguments.stream().distinct().toList();
        WorkDescription description = new WorkDescription(columns, context);
        this.schema = description.schema();
        this.sent = WorkDescription.positions(columns, childOutput);
        this.kept = WorkDescription.positions(plan.kept(), childOutput);
        this.work = description.function("table", call.function());
        List<Integer> positions = description.positions(arguments);
        int own = positions.size() - call.keys();
        work.put("args", positions.subList(0, own));
        work.put("keys", positions.subList(own, positions.size()));
        work.put("names", call.argumentNames());
        work.put("tables", call.tables());
        work.put("returns", SchemaJson.tree(call.function().returnType()));
        work.put("name", call.function().name());
        work.put("outer", plan.outer());
        work.put("keeps", kept.length > 0);
        work.put("acknowledge", true);
        if (call.analysis().length > 0) {
            work.put("analysis", Base64.getEncoder().encodeToString(call.analysis()));
        }
    }

    private static Attribute column(Expression argument) {
        if (argument instanceof Attribute attribute) {
            return attribute;
        }
        throw new IllegalStateException(
                "an argument of a table function is a column by now, not " + argument);
    }

    @Override
    public Batch next() {
        while (!ended) {
            context.checkCancelled();
            fill();
            WorkerSession.Answer answer = session.answer();
            if (answer.acknowledgement()) {
                current = waiting.poll();
            } else if (answer.batch() == null) {
                ended = true;
                close();
            } else if (answer.batch().rowCount() > 0) {
                return joined(answer.batch());
            }
        }
        return null;
    }

    private Batch joined(Batch answer) {
        int count = answer.rowCount();
        int generated = answer.columns().length - 1;
        Vector[] columns = new Vector[kept.length + generated];
        if (kept.length > 0) {
            int[] rows = ((IntVector) answer.column(0)).values();
            for (int i = 0; i < kept.length; i++) {
                columns[i] = Gather.copy(current.column(kept[i]), rows, 0, count);
            }
        }
        System.arraycopy(answer.columns(), 1, columns, kept.length, generated);
        return new Batch(columns, count);
    }

    private void fill() {
        if (session == null) {
            session =
                    (WorkerSession)
                            context.openPython(new FunctionsRequest(List.of(call.function())));
            session.begin(work);
        }
        while (!inputEnded && waiting.size() < WINDOW) {
            Batch batch = input.next();
            if (batch == null) {
                inputEnded = true;
                session.finishInput();
            } else {
                session.send(
                        WorkerOperators.picked(batch, sent),
                        schema,
                        context.settings().timeZone(),
                        null);
                waiting.add(batch);
            }
        }
    }

    @Override
    public void close() {
        ended = true;
        if (session != null) {
            session.close();
        }
        waiting.clear();
        child.close();
    }
}
