package io.troupe.executor.task;

import io.troupe.columnar.operator.Operator;
import io.troupe.columnar.operator.TaskContext;
import io.troupe.columnar.vector.Batch;
import io.troupe.planner.physical.PhysicalPlan;

/// The columnar engine as the executor sees it.
public interface Engine {
    /// Builds the running operators of a task. The caller closes the root.
    Operator open(PhysicalPlan plan, TaskContext context);

    /// Divides the rows that the plan gives as the stage's output demands. Asked only where the
    /// output has more than one partition.
    Splitter splitter(StagePlan plan, TaskContext context);

    /// Divides batches among partitions, gathering small pieces into full batches.
    interface Splitter extends AutoCloseable {
        /// Takes a batch; may emit full batches of some partitions.
        void add(Batch batch, Emitter emitter);

        /// Emits what is left.
        void finish(Emitter emitter);

        @Override
        void close();
    }

    /// Where a splitter's batches go.
    @FunctionalInterface
    interface Emitter {
        /// Takes a batch of one output partition.
        void emit(int partition, Batch batch);
    }
}
