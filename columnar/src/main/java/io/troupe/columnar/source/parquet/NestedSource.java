package io.troupe.columnar.source.parquet;

import io.troupe.columnar.vector.ListVector;
import io.troupe.columnar.vector.MapVector;
import io.troupe.columnar.vector.NullVectors;
import io.troupe.columnar.vector.StructVector;
import io.troupe.columnar.vector.Vector;
import io.troupe.planner.type.DataType;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.util.ArrayList;
import java.util.List;
import org.apache.parquet.format.RowGroup;

/// A column of lists, maps or structs, put together from its leaves' levels. At each node, the
/// slots are the level entries with a repetition level ≤ the node's (they begin a new value there)
/// and a definition level ≥ that of the nearest repeated ancestor (that list has an element at
/// all). Every node's shape is read off its first leaf.
final class NestedSource implements ColumnSource {
    private final String name;
    private final Node node;
    private final List<Leaf> leaves = new ArrayList<>();

    NestedSource(String name, Node node) {
        this.name = name;
        this.node = node;
        collect(node);
    }

    private void collect(Node part) {
        switch (part) {
            case Leaf leaf -> add(leaf);
            case Group group -> {
                add(group.shape);
                group.fields.forEach(this::collect);
            }
            case Repeated list -> list.parts.forEach(this::collect);
            case Absent absent -> {}
        }
    }

    /// A struct's shape is mostly also one of its fields: every leaf is read once.
    private void add(Leaf leaf) {
        if (!leaves.contains(leaf)) {
            leaves.add(leaf);
        }
    }

    sealed interface Node permits Leaf, Group, Repeated, Absent {}

    /// A stored column; `slotDefinition` is the definition level of the nearest repeated ancestor,
    /// 0 for none.
    static final class Leaf implements Node {
        final ColumnReader reader;
        final int slotDefinition;
        private ColumnReader.NestedColumn current;

        Leaf(ColumnReader reader, int slotDefinition) {
            this.reader = reader;
            this.slotDefinition = slotDefinition;
        }
    }

    /// A struct. `shape` is the leaf whose levels tell where it is null: its first field's, or one
    /// read for that alone.
    record Group(ParquetNode node, Leaf shape, List<Node> fields) implements Node {}

    /// A list (one part) or a map (two). `definition` is the level at which it is not null.
    record Repeated(ParquetNode repeated, int definition, List<Node> parts, boolean map)
            implements Node {}

    record Absent(DataType type) implements Node {}

    @Override
    public String name() {
        return name;
    }

    @Override
    public void open(FileChannel channel, RowGroup group) {
        for (Leaf leaf : leaves) {
            leaf.reader.open(
                    channel, group.getColumns().get(leaf.reader.leaf().column()).getMeta_data());
        }
    }

    @Override
    public void skip(long rows) {
        leaves.forEach(leaf -> leaf.reader.skip(rows));
    }

    @Override
    public Vector read(int rows) throws IOException {
        for (Leaf leaf : leaves) {
            leaf.current = leaf.reader.readNested(rows, leaf.slotDefinition);
        }
        Vector result = assemble(node, 0, 0, rows);
        leaves.forEach(leaf -> leaf.current = null);
        return result;
    }

    private static Vector assemble(Node node, int slotRepetition, int slotDefinition, int slots) {
        return switch (node) {
            case Leaf leaf -> checked(leaf.current.slots(), slots, leaf.reader.leaf().name());
            case Group group -> struct(group, slotRepetition, slotDefinition, slots);
            case Repeated list -> repeated(list, slotRepetition, slotDefinition, slots);
            case Absent absent -> NullVectors.of(absent.type, slots);
        };
    }

    private static Vector checked(Vector vector, int slots, String name) {
        if (vector.length() != slots) {
            throw new ParquetFormatException(
                    "field "
                            + name
                            + " has "
                            + vector.length()
                            + " values where its siblings have "
                            + slots);
        }
        return vector;
    }

    private static Vector struct(Group group, int slotRepetition, int slotDefinition, int slots) {
        NestedLevels.Batch levels = group.shape.current.levels();
        long[] validity = new long[Bits.words(slots)];
        int slot = 0;
        int present = 0;
        for (int i = 0; i < levels.count(); i++) {
            if (levels.repetition()[i] <= slotRepetition
                    && levels.definition()[i] >= slotDefinition) {
                checkSlot(slot, slots, group.node);
                if (levels.definition()[i] >= group.node.definition()) {
                    validity[slot >> 6] |= 1L << slot;
                    present++;
                }
                slot++;
            }
        }
        checkCount(slot, slots, group.node);
        Vector[] fields = new Vector[group.fields.size()];
        for (int i = 0; i < fields.length; i++) {
            fields[i] = assemble(group.fields.get(i), slotRepetition, slotDefinition, slots);
        }
        return new StructVector(fields, slots, present == slots ? null : validity);
    }

    private static Vector repeated(
            Repeated list, int slotRepetition, int slotDefinition, int slots) {
        NestedLevels.Batch levels = shape(list).current.levels();
        int elementDefinition = list.repeated.definition();
        int elementRepetition = list.repeated.repetition();
        int[] offsets = new int[slots + 1];
        long[] validity = new long[Bits.words(slots)];
        int slot = 0;
        int present = 0;
        int elements = 0;
        for (int i = 0; i < levels.count(); i++) {
            int definition = levels.definition()[i];
            int repetition = levels.repetition()[i];
            if (repetition <= slotRepetition && definition >= slotDefinition) {
                checkSlot(slot, slots, list.repeated);
                offsets[slot] = elements;
                if (definition >= list.definition) {
                    validity[slot >> 6] |= 1L << slot;
                    present++;
                }
                slot++;
            }
            elements += repetition <= elementRepetition && definition >= elementDefinition ? 1 : 0;
        }
        checkCount(slot, slots, list.repeated);
        offsets[slots] = elements;
        long[] bits = present == slots ? null : validity;
        Vector first =
                assemble(list.parts.getFirst(), elementRepetition, elementDefinition, elements);
        if (!list.map) {
            return new ListVector(offsets, first, slots, bits);
        }
        Vector values =
                assemble(list.parts.getLast(), elementRepetition, elementDefinition, elements);
        return new MapVector(offsets, first, values, slots, bits);
    }

    private static void checkSlot(int slot, int slots, ParquetNode node) {
        if (slot >= slots) {
            throw new ParquetFormatException(
                    "field " + node.name() + " has more values than its siblings");
        }
    }

    private static void checkCount(int slot, int slots, ParquetNode node) {
        if (slot != slots) {
            throw new ParquetFormatException(
                    "field "
                            + node.name()
                            + " has "
                            + slot
                            + " values where its siblings have "
                            + slots);
        }
    }

    static Leaf shape(Node node) {
        return switch (node) {
            case Leaf leaf -> leaf;
            case Group group -> group.shape;
            case Repeated list -> shape(list.parts.getFirst());
            case Absent absent -> null;
        };
    }
}
