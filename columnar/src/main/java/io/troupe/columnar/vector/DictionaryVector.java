package io.troupe.columnar.vector;

/// Row i is `dictionary[codes[i]]`: dictionary-encoded columns, and any gather of rows without
/// copying them (filtered, joined, repeated, constant columns). A row is null when its bit in
/// `codeValidity` is 0 or its dictionary entry is null. The dictionary is never itself a
/// DictionaryVector. `distinct` promises that the dictionary's entries differ from each other, so
/// that codes can stand for values.
public record DictionaryVector(
        int[] codes, Vector dictionary, int length, long[] codeValidity, boolean distinct)
        implements Vector {
    public DictionaryVector {
        if (dictionary instanceof DictionaryVector) {
            throw new IllegalArgumentException("nested dictionary");
        }
    }

    @Override
    public long[] validity() {
        long[] entries = dictionary.validity();
        if (entries == null) {
            return codeValidity;
        }
        long[] validity = new long[(length + 63) >> 6];
        for (int row = 0; row < length; row++) {
            if (!isNull(row)) {
                validity[row >> 6] |= 1L << row;
            }
        }
        return validity;
    }

    @Override
    public boolean isNull(int row) {
        return codeValidity != null && (codeValidity[row >> 6] >>> row & 1L) == 0
                || dictionary.isNull(codes[row]);
    }

    @Override
    public long bytes() {
        return 4L * codes.length
                + (codeValidity == null ? 0 : 8L * codeValidity.length)
                + dictionary.bytes();
    }
}
