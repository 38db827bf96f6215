package io.troupe.cluster.protocol;

import java.util.List;

/// Which blocks of a stage's outputs have anything in them, so that nobody asks another process for
/// an empty one.
///
/// @param width number of partitions of each output
/// @param bits a bit per block, output after output; empty where nothing is known, never changed
///   after construction
public record FilledBlocks(int width, long[] bits) {
    /// Every block may have something in it.
    public static final FilledBlocks UNKNOWN = new FilledBlocks(0, new long[0]);

    /// More blocks than these are not noted: a bundle carries them to every executor.
    private static final int MOST = 4 << 20;

    /// What the sizes of a stage's outputs say.
    public static FilledBlocks of(List<OutputSizes> outputs, int width) {
        if ((long) outputs.size() * width > MOST) {
            return UNKNOWN;
        }
        long[] bits = new long[(outputs.size() * width + Long.SIZE - 1) / Long.SIZE];
        boolean anyEmpty = false;
        int block = 0;
        for (OutputSizes sizes : outputs) {
            for (int i = 0; i < width; i++, block++) {
                if (sizes.isEmpty(i)) {
                    anyEmpty = true;
                } else {
                    bits[block >> 6] |= 1L << block;
                }
            }
        }
        return anyEmpty ? new FilledBlocks(width, bits) : UNKNOWN;
    }

    /// Whether any of some neighbouring partitions of an output may have something in it.
    public boolean any(int output, int from, int to) {
        if (bits.length == 0) {
            return true;
        }
        int first = output * width;
        for (int block = first + from; block < first + Math.min(to, width); block++) {
            if ((bits[block >> 6] & 1L << block) != 0) {
                return true;
            }
        }
        return false;
    }
}
