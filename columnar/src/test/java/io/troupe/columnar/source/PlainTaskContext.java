package io.troupe.columnar.source;

import io.troupe.columnar.memory.MemoryPool;
import io.troupe.columnar.operator.Operator;
import io.troupe.columnar.operator.QuerySettings;
import io.troupe.columnar.operator.RuntimeFilters;
import io.troupe.columnar.operator.TaskContext;
import io.troupe.columnar.operator.TaskMetrics;
import io.troupe.columnar.operator.WorkerNotes;
import io.troupe.planner.stage.LeafInput;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.Supplier;

/// A task that reads and writes files and nothing else.
public final class PlainTaskContext implements TaskContext {
    private final TaskMetrics metrics = new TaskMetrics();
    private final RuntimeFilters filters = new RuntimeFilters();
    private final MemoryPool memory = new MemoryPool(1L << 30);
    private final QuerySettings settings;

    public PlainTaskContext() {
        this(Map.of());
    }

    public PlainTaskContext(Map<String, String> conf) {
        settings = new QuerySettings(true, "UTC", 0, "user", "default", conf);
    }

    @Override
    public QuerySettings settings() {
        return settings;
    }

    @Override
    public MemoryPool memory() {
        return memory;
    }

    @Override
    public Path spillFolder() {
        throw new UnsupportedOperationException("nothing spills here");
    }

    @Override
    public LeafInput input(int leaf) {
        return null;
    }

    @Override
    public Operator openExchange(int exchange, LeafInput input) {
        throw new UnsupportedOperationException("no exchange here");
    }

    @Override
    public Operator openCache(long cacheId, LeafInput input, int[] columns) {
        throw new UnsupportedOperationException("no cache here");
    }

    @Override
    public <T> T shared(String key, Supplier<T> supplier) {
        return supplier.get();
    }

    @Override
    public RuntimeFilters runtimeFilters() {
        return filters;
    }

    @Override
    public PythonSession openPython(PythonRequest request) {
        throw new UnsupportedOperationException("no Python here");
    }

    @Override
    public void checkCancelled() {
        // Never cancelled.
    }

    @Override
    public TaskMetrics metrics() {
        return metrics;
    }

    @Override
    public WorkerNotes notes() {
        return new WorkerNotes();
    }

    @Override
    public void accumulate(byte[] updates) {
        throw new UnsupportedOperationException("no Python function runs here");
    }

    @Override
    public void observe(String name, io.troupe.columnar.vector.Batch states) {
        throw new UnsupportedOperationException("nothing is observed here");
    }

    @Override
    public int partition() {
        return 0;
    }

    @Override
    public int attempt() {
        return 0;
    }

    @Override
    public int stageAttempt() {
        return 0;
    }

    @Override
    public void requireCommit() {}

    @Override
    public long queryId() {
        return 1;
    }
}
