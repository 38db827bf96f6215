package io.troupe.cluster.protocol;

/// Identity of a job inside its application; lower numbers were submitted earlier.
///
/// @param value number, counted from 1
public record JobId(long value) implements Comparable<JobId> {
    @Override
    public int compareTo(JobId other) {
        return Long.compare(value, other.value);
    }

    @Override
    public String toString() {
        return "job " + value;
    }
}
