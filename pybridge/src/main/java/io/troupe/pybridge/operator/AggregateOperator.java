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
import io.troupe.planner.type.StructType;
import io.troupe.pybridge.worker.FunctionsRequest;
import io.troupe.pybridge.worker.WorkerDiedException;
import io.troupe.pybridge.worker.WorkerSession;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/// Grouped-aggregate Python functions: one row per group, its keys taken from the group's first
/// row. Without groupings all rows are one group, also when there are none.
final class AggregateOperator implements Operator {
    private static final int WINDOW = 3;

    private final Operator child;
    private final TaskContext context;
    private final List<PythonCall> calls = new ArrayList<>();
    private final WorkDescription description;
    private final StructType schema;
    private final int[] sent;
    private final int[] keys;
    private final boolean global;
    private final List<Attribute> childOutput;
    private final GroupReader groups;
    private final Deque<GroupReader.Run> waiting = new ArrayDeque<>();
    private WorkerSession session;
    private boolean inputEnded;
    private boolean anySent;

    AggregateOperator(PhysicalPlan.PythonAggregate plan, Operator child, TaskContext context) {
        this.child = child;
        this.context = context;
        this.childOutput = plan.child().output();
        for (Aggregate aggregate : plan.aggregates()) {
            PythonAggregate python = aggregate.call().python();
            calls.add(
                    new PythonCall(
                            python.function(),
                            aggregate.call().arguments(),
                            python.argumentNames()));
        }
        List<Attribute> columns = WorkDescription.columnsOf(calls);
        this.description = new WorkDescription(columns, context);
        this.schema = description.schema();
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
    }

    @Override
    public Batch next() {
        context.checkCancelled();
        while (!inputEnded && waiting.size() < WINDOW) {
            GroupReader.Run run = groups.next();
            if (run == null && global && !anySent) {
                run = nothing();
            }
            if (run == null) {
                inputEnded = true;
                if (session != null) {
                    session.finishInput();
                }
            } else {
                anySent = true;
                open().send(
                                WorkerOperators.picked(run.batch(), sent),
                                schema,
                                context.settings().timeZone(),
                                run.bounds());
                waiting.add(run);
            }
        }
        if (waiting.isEmpty()) {
            if (session != null && session.receive() != null) {
                throw new WorkerDiedException(
                        "Python worker sent more results than it was given groups.");
            }
            close();
            return null;
        }
        Batch result = session.receive();
        GroupReader.Run run = waiting.poll();
        int count = run.bounds().length - 1;
        if (result == null || result.rowCount() != count) {
            throw new WorkerDiedException(
                    "Python worker answered " + count + " groups with another number of rows.");
        }
        Vector[] columns = new Vector[keys.length + calls.size()];
        for (int k = 0; k < keys.length; k++) {
            columns[k] = Gather.copy(run.batch().column(keys[k]), run.bounds(), 0, count);
        }
        System.arraycopy(result.columns(), 0, columns, keys.length, calls.size());
        return new Batch(columns, count);
    }

    private GroupReader.Run nothing() {
        Vector[] columns = new Vector[childOutput.size()];
        for (int i = 0; i < columns.length; i++) {
            columns[i] = ColumnBuilder.of(childOutput.get(i).type()).build();
        }
        return new GroupReader.Run(new Batch(columns, 0), new int[] {0, 0});
    }

    private WorkerSession open() {
        if (session == null) {
            session =
                    (WorkerSession)
                            context.openPython(
                                    new FunctionsRequest(WorkDescription.functionsOf(calls)));
            session.begin(description.calls("aggregate", calls));
        }
        return session;
    }

    @Override
    public void close() {
        if (session != null) {
            session.close();
            session = null;
        }
        inputEnded = true;
        waiting.clear();
        child.close();
    }
}
