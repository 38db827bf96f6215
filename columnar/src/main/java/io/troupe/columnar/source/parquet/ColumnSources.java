package io.troupe.columnar.source.parquet;

import io.troupe.columnar.source.listing.FileErrors;
import io.troupe.planner.type.ArrayType;
import io.troupe.planner.type.DataType;
import io.troupe.planner.type.MapType;
import io.troupe.planner.type.StructField;
import io.troupe.planner.type.StructType;
import io.troupe.planner.type.UserDefinedType;
import java.util.ArrayList;
import java.util.List;
import org.apache.parquet.format.RowGroup;

/// Matches the columns that a query wants with those of one file, by name, and makes their readers.
final class ColumnSources {
    private final ParquetFooter footer;
    private final boolean caseSensitive;
    private final int windowBytes;

    ColumnSources(ParquetFooter footer, boolean caseSensitive, int windowBytes) {
        this.footer = footer;
        this.caseSensitive = caseSensitive;
        this.windowBytes = windowBytes;
    }

    ColumnSource source(String name, DataType type) {
        ParquetNode node = find(footer.root(), name);
        if (node == null) {
            return new MissingColumn(name, type);
        }
        if (node.isLeaf() && !node.isRepeated()) {
            return node.definition() > 1
                    ? nested(name, node, type)
                    : new FlatColumn(reader(node, type, false));
        }
        return nested(name, node, type);
    }

    private ColumnSource nested(String name, ParquetNode node, DataType type) {
        return new NestedSource(name, build(node, type, 0));
    }

    /// Bytes of a column in a row group as they lie in the file; 0 for a column that it lacks.
    long storedBytes(RowGroup rows, String name) {
        ParquetNode node = find(footer.root(), name);
        return node == null ? 0 : storedBytes(rows, node);
    }

    private static long storedBytes(RowGroup rows, ParquetNode node) {
        return node.isLeaf()
                ? rows.getColumns().get(node.column()).getMeta_data().getTotal_compressed_size()
                : node.children().stream().mapToLong(child -> storedBytes(rows, child)).sum();
    }

    /// The child of that name, or null. Case counts only when the session says so and then only an
    /// exact match is one.
    ParquetNode find(ParquetNode group, String name) {
        ParquetNode loose = null;
        for (ParquetNode child : group.children()) {
            if (child.name().equals(name)) {
                return child;
            }
            if (!caseSensitive && child.name().equalsIgnoreCase(name)) {
                loose = child;
            }
        }
        return loose;
    }

    private ColumnReader reader(ParquetNode leaf, DataType type, boolean nested) {
        return new ColumnReader(
                leaf, LeafConversions.of(footer.path(), leaf, type), nested, footer, windowBytes);
    }

    private NestedSource.Node build(ParquetNode node, DataType wanted, int slotDefinition) {
        DataType type = wanted instanceof UserDefinedType user ? user.sqlType() : wanted;
        if (node.isRepeated() && !node.isList() && !node.isMap()) {
            return list(
                    node,
                    new ParquetNode.ListShape(node, node),
                    node.definition() - 1,
                    array(node, type));
        }
        return value(node, type, slotDefinition);
    }

    private NestedSource.Node value(ParquetNode node, DataType type, int slotDefinition) {
        if (node.isLeaf()) {
            return new NestedSource.Leaf(reader(node, type, true), slotDefinition);
        }
        if (node.isList()) {
            return list(node, node.listShape(), node.definition(), array(node, type));
        }
        if (node.isMap()) {
            if (!(type instanceof MapType map)) {
                throw mismatch(node, type);
            }
            ParquetNode entries = node.entries();
            List<NestedSource.Node> parts =
                    List.of(
                            build(entries.children().get(0), map.key(), entries.definition()),
                            build(entries.children().get(1), map.value(), entries.definition()));
            return new NestedSource.Repeated(entries, node.definition(), parts, true);
        }
        if (!(type instanceof StructType struct)) {
            throw mismatch(node, type);
        }
        return struct(node, struct, slotDefinition);
    }

    private ArrayType array(ParquetNode node, DataType type) {
        if (type instanceof ArrayType array) {
            return array;
        }
        throw mismatch(node, type);
    }

    private NestedSource.Node list(
            ParquetNode node, ParquetNode.ListShape shape, int definition, ArrayType type) {
        ParquetNode repeated = shape.repeated();
        NestedSource.Node element =
                shape.element() == repeated
                        ? value(repeated, type.element(), repeated.definition())
                        : build(shape.element(), type.element(), repeated.definition());
        return new NestedSource.Repeated(repeated, definition, List.of(element), false);
    }

    private NestedSource.Node struct(ParquetNode node, StructType type, int slotDefinition) {
        List<NestedSource.Node> fields = new ArrayList<>();
        NestedSource.Leaf shape = null;
        for (StructField field : type.fields()) {
            ParquetNode child = find(node, field.name());
            NestedSource.Node part =
                    child == null
                            ? new NestedSource.Absent(field.type())
                            : build(child, field.type(), slotDefinition);
            shape = shape == null ? NestedSource.shape(part) : shape;
            fields.add(part);
        }
        if (shape == null) {
            ParquetNode leaf = node.firstLeaf();
            DataType stored = ParquetSchema.sparkType(leaf);
            shape =
                    new NestedSource.Leaf(
                            reader(
                                    leaf,
                                    stored instanceof ArrayType list ? list.element() : stored,
                                    true),
                            slotDefinition);
        }
        return new NestedSource.Group(node, shape, fields);
    }

    private RuntimeException mismatch(ParquetNode node, DataType type) {
        return FileErrors.columnMismatch(
                footer.path(), node.name(), type.simpleString(), node.physicalName());
    }
}
