package io.troupe.executor.task;

import io.troupe.cluster.protocol.ExecutorId;
import io.troupe.cluster.transport.DataClient;
import io.troupe.columnar.memory.MemoryPool;
import io.troupe.executor.block.BlockStore;
import io.troupe.executor.block.ScratchFolders;

/// What the tasks of an executor use.
///
/// @param id the executor
/// @param store its outputs
/// @param pool the memory of its process
/// @param scratch where operators spill
/// @param engine the columnar engine
/// @param python its Python processes
/// @param client connections to other executors; null where there are none
/// @param inlineLimit results up to this many bytes travel in the message that tells success; 0
///   where results are read by reference
public record ExecutorServices(
        ExecutorId id,
        BlockStore store,
        MemoryPool pool,
        ScratchFolders scratch,
        Engine engine,
        PythonWorkers python,
        DataClient client,
        int inlineLimit) {
    /// What the executor holds now.
    public Held held() {
        return new Held(
                pool.used(),
                store.size(),
                store.memoryBytes(),
                store.diskBytes(),
                python.busy(),
                python.idle());
    }
}
