package io.troupe.columnar.kernel;

import io.troupe.columnar.column.Gather;
import io.troupe.columnar.vector.DictionaryVector;
import io.troupe.columnar.vector.Vector;

/// Arguments without dictionaries. A constant is spread over an array once and kept for the
/// following batches, so that binary loops need no form of their own for constants.
final class FlatArguments {
    private final Vector[] spread;
    private final Vector[] entries;

    FlatArguments(int arguments) {
        spread = new Vector[arguments];
        entries = new Vector[arguments];
    }

    Vector get(Vector[] arguments, int index) {
        Vector vector = arguments[index];
        if (!(vector instanceof DictionaryVector coded)) {
            return vector;
        }
        if (!Columns.isConstant(vector)) {
            return Gather.flat(vector);
        }
        if (entries[index] != coded.dictionary() || spread[index].length() < vector.length()) {
            entries[index] = coded.dictionary();
            spread[index] = Gather.flat(vector);
        }
        return spread[index];
    }
}
