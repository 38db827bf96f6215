package io.troupe.columnar.sink.parquet;

import io.troupe.columnar.sink.parquet.LeafWriter.Entries;
import io.troupe.columnar.vector.DictionaryVector;
import io.troupe.columnar.vector.ListVector;
import io.troupe.columnar.vector.MapVector;
import io.troupe.columnar.vector.NullVector;
import io.troupe.columnar.vector.StructVector;
import io.troupe.columnar.vector.Vector;
import java.util.List;

/// A column or nested field being written: turns rows of vectors into level entries and passes them
/// down to the leaves. `definition` is the level at which a value of the node is present,
/// `nullable` whether that is one more than its parent's.
sealed interface ParquetWriterNode {

    record Leaf(LeafWriter writer, int definition, boolean nullable) implements ParquetWriterNode {}

    record Group(List<ParquetWriterNode> fields, int definition, boolean nullable)
            implements ParquetWriterNode {}

    /// A list or, with two parts, a map. `repetition` is the level of its repeated group.
    record Repeated(List<ParquetWriterNode> parts, int definition, boolean nullable, int repetition)
            implements ParquetWriterNode {}

    int definition();

    boolean nullable();

    /// Adds the entries. An entry whose row is negative is absent further up and keeps its
    /// definition level.
    default void add(Vector vector, Entries entries) {
        Entries own = present(vector, entries);
        Vector base =
                vector instanceof DictionaryVector coded && !(this instanceof Leaf)
                        ? coded.dictionary()
                        : vector;
        switch (this) {
            case Leaf leaf -> leaf.writer.add(base, own);
            case Group group -> {
                for (int i = 0; i < group.fields.size(); i++) {
                    Vector field =
                            base instanceof StructVector struct
                                    ? struct.fields()[i]
                                    : new NullVector(base.length());
                    group.fields.get(i).add(field, own);
                }
            }
            case Repeated list -> addElements(list, base, own);
        }
    }

    /// The entries at this node's level: definition levels raised where a value is present, rows -1
    /// where not. Rows of nested dictionaries become rows of their entries.
    private Entries present(Vector vector, Entries entries) {
        int count = entries.count();
        int[] rows = new int[count];
        int[] definitions = new int[count];
        boolean decode = vector instanceof DictionaryVector && !(this instanceof Leaf);
        long[] validity =
                vector instanceof DictionaryVector || vector instanceof NullVector
                        ? null
                        : vector.validity();
        boolean simple =
                !(vector instanceof DictionaryVector)
                        && !(vector instanceof NullVector)
                        && validity == null;
        for (int i = 0; i < count; i++) {
            int row = entries.row(i);
            boolean there = row >= 0 && (simple || !vector.isNull(row));
            if (row >= 0 && !there && !nullable()) {
                throw new IllegalStateException(
                        "a null in a column that is declared not to have any");
            }
            rows[i] = !there ? -1 : decode ? ((DictionaryVector) vector).codes()[row] : row;
            definitions[i] = there ? definition() : entries.definition(i);
        }
        return new Entries(rows, definitions, entries.repetitions(), count);
    }

    private static void addElements(Repeated list, Vector base, Entries own) {
        int[] offsets =
                base instanceof ListVector lists
                        ? lists.offsets()
                        : base instanceof MapVector maps ? maps.offsets() : null;
        int capacity = own.count();
        for (int i = 0; i < own.count(); i++) {
            int row = own.row(i);
            capacity += row >= 0 ? Math.max(0, offsets[row + 1] - offsets[row] - 1) : 0;
        }
        int[] rows = new int[capacity];
        int[] definitions = new int[capacity];
        int[] repetitions = new int[capacity];
        int next = 0;
        for (int i = 0; i < own.count(); i++) {
            int row = own.row(i);
            int size = row >= 0 ? offsets[row + 1] - offsets[row] : 0;
            rows[next] = size > 0 ? offsets[row] : -1;
            definitions[next] = size > 0 ? list.definition + 1 : own.definition(i);
            repetitions[next++] = own.repetition(i);
            for (int k = 1; k < size; k++) {
                rows[next] = offsets[row] + k;
                definitions[next] = list.definition + 1;
                repetitions[next++] = list.repetition;
            }
        }
        Entries elements = new Entries(rows, definitions, repetitions, next);
        if (base instanceof MapVector map) {
            list.parts.get(0).add(map.keys(), elements);
            list.parts.get(1).add(map.values(), elements);
        } else if (base instanceof ListVector lists) {
            list.parts.getFirst().add(lists.elements(), elements);
        } else {
            list.parts.forEach(part -> part.add(new NullVector(0), elements));
        }
    }
}
