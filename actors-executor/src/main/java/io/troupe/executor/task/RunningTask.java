package io.troupe.executor.task;

import io.troupe.cluster.protocol.InputLocations;
import io.troupe.cluster.protocol.QueryId;
import io.troupe.cluster.protocol.StageBundle;
import io.troupe.cluster.protocol.StageId;
import io.troupe.cluster.protocol.TaskAttemptId;
import io.troupe.columnar.memory.MemoryPool;
import io.troupe.columnar.operator.Operator;
import io.troupe.columnar.operator.QuerySettings;
import io.troupe.columnar.operator.RuntimeFilters;
import io.troupe.columnar.operator.TaskContext;
import io.troupe.columnar.operator.TaskMetrics;
import io.troupe.columnar.operator.WorkerNotes;
import io.troupe.columnar.spill.BatchCodec;
import io.troupe.columnar.vector.Batch;
import io.troupe.columnar.vector.Vector;
import io.troupe.executor.fetch.ExchangeReader;
import io.troupe.planner.stage.LeafInput;
import io.troupe.planner.stage.TaskSpec;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;

/// The world as one task's operators see it.
final class RunningTask implements TaskContext {
    private final TaskAttemptId id;
    private final StageBundle bundle;
    private final StagePlan plan;
    private final TaskSpec spec;
    private final QueryState query;
    private final ExecutorServices services;
    private final Control control;
    private final MemoryPool memory;
    private final TaskMetrics metrics = new TaskMetrics();
    private final WorkerNotes notes = new WorkerNotes();
    private final Map<String, byte[]> observed = new LinkedHashMap<>();

    /// What holds a task back or stops it.
    record Control(Cancellation cancellation, CommitGate commits) {}

    RunningTask(
            TaskAttemptId id,
            StageBundle bundle,
            TaskSpec spec,
            QueryState query,
            ExecutorServices services,
            Control control) {
        this.id = id;
        this.bundle = bundle;
        this.plan = (StagePlan) bundle.plan();
        this.spec = spec;
        this.query = query;
        this.services = services;
        this.memory = services.pool().view();
        this.control = control;
    }

    StagePlan plan() {
        return plan;
    }

    @Override
    public QuerySettings settings() {
        return plan.settings();
    }

    @Override
    public MemoryPool memory() {
        return memory;
    }

    @Override
    public Path spillFolder() {
        return services.scratch().next();
    }

    @Override
    public LeafInput input(int leaf) {
        for (LeafInput input : spec.inputs()) {
            if (input.leaf() == leaf) {
                return input;
            }
        }
        return null;
    }

    @Override
    public Operator openExchange(int exchange, LeafInput input) {
        InputLocations locations = bundle.input(new StageId(id.stage().stage().query(), exchange));
        return switch (input) {
            case LeafInput.Partitions p ->
                    open(
                            new ExchangeReader.Share(
                                    locations, p.from(), p.to(), p.fromMap(), p.toMap()));
            case LeafInput.Producers p ->
                    open(new ExchangeReader.Share(locations, 0, 1, p.from(), p.to()));
            case LeafInput.Whole w ->
                    open(new ExchangeReader.Share(locations, 0, 1, 0, locations.partitions()));
            case LeafInput.Files f -> throw notAnExchange(f);
            case LeafInput.Rows r -> throw notAnExchange(r);
            case LeafInput.Cached c -> throw notAnExchange(c);
        };
    }

    private static IllegalArgumentException notAnExchange(LeafInput input) {
        return new IllegalArgumentException(
                "leaf " + input.leaf() + " reads an exchange but its input is " + input);
    }

    private Operator open(ExchangeReader.Share share) {
        ExchangeReader reader =
                new ExchangeReader(
                        share, services.id(), services.store(), services.client(), metrics);
        control.cancellation().onCancel(reader::close);
        return reader;
    }

    @Override
    public Operator openCache(long cacheId, LeafInput input, int[] columns) {
        if (!(input instanceof LeafInput.Cached part)) {
            throw new IllegalArgumentException(
                    "leaf " + input.leaf() + " reads a cache but its input is " + input);
        }
        for (InputLocations locations : bundle.inputs()) {
            if (locations.producer().query().equals(QueryId.ofCache(cacheId))) {
                Operator all =
                        open(new ExchangeReader.Share(locations, 0, 1, part.from(), part.to()));
                return new ColumnPick(all, columns);
            }
        }
        throw new IllegalStateException(
                bundle.stage() + " reads cached data " + cacheId + " that it was not told of");
    }

    @Override
    public <T> T shared(String key, Supplier<T> supplier) {
        return query.shared(key, supplier);
    }

    @Override
    public RuntimeFilters runtimeFilters() {
        return query.filters();
    }

    @Override
    public PythonSession openPython(PythonRequest request) {
        PythonSession session = services.python().open(request, this);
        control.cancellation().onCancel(session::cancel);
        return session;
    }

    @Override
    public void checkCancelled() {
        control.cancellation().check();
    }

    @Override
    public TaskMetrics metrics() {
        return metrics;
    }

    @Override
    public WorkerNotes notes() {
        return notes;
    }

    @Override
    public void observe(String name, Batch states) {
        observed.put(name, BatchCodec.encode(states));
    }

    @Override
    public void accumulate(byte[] updates) {
        observed.put(
                io.troupe.cluster.protocol.TaskMetrics.ACCUMULATORS + observed.size(), updates);
    }

    /// States of the metrics that the task's rows were observed for, encoded, by their name.
    Map<String, byte[]> observed() {
        return observed;
    }

    @Override
    public int partition() {
        return spec.share();
    }

    @Override
    public int attempt() {
        return id.attempt();
    }

    @Override
    public int stageAttempt() {
        return id.stage().attempt();
    }

    @Override
    public void requireCommit() {
        checkCancelled();
        try {
            control.commits().require(id);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CancelledException("the task was interrupted before it could commit");
        }
    }

    @Override
    public long queryId() {
        return id.stage().stage().query().value();
    }

    private record ColumnPick(Operator child, int[] columns) implements Operator {
        @Override
        public Batch next() {
            Batch batch = child.next();
            if (batch == null) {
                return null;
            }
            Vector[] picked = new Vector[columns.length];
            for (int i = 0; i < picked.length; i++) {
                picked[i] = batch.column(columns[i]);
            }
            return batch.withColumns(picked);
        }

        @Override
        public void close() {
            child.close();
        }
    }
}
