package io.troupe.columnar.hash;

import io.troupe.columnar.column.ColumnBuilder;
import io.troupe.columnar.vector.BytesVector;
import io.troupe.columnar.vector.DictionaryVector;
import io.troupe.columnar.vector.Vector;
import io.troupe.planner.type.DataType;
import io.troupe.planner.type.Storage;

/// The distinct values of one key column that is no primitive, numbered: strings by their bytes,
/// nested values by an encoding of them, with one representative kept.
final class KeyDictionary {
    private final Interner interner = new Interner();
    private final boolean strings;
    private final ColumnBuilder representatives;
    private Vector built;

    KeyDictionary(DataType type) {
        strings = type.storage() == Storage.BYTES;
        representatives = strings ? null : ColumnBuilder.of(type);
    }

    int size() {
        return interner.size();
    }

    long bytes() {
        return interner.bytes() + (representatives == null ? 0 : representatives.bytes());
    }

    /// The number of a value that is not null; -1 when it is unknown and not to be inserted.
    int number(Vector vector, int row, boolean insert) {
        if (vector instanceof BytesVector bytes) {
            int from = bytes.offsets()[row];
            int length = bytes.offsets()[row + 1] - from;
            return insert
                    ? interner.intern(bytes.data(), from, length)
                    : interner.find(bytes.data(), from, length);
        }
        if (vector instanceof DictionaryVector coded) {
            return number(coded.dictionary(), coded.codes()[row], insert);
        }
        RowBytes encoder = new RowBytes();
        encoder.append(vector, row);
        if (!insert) {
            return interner.find(encoder.bytes(), 0, encoder.size());
        }
        int known = interner.size();
        int id = interner.intern(encoder.bytes(), 0, encoder.size());
        if (id == known) {
            representatives.appendRange(vector, row, 1);
        }
        return id;
    }

    /// The column of the values with the given numbers (negative: null), coded over all values
    /// where they are strings.
    Vector column(int[] numbers, long[] validity, int count) {
        if (strings) {
            return new DictionaryVector(numbers, interner.snapshot(), count, validity, true);
        }
        if (built == null || built.length() < interner.size()) {
            if (built != null) {
                ColumnBuilder merged = ColumnBuilder.like(built);
                merged.appendRange(built, 0, built.length());
                Vector more = representatives.build();
                merged.appendRange(more, 0, more.length());
                built = merged.build();
            } else {
                built = representatives.build();
            }
        }
        return new DictionaryVector(numbers, built, count, validity, true);
    }
}
