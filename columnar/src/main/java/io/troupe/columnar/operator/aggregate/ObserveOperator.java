package io.troupe.columnar.operator.aggregate;

import io.troupe.columnar.compile.VectorFunction;
import io.troupe.columnar.operator.Operator;
import io.troupe.columnar.operator.TaskContext;
import io.troupe.columnar.vector.Batch;
import io.troupe.columnar.vector.Vector;
import java.util.List;

/// Passes batches through and aggregates them on the way; leaves the states with the task when its
/// input ends, or when nobody wants more of it.
public final class ObserveOperator implements Operator {
    private static final Vector[] NO_KEYS = {};

    private final Operator child;
    private final String name;
    private final VectorFunction[] arguments;
    private final TaskContext context;
    private final GroupSet group;
    private boolean told;

    /// @param arguments the program's argument functions by slot, over the child's batches
    public ObserveOperator(
            Operator child,
            String name,
            AggregateProgram program,
            VectorFunction[] arguments,
            TaskContext context) {
        this.child = child;
        this.name = name;
        this.arguments = arguments;
        this.context = context;
        this.group = new GroupSet(List.of(), program);
    }

    @Override
    public Batch next() {
        Batch batch = child.next();
        if (batch == null) {
            tell();
            return null;
        }
        Vector[] values = new Vector[arguments.length];
        for (int a = 0; a < values.length; a++) {
            values[a] = arguments[a].evaluate(batch, batch.selection(), batch.selected());
        }
        group.update(NO_KEYS, values, batch);
        return batch;
    }

    private void tell() {
        if (!told) {
            told = true;
            group.ensureGroup();
            context.observe(name, group.batch(0, 1, true));
        }
    }

    @Override
    public void close() {
        tell();
        child.close();
    }
}
