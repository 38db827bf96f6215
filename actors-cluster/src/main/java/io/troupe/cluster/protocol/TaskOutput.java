package io.troupe.cluster.protocol;

/// What a successful task left behind in its executor's block store.
///
/// @param sizes sizes of the output's partitions
/// @param rows rows written
/// @param checksum order-independent checksum of the output; 0 if the writer computed none
/// @param inline the encoded blocks of partition 0 when they are few bytes, so that no fetch is
///   needed; else empty
public record TaskOutput(OutputSizes sizes, long rows, long checksum, byte[] inline) {
    /// Output whose blocks stay in the store.
    public static TaskOutput stored(OutputSizes sizes, long rows) {
        return new TaskOutput(sizes, rows, 0, new byte[0]);
    }

    /// The same for the same output: an array's own text would tell where it lies in memory.
    @Override
    public String toString() {
        return rows
                + " rows, "
                + sizes
                + (inline == null ? "" : ", " + inline.length + " bytes inline");
    }
}
