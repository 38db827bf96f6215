package io.troupe.columnar.hash;

import io.troupe.columnar.vector.Vector;
import io.troupe.planner.type.DataType;
import io.troupe.planner.type.Storage;
import java.util.Arrays;
import java.util.List;

/// Distinct key rows, numbered 0, 1, 2 … in order of arrival. Nulls are equal to each other; so are
/// NaNs, and the two zeros.
///
/// Every column is read as longs ([KeyReader]); as long as the ranges seen fit, all columns
/// together are packed into one long and looked up in a [LongTable] (direct-address where dense);
/// beyond that in a [WideTable]. The layout changes by itself when the ranges outgrow it.
public final class KeyIndex {
    private final Storage[] storages;
    private final boolean[] wide;
    private final KeyDictionary[] dictionaries;
    private final KeyReader[] readers;
    private final KeyRange[] ranges;
    private KeyLayout layout;
    private LongTable narrowTable;
    private WideTable wideTable;
    private long[] codes = {};

    public KeyIndex(List<DataType> types) {
        int columns = types.size();
        storages = new Storage[columns];
        wide = new boolean[columns];
        dictionaries = new KeyDictionary[columns];
        readers = new KeyReader[columns];
        ranges = new KeyRange[columns];
        boolean anyWide = false;
        for (int c = 0; c < columns; c++) {
            storages[c] = types.get(c).storage();
            wide[c] = storages[c] == Storage.DECIMAL128;
            anyWide |= wide[c];
            boolean numbered =
                    switch (storages[c]) {
                        case BYTES, INTERVAL, ARRAY, MAP, STRUCT -> true;
                        default -> false;
                    };
            dictionaries[c] = numbered ? new KeyDictionary(types.get(c)) : null;
            readers[c] = new KeyReader(dictionaries[c], wide[c]);
            ranges[c] = new KeyRange();
        }
        if (anyWide) {
            layout = KeyLayout.WIDE;
            wideTable = new WideTable(KeyLayout.words(wide));
        } else {
            layout = KeyLayout.narrow(ranges, true);
            narrowTable = new LongTable(0);
        }
    }

    public int size() {
        return narrowTable != null ? narrowTable.size() : wideTable.size();
    }

    /// Heap bytes held, about.
    public long bytes() {
        long sum = narrowTable != null ? narrowTable.bytes() : wideTable.bytes();
        for (KeyDictionary dictionary : dictionaries) {
            sum += dictionary == null ? 0 : dictionary.bytes();
        }
        return sum;
    }

    /// Writes the numbers of the key rows `rows[0 .. count)` to `ids`; unknown rows get the next
    /// numbers.
    public void assign(Vector[] keys, int[] rows, int count, int[] ids) {
        for (int c = 0; c < readers.length; c++) {
            readers[c].read(keys[c], rows, count, true);
            if (layout.form() != KeyLayout.Form.WIDE) {
                if (dictionaries[c] != null) {
                    ranges[c].numbers(dictionaries[c].size());
                } else {
                    ranges[c].add(readers[c].values, readers[c].nulls, count);
                }
            }
        }
        adapt();
        switch (layout.form()) {
            case NARROW -> {
                room(count);
                layout.pack(readers, count, codes);
                narrowTable.assign(codes, count, ids);
            }
            case PLAIN -> narrowTable.assign(readers[0].values, count, ids);
            case WIDE -> {
                room(count * KeyLayout.words(wide));
                KeyLayout.spread(readers, wide, count, codes);
                wideTable.assign(codes, count, ids);
            }
        }
    }

    private void room(int longs) {
        if (codes.length < longs) {
            codes = new long[Math.max(longs, 8192)];
        }
    }

    /// Changes the layout when the values read last do not fit into it.
    private void adapt() {
        switch (layout.form()) {
            case NARROW -> {
                for (int c = 0; c < ranges.length; c++) {
                    if (!layout.holds(c, ranges[c])) {
                        widen();
                        return;
                    }
                }
            }
            case PLAIN -> {
                if (readers[0].nulls != null) {
                    become(KeyLayout.WIDE);
                }
            }
            case WIDE -> {}
        }
    }

    private void widen() {
        KeyLayout next = KeyLayout.narrow(ranges, true);
        if (next == null) {
            next = KeyLayout.narrow(ranges, false);
        }
        if (next == null) {
            boolean plain = ranges.length == 1 && readers[0].nulls == null && !hasNullKey();
            next = plain ? KeyLayout.PLAIN : KeyLayout.WIDE;
        }
        become(next);
    }

    private boolean hasNullKey() {
        for (int id = 0; id < size(); id++) {
            if (narrowTable.keys()[id] == 0) {
                return true;
            }
        }
        return false;
    }

    private void become(KeyLayout next) {
        int known = size();
        KeyReader[] decoded = new KeyReader[readers.length];
        for (int c = 0; c < readers.length; c++) {
            decoded[c] = decode(c, 0, known);
        }
        layout = next;
        switch (next.form()) {
            case NARROW -> {
                long[] renewed = new long[Math.max(64, narrowTable.keys().length)];
                next.pack(decoded, known, renewed);
                narrowTable.recode(renewed, next.bits());
            }
            case PLAIN ->
                    narrowTable.recode(Arrays.copyOf(decoded[0].values, Math.max(64, known)), 64);
            case WIDE -> {
                long[] keys = new long[known * KeyLayout.words(wide)];
                KeyLayout.spread(decoded, wide, known, keys);
                narrowTable = null;
                wideTable = new WideTable(KeyLayout.words(wide));
                wideTable.load(keys, known);
            }
        }
    }

    /// A column of known keys, as a reader gives it.
    private KeyReader decode(int column, int from, int count) {
        KeyReader decoded = new KeyReader(dictionaries[column], wide[column]);
        long[] values = new long[count];
        byte[] nulls = new byte[count];
        decoded.values = values;
        decoded.nulls = nulls;
        switch (layout.form()) {
            case NARROW -> {
                long limit = (1L << layout.width()[column]) - 1;
                long base = layout.base()[column] - 1;
                for (int i = 0; i < count; i++) {
                    long code = narrowTable.keys()[from + i] >>> layout.shift()[column] & limit;
                    values[i] = code + base;
                    nulls[i] = code == 0 ? (byte) 1 : 0;
                }
            }
            case PLAIN -> System.arraycopy(narrowTable.keys(), from, values, 0, count);
            case WIDE -> decodeWide(decoded, column, from, count);
        }
        return decoded;
    }

    private void decodeWide(KeyReader decoded, int column, int from, int count) {
        int words = KeyLayout.words(wide);
        int at = (wide.length + 63) / 64;
        for (int c = 0; c < column; c++) {
            at += wide[c] ? 2 : 1;
        }
        decoded.high = new long[wide[column] ? count : 0];
        long[] keys = wideTable.keys();
        for (int i = 0; i < count; i++) {
            int key = (from + i) * words;
            decoded.values[i] = keys[key + at];
            decoded.nulls[i] = (byte) (keys[key + (column >> 6)] >>> column & 1);
            if (wide[column]) {
                decoded.high[i] = keys[key + at + 1];
            }
        }
    }

    /// The key rows numbered `from` to `from + count`, as columns.
    public Vector[] keys(int from, int count) {
        Vector[] columns = new Vector[readers.length];
        for (int c = 0; c < columns.length; c++) {
            KeyReader decoded = decode(c, from, count);
            columns[c] = KeyColumns.column(storages[c], decoded, dictionaries[c], count);
        }
        return columns;
    }

    /// Makes the table compact for finding; nothing may be inserted afterwards.
    public void seal() {
        if (layout.form() == KeyLayout.Form.NARROW) {
            KeyLayout tight = KeyLayout.narrow(ranges, false);
            if (tight != null && tight.bits() < layout.bits()) {
                become(tight);
            }
        }
        if (narrowTable != null) {
            narrowTable.seal();
        }
    }

    /// Looks rows up in a sealed index; one finder per thread.
    public Finder finder() {
        return new Finder();
    }

    /// Finds key rows for one thread.
    public final class Finder {
        private final KeyReader[] own = new KeyReader[readers.length];
        private long[] packed = {};
        private byte[] missing = {};

        private Finder() {
            for (int c = 0; c < own.length; c++) {
                own[c] = new KeyReader(dictionaries[c], wide[c]);
            }
        }

        /// Writes the numbers of the rows to `ids`; -1 where the row is unknown or holds a null.
        public void find(Vector[] keys, int[] rows, int count, int[] ids) {
            for (int c = 0; c < own.length; c++) {
                own[c].read(keys[c], rows, count, false);
            }
            int words = layout.form() == KeyLayout.Form.WIDE ? KeyLayout.words(wide) : 1;
            if (missing.length < count) {
                missing = new byte[Math.max(count, 8192)];
                packed = new long[missing.length * words];
            }
            switch (layout.form()) {
                case NARROW -> {
                    layout.packChecked(own, count, packed, missing);
                    narrowTable.find(packed, missing, count, ids);
                }
                case PLAIN -> narrowTable.find(own[0].values, own[0].nulls, count, ids);
                case WIDE -> {
                    KeyLayout.spread(own, wide, count, packed);
                    wideTable.find(packed, anyNull(count), count, ids);
                }
            }
        }

        private byte[] anyNull(int count) {
            Arrays.fill(missing, 0, count, (byte) 0);
            for (KeyReader reader : own) {
                if (reader.nulls != null) {
                    for (int i = 0; i < count; i++) {
                        missing[i] |= reader.nulls[i];
                    }
                }
            }
            return missing;
        }
    }
}
