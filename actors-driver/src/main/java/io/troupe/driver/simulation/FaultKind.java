package io.troupe.driver.simulation;

/// What can go wrong by itself, besides messages.
public enum FaultKind {
    /// An executor ends at once.
    KILL_EXECUTOR,
    /// A node ends at once with all that it has, and comes back at the same address.
    KILL_NODE,
    /// An executor ends at a step of the protocol.
    KILL_AT_STEP,
    /// A node stands still for less than it takes to be taken for dead.
    SHORT_PAUSE,
    /// A node stands still for longer.
    LONG_PAUSE,
    /// What a node says does not arrive at the driver.
    CUT_TO_DRIVER,
    /// What the driver says does not arrive at a node.
    CUT_FROM_DRIVER,
    /// Two nodes cannot read from each other.
    CUT_BETWEEN_NODES,
    /// An output is gone.
    LOSE_BLOCK,
    /// An output's bytes are wrong.
    CORRUPT_BLOCK,
    /// An executor cannot write for a while.
    DISK_FULL,
    /// An executor's Python workers crash for a while.
    WORKER_CRASH,
    /// A task's Python worker hangs.
    WORKER_HANG,
    /// An executor is ten times slower for a while.
    SLOW_EXECUTOR,
    /// A node is told to stop.
    NODE_LEAVES,
    /// The user cancels a job.
    CANCEL_JOB,
    /// The user kills one attempt of a task.
    KILL_TASK
}
