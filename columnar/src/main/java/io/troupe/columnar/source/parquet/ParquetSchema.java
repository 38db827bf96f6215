package io.troupe.columnar.source.parquet;

import io.troupe.planner.type.ArrayType;
import io.troupe.planner.type.AtomicType;
import io.troupe.planner.type.DataType;
import io.troupe.planner.type.DecimalType;
import io.troupe.planner.type.MapType;
import io.troupe.planner.type.StringType;
import io.troupe.planner.type.StructField;
import io.troupe.planner.type.StructType;
import io.troupe.planner.type.TimeType;
import java.util.ArrayList;
import java.util.List;
import org.apache.parquet.format.ConvertedType;
import org.apache.parquet.format.FieldRepetitionType;
import org.apache.parquet.format.LogicalType;
import org.apache.parquet.format.SchemaElement;
import org.apache.parquet.format.TimeUnit;
import org.apache.parquet.format.Type;

/// A file's schema: the tree of its columns, and the Spark types that they are read as.
final class ParquetSchema {
    private static final int MAX_DEPTH = 100;

    private final List<SchemaElement> elements;
    private int next;
    private int leaves;

    private ParquetSchema(List<SchemaElement> elements) {
        this.elements = elements;
    }

    /// The root group of a footer's flattened schema.
    static ParquetNode tree(List<SchemaElement> elements) {
        if (elements == null || elements.isEmpty()) {
            throw new ParquetFormatException("the footer has no schema");
        }
        ParquetSchema schema = new ParquetSchema(elements);
        SchemaElement root = elements.getFirst();
        schema.next = 1;
        return new ParquetNode(root.getName(), root, schema.children(root, 0, 0, 0), 0, 0, -1);
    }

    private List<ParquetNode> children(
            SchemaElement parent, int definition, int repetition, int depth) {
        int count = parent.getNum_children();
        if (depth > MAX_DEPTH || count < 0 || count > elements.size() - next) {
            throw new ParquetFormatException(
                    "the footer's schema is malformed at " + parent.getName());
        }
        List<ParquetNode> nodes = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            if (next >= elements.size()) {
                throw new ParquetFormatException("the footer's schema ends early");
            }
            SchemaElement element = elements.get(next++);
            FieldRepetitionType repeats = element.getRepetition_type();
            int def =
                    definition
                            + (repeats == FieldRepetitionType.REQUIRED || repeats == null ? 0 : 1);
            int rep = repetition + (repeats == FieldRepetitionType.REPEATED ? 1 : 0);
            boolean leaf = element.isSetType();
            int column = leaf ? leaves++ : -1;
            List<ParquetNode> inner = leaf ? List.of() : children(element, def, rep, depth + 1);
            nodes.add(new ParquetNode(element.getName(), element, inner, def, rep, column));
        }
        return nodes;
    }

    /// The table schema that Spark sees: every field nullable.
    static StructType sparkSchema(ParquetNode root) {
        return struct(root);
    }

    private static StructType struct(ParquetNode group) {
        List<StructField> fields = new ArrayList<>();
        for (ParquetNode child : group.children()) {
            fields.add(new StructField(child.name(), sparkType(child), true));
        }
        return new StructType(fields);
    }

    static DataType sparkType(ParquetNode node) {
        return node.isRepeated() && !node.isList() && !node.isMap()
                ? new ArrayType(elementType(node), true)
                : elementType(node);
    }

    private static DataType elementType(ParquetNode node) {
        if (node.isLeaf()) {
            return leafType(node);
        }
        if (node.isList()) {
            ParquetNode.ListShape shape = node.listShape();
            DataType element =
                    shape.element() == shape.repeated()
                            ? elementType(shape.element())
                            : sparkType(shape.element());
            return new ArrayType(element, true);
        }
        if (node.isMap()) {
            ParquetNode entries = node.entries();
            return new MapType(
                    sparkType(entries.children().get(0)),
                    sparkType(entries.children().get(1)),
                    true);
        }
        return struct(node);
    }

    private static DataType leafType(ParquetNode node) {
        DecimalType decimal = decimal(node);
        return switch (node.element().getType()) {
            case BOOLEAN -> AtomicType.BOOLEAN;
            case FLOAT -> AtomicType.FLOAT;
            case DOUBLE -> AtomicType.DOUBLE;
            case INT96 -> AtomicType.TIMESTAMP;
            case INT32 -> decimal != null ? decimal : int32(node);
            case INT64 -> decimal != null ? decimal : int64(node);
            case BYTE_ARRAY ->
                    decimal != null
                            ? decimal
                            : isText(node) ? StringType.STRING : AtomicType.BINARY;
            case FIXED_LEN_BYTE_ARRAY ->
                    decimal != null
                            ? decimal
                            : isFloat16(node) ? AtomicType.FLOAT : AtomicType.BINARY;
        };
    }

    static boolean isFloat16(ParquetNode node) {
        return node.logical() != null
                && node.logical().isSetFLOAT16()
                && node.element().getType_length() == 2;
    }

    private static boolean isText(ParquetNode node) {
        LogicalType logical = node.logical();
        if (logical != null
                && (logical.isSetSTRING() || logical.isSetENUM() || logical.isSetJSON())) {
            return true;
        }
        ConvertedType converted = node.converted();
        return converted == ConvertedType.UTF8
                || converted == ConvertedType.ENUM
                || converted == ConvertedType.JSON;
    }

    /// The decimal annotation, or null.
    static DecimalType decimal(ParquetNode node) {
        LogicalType logical = node.logical();
        int precision;
        int scale;
        if (logical != null && logical.isSetDECIMAL()) {
            precision = logical.getDECIMAL().getPrecision();
            scale = logical.getDECIMAL().getScale();
        } else if (node.converted() == ConvertedType.DECIMAL) {
            precision = node.element().getPrecision();
            scale = node.element().getScale();
        } else {
            return null;
        }
        if (precision < 1
                || precision > DecimalType.MAX_PRECISION
                || scale < 0
                || scale > precision) {
            throw new ParquetFormatException(
                    "column " + node.name() + " is decimal(" + precision + "," + scale + ")");
        }
        return new DecimalType(precision, scale);
    }

    private static DataType int32(ParquetNode node) {
        LogicalType logical = node.logical();
        if (logical != null && logical.isSetINTEGER()) {
            return integer(logical.getINTEGER().getBitWidth(), logical.getINTEGER().isIsSigned());
        }
        if (logical != null && logical.isSetDATE()) {
            return AtomicType.DATE;
        }
        if (logical != null && logical.isSetTIME()) {
            return TimeType.DEFAULT;
        }
        if (node.converted() == null) {
            return AtomicType.INTEGER;
        }
        return switch (node.converted()) {
            case INT_8 -> AtomicType.BYTE;
            case INT_16, UINT_8 -> AtomicType.SHORT;
            case UINT_32 -> AtomicType.LONG;
            case DATE -> AtomicType.DATE;
            case TIME_MILLIS -> TimeType.DEFAULT;
            default -> AtomicType.INTEGER;
        };
    }

    private static DataType integer(int bits, boolean signed) {
        return switch (bits) {
            case 8 -> signed ? AtomicType.BYTE : AtomicType.SHORT;
            case 16 -> signed ? AtomicType.SHORT : AtomicType.INTEGER;
            case 32 -> signed ? AtomicType.INTEGER : AtomicType.LONG;
            default -> signed ? AtomicType.LONG : new DecimalType(20, 0);
        };
    }

    private static DataType int64(ParquetNode node) {
        LogicalType logical = node.logical();
        if (logical != null && logical.isSetINTEGER()) {
            return integer(64, logical.getINTEGER().isIsSigned());
        }
        if (logical != null && logical.isSetTIMESTAMP()) {
            return logical.getTIMESTAMP().isIsAdjustedToUTC()
                    ? AtomicType.TIMESTAMP
                    : AtomicType.TIMESTAMP_NTZ;
        }
        if (logical != null && logical.isSetTIME()) {
            return TimeType.DEFAULT;
        }
        if (node.converted() == null) {
            return AtomicType.LONG;
        }
        return switch (node.converted()) {
            case UINT_64 -> new DecimalType(20, 0);
            case TIMESTAMP_MILLIS, TIMESTAMP_MICROS -> AtomicType.TIMESTAMP;
            case TIME_MICROS -> TimeType.DEFAULT;
            default -> AtomicType.LONG;
        };
    }

    static boolean isUnsigned(ParquetNode node) {
        LogicalType logical = node.logical();
        if (logical != null && logical.isSetINTEGER()) {
            return !logical.getINTEGER().isIsSigned();
        }
        return node.converted() == ConvertedType.UINT_32
                || node.converted() == ConvertedType.UINT_64;
    }

    /// Units per second of a TIME or TIMESTAMP column: 1_000, 1_000_000 or 1_000_000_000.
    static long unitsPerSecond(ParquetNode node) {
        LogicalType logical = node.logical();
        TimeUnit unit = null;
        if (logical != null && logical.isSetTIMESTAMP()) {
            unit = logical.getTIMESTAMP().getUnit();
        } else if (logical != null && logical.isSetTIME()) {
            unit = logical.getTIME().getUnit();
        }
        if (unit != null) {
            return unit.isSetMILLIS() ? 1_000 : unit.isSetMICROS() ? 1_000_000 : 1_000_000_000;
        }
        return node.converted() == ConvertedType.TIMESTAMP_MILLIS
                        || node.converted() == ConvertedType.TIME_MILLIS
                ? 1_000
                : 1_000_000;
    }

    static boolean isTimestamp(ParquetNode node) {
        return node.element().getType() == Type.INT64
                && (node.logical() != null && node.logical().isSetTIMESTAMP()
                        || node.converted() == ConvertedType.TIMESTAMP_MILLIS
                        || node.converted() == ConvertedType.TIMESTAMP_MICROS);
    }
}
