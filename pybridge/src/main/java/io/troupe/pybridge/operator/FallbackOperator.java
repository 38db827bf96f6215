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
import java.util.Arrays;
import java.util.List;

/// Adds the column of a translated Python function: the built-in expression's value where that is
/// Python's, and what Python says for the other rows. Without such rows no worker is taken.
final class FallbackOperator implements Operator {
    private static final int[] NONE = {};

    /// A batch and those of its rows that were sent to Python.
    private record Opened(Batch batch, int[] open) {}

    private final PythonColumn column;
    private final Operator child;
    private final TaskContext context;
    private final int[] sent;
    private final int value;
    private final int holds;
    private final CallPipeline<Opened> pipeline;

    FallbackOperator(PhysicalPlan.PythonEvaluate plan, Operator child, TaskContext context) {
        this.child = child;
        this.context = context;
        this.column = plan.calls().getFirst();
        List<Attribute> input = plan.child().output();
        List<PythonCall> calls = List.of(column.call());
        List<Attribute> columns = WorkDescription.columnsOf(calls);
        this.pipeline =
                new CallPipeline<>(
                        "evaluate", calls, new WorkDescription(columns, context), context);
        this.sent = WorkDescription.positions(columns, input);
        this.value = input.indexOf(column.known().value());
        this.holds = input.indexOf(column.known().holds());
    }

    @Override
    public Batch next() {
        context.checkCancelled();
        while (pipeline.wantsMore()) {
            Batch batch = child.next();
            if (batch == null) {
                pipeline.endInput();
            } else {
                int[] open = open(batch);
                Opened opened = new Opened(batch, open);
                if (open.length == 0) {
                    pipeline.pass(opened);
                } else {
                    pipeline.send(opened, arguments(batch, open), null, open.length);
                }
            }
        }
        CallPipeline.Answered<Opened> answered = pipeline.next();
        if (answered == null) {
            close();
            return null;
        }
        Batch batch = answered.what().batch();
        return with(
                batch,
                answered.answer() == null
                        ? batch.column(value)
                        : completed(batch, answered.what().open(), answered.answer().column(0)));
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

    private Batch arguments(Batch batch, int[] open) {
        Vector[] columns = new Vector[sent.length];
        for (int i = 0; i < sent.length; i++) {
            columns[i] = Gather.copy(batch.column(sent[i]), open, 0, open.length);
        }
        return new Batch(columns, open.length);
    }

    /// The built-in expression's values, and Python's answers for the open rows.
    private Vector completed(Batch batch, int[] open, Vector answer) {
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
        Vector spread = Gather.copy(answer, places, 0, places.length);
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
        pipeline.close();
        child.close();
    }
}
