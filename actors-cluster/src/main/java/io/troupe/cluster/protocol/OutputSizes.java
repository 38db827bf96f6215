package io.troupe.cluster.protocol;

/// Sizes of the partitions of one task's output, one byte each: 0 is empty, otherwise the size is
/// about 1.1 to the power of the byte, rounded up (so a non-empty partition is never reported empty
/// and the error is at most 10 %).
///
/// @param codes encoded sizes, never changed after construction
public record OutputSizes(byte[] codes) {
    private static final double BASE = Math.log(1.1);

    /// Encodes exact sizes in bytes.
    public static OutputSizes of(long[] bytes) {
        byte[] codes = new byte[bytes.length];
        for (int i = 0; i < codes.length; i++) {
            codes[i] = encode(bytes[i]);
        }
        return new OutputSizes(codes);
    }

    /// Number of partitions.
    public int partitions() {
        return codes.length;
    }

    /// Whether a partition has nothing in it.
    public boolean isEmpty(int partition) {
        return codes[partition] == 0;
    }

    /// Approximate size of a partition in bytes.
    public long bytes(int partition) {
        int code = codes[partition] & 0xff;
        return code == 0 ? 0 : (long) Math.ceil(Math.exp(code * BASE));
    }

    /// Approximate size of all partitions in bytes.
    public long total() {
        long sum = 0;
        for (int i = 0; i < codes.length; i++) {
            sum += bytes(i);
        }
        return sum;
    }

    private static byte encode(long bytes) {
        if (bytes <= 0) {
            return 0;
        }
        return (byte) Math.min(255, Math.max(1, (int) Math.ceil(Math.log(bytes) / BASE)));
    }

    @Override
    public String toString() {
        return "about " + total() + " bytes in " + partitions() + " partitions";
    }
}
