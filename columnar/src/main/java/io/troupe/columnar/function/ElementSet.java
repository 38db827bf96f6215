package io.troupe.columnar.function;

import io.troupe.columnar.kernel.SparkHash;
import io.troupe.columnar.kernel.ValueOrder;
import io.troupe.columnar.vector.Vector;
import java.util.Arrays;

/// A set of values by their rows in one vector; null is a value like others. Linear probing over
/// row numbers.
final class ElementSet {
    private final Vector elements;
    private int[] table = new int[16];
    private int size;

    ElementSet(Vector elements) {
        this.elements = elements;
        Arrays.fill(table, -1);
    }

    void clear() {
        if (size > 0) {
            Arrays.fill(table, -1);
            size = 0;
        }
    }

    private int slot(int row) {
        long hash = SparkHash.XX64.hash(elements, row, 42);
        int slot = (int) (hash ^ hash >>> 32) & table.length - 1;
        while (table[slot] >= 0 && !ValueOrder.same(elements, table[slot], elements, row)) {
            slot = slot + 1 & table.length - 1;
        }
        return slot;
    }

    boolean contains(int row) {
        return table[slot(row)] >= 0;
    }

    /// False when an equal value is there already.
    boolean add(int row) {
        int slot = slot(row);
        if (table[slot] >= 0) {
            return false;
        }
        table[slot] = row;
        size++;
        if (size * 2 > table.length) {
            int[] old = table;
            table = new int[old.length * 2];
            Arrays.fill(table, -1);
            for (int kept : old) {
                if (kept >= 0) {
                    table[slot(kept)] = kept;
                }
            }
        }
        return true;
    }
}
