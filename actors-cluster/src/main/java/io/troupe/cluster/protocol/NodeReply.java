package io.troupe.cluster.protocol;

/// What a node answers to a driver.
public sealed interface NodeReply extends WireMessage {
    /// The executor exists and will report to the scheduler itself.
    ///
    /// @param node the node's address, `host:port`
    /// @param executor the new executor
    record Granted(String node, ExecutorId executor) implements NodeReply {}

    /// The node gives no executor.
    ///
    /// @param node the node's address, `host:port`
    /// @param reason why, and what to do
    /// @param permanent whether asking again is useless
    record Refused(String node, String reason, boolean permanent) implements NodeReply {}
}
