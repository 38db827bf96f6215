package io.troupe.columnar.sort;

import io.troupe.columnar.vector.Vector;
import java.util.List;

/// Sorts the rows of key columns: as many leading keys as fit are packed into one long per row,
/// offset by their smallest value (nulls get the code at their end), and row numbers are sorted by
/// it; ties that the packing cannot tell are sorted by comparison.
public final class RowSorter {
    private final List<SortKey> keys;
    private final RowComparator comparator;
    private long[] codes;
    private int bits;

    /// The first key that the codes do not decide exactly; the number of keys when they decide all.
    private int undecided;

    public RowSorter(List<SortKey> keys) {
        this.keys = keys;
        this.comparator = new RowComparator(keys);
    }

    /// The row numbers 0 to `count` in order; rows that compare equal stay in their order.
    public int[] sort(Vector[] columns, int count) {
        codes = new long[count];
        bits = 0;
        undecided = 0;
        for (int k = 0; k < keys.size() && bits < 63; k++) {
            if (!pack(columns[k], keys.get(k), count)) {
                break;
            }
            undecided = k + 1;
        }
        int[] rows = IndexSort.byCodes(codes, count, bits);
        if (undecided < keys.size()) {
            breakTies(columns, rows, count);
        }
        codes = null;
        return rows;
    }

    /// Adds a key to the codes; false when the codes do not hold all of it.
    private boolean pack(Vector column, SortKey key, int count) {
        KeyCodes keyCodes = KeyCodes.of(column, count);
        if (keyCodes == null) {
            return column instanceof io.troupe.columnar.vector.NullVector;
        }
        long[] values = keyCodes.values;
        long[] validity = column.validity();
        long low = Long.MAX_VALUE;
        long high = Long.MIN_VALUE;
        for (int i = 0; i < count; i++) {
            if (validity == null || (validity[i >> 6] >>> i & 1) != 0) {
                low = Math.min(low, values[i]);
                high = Math.max(high, values[i]);
            }
        }
        if (low > high) {
            return true;
        }
        long span = high - low;
        boolean halve = span < 0 || span > Long.MAX_VALUE - 2;
        int drop = halve ? 2 : 0;
        int width = 64 - Long.numberOfLeadingZeros((span >>> drop) + 2);
        int surplus = Math.max(0, bits + width - 63);
        place(values, validity, new Range(low, high, span, drop, surplus), key, count);
        bits += width - surplus;
        return keyCodes.exact && surplus == 0 && !halve;
    }

    private record Range(long low, long high, long span, int drop, int surplus) {}

    /// Codes: nulls 0 or the last, values from 1 on, counted from the end that comes first.
    private void place(long[] values, long[] validity, Range range, SortKey key, int count) {
        int width =
                64
                        - Long.numberOfLeadingZeros((range.span() >>> range.drop()) + 2)
                        - range.surplus();
        long nullCode = key.nullsFirst() ? 0 : (range.span() >>> range.drop()) + 2;
        for (int i = 0; i < count; i++) {
            boolean present = validity == null || (validity[i >> 6] >>> i & 1) != 0;
            long distance = key.ascending() ? values[i] - range.low() : range.high() - values[i];
            long code = present ? (distance >>> range.drop()) + 1 : nullCode;
            codes[i] = codes[i] << width | code >>> range.surplus();
        }
    }

    private void breakTies(Vector[] columns, int[] rows, int count) {
        int first = undecided;
        IndexSort.Order order = (a, b) -> comparator.compareFrom(first, columns, a, columns, b);
        int from = 0;
        while (from < count) {
            int to = from + 1;
            while (to < count && codes[to] == codes[from]) {
                to++;
            }
            IndexSort.merge(rows, from, to, order);
            from = to;
        }
    }
}
