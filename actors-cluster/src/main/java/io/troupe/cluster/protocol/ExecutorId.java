package io.troupe.cluster.protocol;

/// Identity of one executor: one application's share of one node process. A node that restarts,
/// even on the same address, gives its executors new identities.
///
/// @param value text that is unique within the application
public record ExecutorId(String value) implements Comparable<ExecutorId> {
    @Override
    public int compareTo(ExecutorId other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
