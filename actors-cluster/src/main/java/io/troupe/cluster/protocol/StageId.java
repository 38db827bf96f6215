package io.troupe.cluster.protocol;

/// Identity of a stage inside its application. A stage that several jobs share keeps its identity, so its outputs are
/// found again.
///
/// @param value number, counted from 1 over the whole application
public record StageId(long value) implements Comparable<StageId> {
    @Override
    public int compareTo(StageId other) {
        return Long.compare(value, other.value);
    }

    @Override
    public String toString() {
        return "stage " + value;
    }
}
