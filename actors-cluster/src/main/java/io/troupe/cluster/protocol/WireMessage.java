package io.troupe.cluster.protocol;

/// Marks what may cross the wire between processes. The set of classes that the serialiser accepts
/// is derived from this sealed hierarchy; messages that stay inside a process do not carry the
/// mark.
public sealed interface WireMessage
        permits ExecutorMessage, SchedulerMessage, NodeMessage, NodeReply, DataRequest {
    /// Most bytes that one message may have: larger ones are dropped by the transport with nothing
    /// but a log line.
    int LIMIT = 200 * 1024;

    /// An upper estimate of the encoded size in bytes, cheap enough to ask before each send.
    default int estimatedBytes() {
        return 1024;
    }
}
