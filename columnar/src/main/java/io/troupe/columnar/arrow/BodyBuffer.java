package io.troupe.columnar.arrow;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/// A message body under construction: buffers one after another, each beginning at a multiple of 8
/// bytes.
final class BodyBuffer {
    private static final int MAX = Integer.MAX_VALUE - 64;

    private ByteBuffer data = ByteBuffer.allocate(1 << 16).order(ByteOrder.LITTLE_ENDIAN);
    private int size;
    private long[] ranges = new long[64];
    private int rangeCount;
    private long[] nodes = new long[64];
    private int nodeCount;

    void clear() {
        size = 0;
        rangeCount = 0;
        nodeCount = 0;
    }

    void node(int length, int nulls) {
        nodes = nodeCount + 2 > nodes.length ? Arrays.copyOf(nodes, 2 * nodes.length) : nodes;
        nodes[nodeCount++] = length;
        nodes[nodeCount++] = nulls;
    }

    /// Adds a buffer of this many bytes and returns where it begins; its bytes hold anything.
    int add(long bytes) {
        if (bytes > MAX - size) {
            throw new ArrowFormatException(
                    "a batch of more than 2 GiB does not fit one Arrow message; use smaller batches");
        }
        ranges = rangeCount + 2 > ranges.length ? Arrays.copyOf(ranges, 2 * ranges.length) : ranges;
        ranges[rangeCount++] = size;
        ranges[rangeCount++] = bytes;
        int start = size;
        int end = start + (int) bytes;
        int padded = Math.min(MAX, end + 7 & ~7);
        if (padded > data.capacity()) {
            int capacity = (int) Math.min(MAX, Math.max(padded, 2L * data.capacity()));
            data =
                    ByteBuffer.wrap(Arrays.copyOf(data.array(), capacity))
                            .order(ByteOrder.LITTLE_ENDIAN);
        }
        Arrays.fill(data.array(), end, padded, (byte) 0);
        size = padded;
        return start;
    }

    void empty() {
        add(0);
    }

    /// The bytes, little-endian, with absolute positions; valid until the next [#add].
    ByteBuffer data() {
        return data.clear();
    }

    byte[] array() {
        return data.array();
    }

    int size() {
        return size;
    }

    int nodeCount() {
        return nodeCount / 2;
    }

    long nodeLength(int i) {
        return nodes[2 * i];
    }

    long nodeNulls(int i) {
        return nodes[2 * i + 1];
    }

    int bufferCount() {
        return rangeCount / 2;
    }

    long bufferOffset(int i) {
        return ranges[2 * i];
    }

    long bufferLength(int i) {
        return ranges[2 * i + 1];
    }

    void longs(long[] values, int from, int count) {
        int start = add(8L * count);
        data().position(start)
                .slice()
                .order(ByteOrder.LITTLE_ENDIAN)
                .asLongBuffer()
                .put(values, from, count);
    }

    void ints(int[] values, int from, int count) {
        int start = add(4L * count);
        data().position(start)
                .slice()
                .order(ByteOrder.LITTLE_ENDIAN)
                .asIntBuffer()
                .put(values, from, count);
    }

    void doubles(double[] values, int from, int count) {
        int start = add(8L * count);
        data().position(start)
                .slice()
                .order(ByteOrder.LITTLE_ENDIAN)
                .asDoubleBuffer()
                .put(values, from, count);
    }

    void floats(float[] values, int from, int count) {
        int start = add(4L * count);
        data().position(start)
                .slice()
                .order(ByteOrder.LITTLE_ENDIAN)
                .asFloatBuffer()
                .put(values, from, count);
    }

    void bytes(byte[] values, int from, int count) {
        int start = add(count);
        System.arraycopy(values, from, data.array(), start, count);
    }

    /// The low `count` bits of the words.
    void bits(long[] words, int count) {
        int start = add(count + 7 >> 3);
        byte[] target = data.array();
        int bytes = count + 7 >> 3;
        for (int i = 0; i < bytes; i++) {
            target[start + i] = (byte) (words[i >> 3] >>> 8 * (i & 7));
        }
    }
}
