package io.troupe.driver.job;

import io.troupe.cluster.protocol.ExecutorId;

/// What [RecruitDecisions] wants done. Nodes are named by address, `host:port`.
public sealed interface RecruitAction {
    /// Ask a node for an executor.
    record Ask(String node) implements RecruitAction {}

    /// Tell a node to end an executor, should it still have it.
    record Dismiss(String node, ExecutorId executor, String reason) implements RecruitAction {}

    /// Tell the task scheduler that an executor is gone.
    record Gone(ExecutorId executor, String reason) implements RecruitAction {}
}
