package io.troupe.columnar.source.parquet;

import java.util.List;
import org.apache.parquet.format.ConvertedType;
import org.apache.parquet.format.FieldRepetitionType;
import org.apache.parquet.format.LogicalType;
import org.apache.parquet.format.SchemaElement;

/// One node of a file's schema tree with its levels. `column` is the leaf's column index, -1 for
/// groups. `definition` and `repetition` are the levels at which a value of this node is present
/// and repeats.
record ParquetNode(
        String name,
        SchemaElement element,
        List<ParquetNode> children,
        int definition,
        int repetition,
        int column) {
    boolean isLeaf() {
        return column >= 0;
    }

    boolean isRepeated() {
        return element.getRepetition_type() == FieldRepetitionType.REPEATED;
    }

    boolean isOptional() {
        return element.getRepetition_type() == FieldRepetitionType.OPTIONAL;
    }

    LogicalType logical() {
        return element.getLogicalType();
    }

    ConvertedType converted() {
        return element.getConverted_type();
    }

    boolean isList() {
        return !isLeaf()
                && (logical() != null && logical().isSetLIST()
                        || converted() == ConvertedType.LIST);
    }

    boolean isMap() {
        return !isLeaf()
                && (logical() != null && logical().isSetMAP()
                        || converted() == ConvertedType.MAP
                        || converted() == ConvertedType.MAP_KEY_VALUE);
    }

    /// For a LIST group or a bare repeated field: the repeated node and the node of the elements
    /// (the same one in two-level lists).
    ListShape listShape() {
        if (!isList()) {
            return new ListShape(this, this);
        }
        if (children.size() != 1 || !children.getFirst().isRepeated()) {
            throw new ParquetFormatException(
                    "list column " + name + " has no single repeated field");
        }
        ParquetNode repeated = children.getFirst();
        boolean twoLevel =
                repeated.isLeaf()
                        || repeated.children.size() > 1
                        || repeated.children.getFirst().isRepeated()
                        || repeated.name.equals("array")
                        || repeated.name.equals(name + "_tuple");
        return new ListShape(repeated, twoLevel ? repeated : repeated.children.getFirst());
    }

    record ListShape(ParquetNode repeated, ParquetNode element) {}

    /// The repeated key-value group of a MAP.
    ParquetNode entries() {
        if (children.size() != 1
                || !children.getFirst().isRepeated()
                || children.getFirst().children.size() != 2) {
            throw new ParquetFormatException(
                    "map column " + name + " has no repeated group of key and value");
        }
        return children.getFirst();
    }

    ParquetNode firstLeaf() {
        return isLeaf() ? this : children.getFirst().firstLeaf();
    }

    /// The stored type as Parquet prints it, for messages.
    String physicalName() {
        return isLeaf() ? element.getType().name() : "group";
    }
}
