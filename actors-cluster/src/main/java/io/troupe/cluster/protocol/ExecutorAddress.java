package io.troupe.cluster.protocol;

/// Where an executor's blocks can be fetched.
///
/// @param executor the executor
/// @param host host name or address of its data plane
/// @param port port of its data plane; 0 for an executor embedded in the driver without a data
///   plane
public record ExecutorAddress(ExecutorId executor, String host, int port) {
    @Override
    public String toString() {
        return executor + " at " + host + ":" + port;
    }
}
