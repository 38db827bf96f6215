package io.troupe.columnar.operator;

import io.troupe.columnar.memory.MemoryPool;
import io.troupe.columnar.vector.Batch;
import io.troupe.planner.expression.PythonFunction;
import io.troupe.planner.stage.LeafInput;
import java.nio.file.Path;

/// What a task's operators see of the world around them. Implemented by the executor; tests use a
/// plain one.
public interface TaskContext {
    QuerySettings settings();

    MemoryPool memory();

    /// A folder of this process for spill files; free space may differ between calls.
    Path spillFolder();

    /// The input of a leaf in this task, or null when it has none here.
    LeafInput input(int leaf);

    /// Opens what this task reads of an exchange: batches in any order.
    Operator openExchange(int exchange, LeafInput input);

    /// Opens this task's share of a cached plan; columns by position.
    Operator openCache(long cacheId, LeafInput input, int[] columns);

    /// A value shared by all tasks of the executor that run the same query (a broadcast build
    /// side): made once by `supplier`, by the first task that asks, while others wait; dropped when
    /// the query ends.
    <T> T shared(String key, java.util.function.Supplier<T> supplier);

    /// Filters that joins make for scans while the query runs.
    RuntimeFilters runtimeFilters();

    /// Starts (or reuses) a Python worker for the functions; the executor owns the process.
    PythonSession openPython(PythonRequest request);

    /// Throws when the task was cancelled; cheap, called at least once per batch by every operator
    /// that may run long.
    void checkCancelled();

    /// This task's counters; add only from the task's thread.
    TaskMetrics metrics();

    /// What Python workers tell beside rows; safe to use from any thread.
    WorkerNotes notes();

    /// Keeps the state of the metrics that this task's rows were observed for: one row of state
    /// columns.
    void observe(String name, Batch states);

    /// Hands the driver what Python functions added to accumulators, as the worker encoded it. It
    /// counts if this try does, and once for each partition of each stage.
    void accumulate(byte[] updates);

    int partition();

    /// Number of the try of this partition within the stage's run, counted from 0.
    int attempt();

    /// Number of the stage's run, counted from 0.
    int stageAttempt();

    /// Returns if what this try has written outside the engine may count: of all tries of a
    /// partition one gets leave, and only its failure lets another one in. To be asked after the
    /// last byte is written and before the output is told to anyone.
    ///
    /// @throws RuntimeException if another try has leave, or nobody answers in time
    void requireCommit();

    long queryId();

    /// A marker interface of the Python room's request.
    interface PythonRequest {
        java.util.List<PythonFunction> functions();
    }

    /// An open conversation with a Python worker: see the Python room.
    interface PythonSession extends AutoCloseable {
        /// Ends the process, unless it has done its work: who waits for it is told so. From any
        /// thread, at any moment.
        void cancel();

        /// From the task's thread.
        @Override
        void close();
    }
}
