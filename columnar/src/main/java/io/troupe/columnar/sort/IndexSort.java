package io.troupe.columnar.sort;

/// Stable sorts of row numbers without boxing.
public final class IndexSort {
    private static final int INSERTION = 12;
    private static final int RADIX_BITS = 11;

    private IndexSort() {}

    /// An order of row numbers.
    @FunctionalInterface
    public interface Order {
        int compare(int a, int b);
    }

    /// Sorts `rows[from .. to)`.
    public static void merge(int[] rows, int from, int to, Order order) {
        if (to - from > 1) {
            merge(rows, new int[to - from], from, to, from, order);
        }
    }

    private static void merge(int[] rows, int[] scratch, int from, int to, int base, Order order) {
        if (to - from <= INSERTION) {
            insertion(rows, from, to, order);
            return;
        }
        int middle = from + to >>> 1;
        merge(rows, scratch, from, middle, base, order);
        merge(rows, scratch, middle, to, base, order);
        if (order.compare(rows[middle - 1], rows[middle]) <= 0) {
            return;
        }
        int size = middle - from;
        System.arraycopy(rows, from, scratch, from - base, size);
        int left = from - base;
        int leftEnd = left + size;
        int right = middle;
        int at = from;
        while (left < leftEnd && right < to) {
            rows[at++] =
                    order.compare(rows[right], scratch[left]) < 0 ? rows[right++] : scratch[left++];
        }
        System.arraycopy(scratch, left, rows, at, leftEnd - left);
    }

    private static void insertion(int[] rows, int from, int to, Order order) {
        for (int i = from + 1; i < to; i++) {
            int row = rows[i];
            int j = i - 1;
            while (j >= from && order.compare(rows[j], row) > 0) {
                rows[j + 1] = rows[j];
                j--;
            }
            rows[j + 1] = row;
        }
    }

    /// Sorts row numbers 0 to `count` by codes that use the lowest `bits` bits; permutes the codes
    /// alike.
    static int[] byCodes(long[] codes, int count, int bits) {
        int[] rows = new int[count];
        for (int i = 0; i < count; i++) {
            rows[i] = i;
        }
        int rowBits = 32 - Integer.numberOfLeadingZeros(Math.max(1, count - 1));
        if (bits + rowBits <= 63) {
            return composite(codes, rows, count, rowBits);
        }
        if (count < 1 << RADIX_BITS) {
            long[] copy = java.util.Arrays.copyOf(codes, count);
            merge(rows, 0, count, (a, b) -> Long.compare(copy[a], copy[b]));
            for (int i = 0; i < count; i++) {
                codes[i] = copy[rows[i]];
            }
            return rows;
        }
        return radix(codes, rows, count, bits);
    }

    private static int[] composite(long[] codes, int[] rows, int count, int rowBits) {
        for (int i = 0; i < count; i++) {
            codes[i] = codes[i] << rowBits | i;
        }
        java.util.Arrays.sort(codes, 0, count);
        int mask = (1 << rowBits) - 1;
        for (int i = 0; i < count; i++) {
            rows[i] = (int) codes[i] & mask;
            codes[i] >>>= rowBits;
        }
        return rows;
    }

    /// Least significant digits first; passes in which all rows share the digit are skipped.
    private static int[] radix(long[] codes, int[] rows, int count, int bits) {
        long[] from = codes;
        int[] fromRows = rows;
        long[] to = new long[count];
        int[] toRows = new int[count];
        int mask = (1 << RADIX_BITS) - 1;
        for (int shift = 0; shift < bits; shift += RADIX_BITS) {
            int[] ends = new int[mask + 2];
            for (int i = 0; i < count; i++) {
                ends[((int) (from[i] >>> shift) & mask) + 1]++;
            }
            if (ends[((int) (from[0] >>> shift) & mask) + 1] == count) {
                continue;
            }
            for (int d = 0; d < mask; d++) {
                ends[d + 1] += ends[d];
            }
            for (int i = 0; i < count; i++) {
                int at = ends[(int) (from[i] >>> shift) & mask]++;
                to[at] = from[i];
                toRows[at] = fromRows[i];
            }
            long[] codesSwap = from;
            from = to;
            to = codesSwap;
            int[] rowsSwap = fromRows;
            fromRows = toRows;
            toRows = rowsSwap;
        }
        if (from != codes) {
            System.arraycopy(from, 0, codes, 0, count);
        }
        return fromRows;
    }
}
