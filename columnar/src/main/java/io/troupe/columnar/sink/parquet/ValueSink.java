package io.troupe.columnar.sink.parquet;

import io.troupe.columnar.vector.Vector;

/// The values of one leaf column on their way into pages: makes codes of them while a dictionary
/// pays, else their PLAIN bytes, and keeps the bounds. One per physical type.
abstract class ValueSink {
    /// A dictionary of more PLAIN bytes than this is given up, as other writers do.
    static final int MAX_DICTIONARY_BYTES = 1 << 20;

    /// The distinct values of the row group, PLAIN.
    final ByteSink dictionary = new ByteSink();

    int dictionarySize;

    /// Appends the PLAIN bytes of row `row`.
    abstract void plain(Vector vector, int row, ByteSink out);

    /// The code of row `row`, entering it into the dictionary if it is new.
    abstract int code(Vector vector, int row);

    /// Takes a value into the bounds.
    abstract void bound(Vector vector, int row);

    /// Appends the PLAIN bytes of a dictionary entry.
    abstract void plainOfCode(int code, ByteSink out);

    /// Forgets dictionary and bounds: a new row group begins.
    abstract void reset();

    /// The smallest value PLAIN-encoded as statistics want it, or null.
    abstract byte[] minimum();

    abstract byte[] maximum();

    /// Whether dictionaries are of use for the type.
    boolean canCode() {
        return true;
    }

    /// Values that are packed at the end of a page (booleans).
    void finishPage(ByteSink out) {
        // Most types have written all their bytes.
    }
}
