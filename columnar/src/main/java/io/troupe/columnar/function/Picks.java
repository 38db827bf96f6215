package io.troupe.columnar.function;

import io.troupe.columnar.column.Bitmap;
import io.troupe.columnar.column.ColumnBuilder;
import io.troupe.columnar.column.Gather;
import io.troupe.columnar.kernel.Input;
import io.troupe.columnar.kernel.KernelFactory;
import io.troupe.columnar.kernel.Rows;
import io.troupe.columnar.kernel.Signature;
import io.troupe.columnar.vector.ListVector;
import io.troupe.columnar.vector.NullVector;
import io.troupe.columnar.vector.Vector;
import io.troupe.planner.type.ArrayType;
import io.troupe.planner.type.DataType;
import java.util.Arrays;

/// An array result that consists of elements of the arguments: all candidates stand in one vector,
/// and a row's array is written as their numbers. No value is looked at unless the function
/// compares.
final class Picks {
    /// Writes one row's array.
    interface Picker {
        void pick(Input in, Picks picks);
    }

    private final Vector elements;
    private final int[] bases;
    private final int[] offsets;
    private final long[] validity;
    private int[] chosen = new int[64];
    private int count;
    private int row = -1;

    private Picks(Vector[] arguments, Signature signature, int length) {
        DataType element = ((ArrayType) signature.type()).element();
        ColumnBuilder all = ColumnBuilder.of(element);
        bases = new int[arguments.length];
        Input parts = new Input(arguments, signature.arguments());
        for (int i = 0; i < arguments.length; i++) {
            bases[i] = all.length();
            Vector vector = parts.vector(i);
            Vector source = candidates(vector, signature.argument(i), element);
            if (source != null) {
                all.appendRange(source, 0, source.length());
            }
        }
        elements = Gather.flat(all.build());
        offsets = new int[length + 1];
        validity = new long[Bitmap.words(length)];
    }

    /// What an argument adds: an array its elements, a value of the element type itself; null for
    /// others.
    private static Vector candidates(Vector vector, DataType type, DataType element) {
        DataType candidate = type;
        for (int levels = depth(type) - depth(element); levels > 0; levels--) {
            candidate = ((ArrayType) candidate).element();
        }
        if (candidate.storage() != element.storage()) {
            return null;
        }
        return switch (depth(type) - depth(element)) {
            case 0 -> vector;
            case 1 -> vector instanceof ListVector list ? list.elements() : null;
            case 2 -> vector instanceof ListVector list ? inner(list) : null;
            default -> null;
        };
    }

    private static int depth(DataType type) {
        return type instanceof ArrayType array ? 1 + depth(array.element()) : 0;
    }

    private static Vector inner(ListVector list) {
        Vector lists = Gather.flat(list.elements());
        return lists instanceof ListVector inside ? inside.elements() : new NullVector(0);
    }

    /// A kernel from a picker; rows that it does not [#end()] are null.
    static KernelFactory kernel(Picker picker) {
        return signature -> (arguments, rows) -> apply(signature, picker, arguments, rows);
    }

    private static Vector apply(Signature signature, Picker picker, Vector[] arguments, Rows rows) {
        Picks picks = new Picks(arguments, signature, rows.length());
        Input in = new Input(arguments, signature.arguments());
        for (int i = 0; i < rows.count(); i++) {
            int row = rows.row(i);
            in.moveTo(row);
            picks.moveTo(row);
            picker.pick(in, picks);
        }
        return picks.build(rows.length());
    }

    private void moveTo(int row) {
        for (int skipped = this.row + 1; skipped <= row; skipped++) {
            offsets[skipped] = count;
        }
        this.row = row;
    }

    /// The vector of all candidates.
    Vector elements() {
        return elements;
    }

    /// The first candidate of an array argument's row.
    int first(Input in, int i) {
        return bases[i] + in.first(i);
    }

    int last(Input in, int i) {
        return bases[i] + in.last(i);
    }

    /// The candidate that is an argument's own value.
    int value(Input in, int i) {
        return in.isNull(i) ? -1 : bases[i] + in.at(i);
    }

    int base(int i) {
        return bases[i];
    }

    /// Adds a candidate; a negative number adds null.
    void add(int candidate) {
        if (count == chosen.length) {
            chosen = Arrays.copyOf(chosen, count * 2);
        }
        chosen[count++] = candidate;
    }

    void addAll(int first, int last) {
        for (int i = first; i < last; i++) {
            add(i);
        }
    }

    /// How many elements the row has so far.
    int size() {
        return count - offsets[row];
    }

    /// The array of numbers and the place of the row's first one, for sorting in place.
    int[] chosen() {
        return chosen;
    }

    int start() {
        return offsets[row];
    }

    int end() {
        return count;
    }

    /// The row is complete and not null.
    void finish() {
        validity[row >> 6] |= 1L << row;
    }

    private Vector build(int length) {
        moveTo(length);
        Vector picked =
                elements instanceof NullVector || elements.length() == 0
                        ? new NullVector(count)
                        : Gather.copy(elements, chosen, 0, count);
        return new ListVector(offsets, picked, length, validity);
    }
}
