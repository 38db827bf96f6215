package io.troupe.columnar.sink.parquet;

/// Parquet's hybrid of run lengths and bit packing.
final class RunLengthWriter {
    private static final int GROUP = 8;

    private RunLengthWriter() {}

    /// Appends the values, each of `width` bits.
    static void write(int[] values, int count, int width, ByteSink out) {
        int literal = 0;
        int at = 0;
        while (at < count) {
            int run = run(values, at, count);
            if (run >= GROUP) {
                pack(values, literal, at, width, out);
                out.putVarint(run << 1);
                out.putPart(values[at], width + 7 >> 3);
                at += run;
                literal = at;
            } else {
                at += GROUP;
            }
        }
        pack(values, literal, count, width, out);
    }

    private static int run(int[] values, int at, int count) {
        int end = at + 1;
        while (end < count && values[end] == values[at]) {
            end++;
        }
        return end - at;
    }

    /// Groups of 8 from `from`; the last one padded with zeros.
    private static void pack(int[] values, int from, int to, int width, ByteSink out) {
        if (from >= to) {
            return;
        }
        int groups = (to - from + GROUP - 1) / GROUP;
        out.putVarint(groups << 1 | 1);
        long buffer = 0;
        int bits = 0;
        for (int i = from; i < from + groups * GROUP; i++) {
            long value = i < to ? values[i] & 0xffffffffL : 0;
            buffer |= value << bits;
            bits += width;
            while (bits >= 8) {
                out.putByte((int) buffer);
                buffer >>>= 8;
                bits -= 8;
            }
        }
    }
}
