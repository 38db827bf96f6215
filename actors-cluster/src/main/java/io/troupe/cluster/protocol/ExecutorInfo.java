package io.troupe.cluster.protocol;

/// What an executor says about itself when it starts.
///
/// @param address its identity and data plane
/// @param slots how many tasks it runs at once
/// @param memory bytes that its process may use
/// @param python version of the Python that runs its functions ("3.12"), empty if there is none
public record ExecutorInfo(ExecutorAddress address, int slots, long memory, String python) {
    /// The executor's identity.
    public ExecutorId id() {
        return address.executor();
    }
}
