package io.troupe.executor.task;

import io.troupe.columnar.operator.Operator;
import io.troupe.columnar.operator.TaskContext;
import io.troupe.columnar.operator.exchange.PartitionedWriter;
import io.troupe.columnar.pipeline.ExchangeWriters;
import io.troupe.columnar.pipeline.OperatorBuilder;
import io.troupe.columnar.vector.Batch;
import io.troupe.planner.physical.PhysicalPlan;

/// The engine that runs stage plans with the operators of the columnar room.
public final class ColumnarEngine implements Engine {
    @Override
    public Operator open(PhysicalPlan plan, TaskContext context) {
        return OperatorBuilder.build(plan, context);
    }

    @Override
    public Splitter splitter(StagePlan plan, TaskContext context) {
        return new WriterSplitter(plan, context);
    }

    /// Hands the writer's batches to whichever emitter the current call brought.
    private static final class WriterSplitter implements Splitter {
        private final PartitionedWriter writer;
        private Emitter emitter;

        private WriterSplitter(StagePlan plan, TaskContext context) {
            writer =
                    ExchangeWriters.open(
                            plan.stage().output(),
                            plan.stage().plan().output(),
                            context,
                            (partition, batch) -> emitter.emit(partition, batch));
        }

        @Override
        public void add(Batch batch, Emitter emitter) {
            this.emitter = emitter;
            writer.write(batch);
        }

        @Override
        public void finish(Emitter emitter) {
            this.emitter = emitter;
            writer.finish();
        }

        @Override
        public void close() {
            writer.close();
        }
    }
}
