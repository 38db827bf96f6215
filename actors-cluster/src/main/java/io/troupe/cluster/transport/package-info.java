/// The data plane: blocks and stage bundles over plain TCP connections of their own, so that bulk
/// never queues before a decision. Knows nothing of what the bytes mean. May use the protocol and
/// the codec.
package io.troupe.cluster.transport;
