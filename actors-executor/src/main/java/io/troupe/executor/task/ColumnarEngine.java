package io.troupe.executor.task;

import io.troupe.columnar.operator.Operator;
import io.troupe.columnar.operator.TaskContext;
import io.troupe.columnar.operator.exchange.PartitionedWriter;
import io.troupe.columnar.pipeline.ExchangeWriters;
import io.troupe.columnar.pipeline.OperatorBuilder;
import io.troupe.columnar.spill.BatchCodec;
import io.troupe.columnar.vector.Batch;
import io.troupe.planner.physical.PhysicalPlan;
import java.nio.ByteBuffer;

/// The engine that runs stage plans with the operators of the columnar room.
public final class ColumnarEngine implements Engine {
    @Override
    public Operator open(PhysicalPlan plan, TaskContext context) {
        return OperatorBuilder.build(plan, context);
    }

    @Override
    public Splitter splitter(StagePlan plan, TaskContext context) {
        Batch bounds =
                plan.bounds().length == 0
                        ? null
                        : BatchCodec.decode(ByteBuffer.wrap(plan.bounds()));
        return new WriterSplitter(plan, bounds, context);
    }

    /// Hands the writer's batches to whichever emitter the current call brought.
    private static final class WriterSplitter implements Splitter {
        private final PartitionedWriter writer;
        private Emitter emitter;

        private WriterSplitter(StagePlan plan, Batch bounds, TaskContext context) {
            writer =
                    ExchangeWriters.open(
                            plan.stage().output(),
                            plan.stage().plan().output(),
                            bounds,
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
