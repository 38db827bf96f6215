package io.troupe.executor.task;

/// What executors hold at a moment. When no job runs, nothing is cached and no result waits to be
/// read, all of it but the idle workers is zero: what is not, leaks.
///
/// @param reservedBytes memory that operators, and blocks in memory, have taken from the pool
/// @param blocks outputs of tasks that are kept
/// @param memoryBytes of these, in memory
/// @param diskBytes of these, on disk
/// @param busyWorkers Python processes that work for a task
/// @param idleWorkers Python processes that wait for one
public record Held(
        long reservedBytes,
        long blocks,
        long memoryBytes,
        long diskBytes,
        int busyWorkers,
        int idleWorkers) {
    /// What a process without executors holds.
    public static final Held NOTHING = new Held(0, 0, 0, 0, 0, 0);

    /// Both together.
    public Held plus(Held other) {
        return new Held(
                reservedBytes + other.reservedBytes,
                blocks + other.blocks,
                memoryBytes + other.memoryBytes,
                diskBytes + other.diskBytes,
                busyWorkers + other.busyWorkers,
                idleWorkers + other.idleWorkers);
    }
}
