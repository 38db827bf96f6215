package io.troupe.columnar.sink.parquet;

import io.troupe.columnar.sink.parquet.NumberSink.Form;
import io.troupe.planner.type.ArrayType;
import io.troupe.planner.type.AtomicType;
import io.troupe.planner.type.DataType;
import io.troupe.planner.type.DayTimeIntervalType;
import io.troupe.planner.type.DecimalType;
import io.troupe.planner.type.MapType;
import io.troupe.planner.type.StringType;
import io.troupe.planner.type.StructField;
import io.troupe.planner.type.StructType;
import io.troupe.planner.type.TimeType;
import io.troupe.planner.type.UserDefinedType;
import io.troupe.planner.type.YearMonthIntervalType;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import org.apache.parquet.format.CompressionCodec;
import org.apache.parquet.format.ConvertedType;
import org.apache.parquet.format.DateType;
import org.apache.parquet.format.FieldRepetitionType;
import org.apache.parquet.format.IntType;
import org.apache.parquet.format.ListType;
import org.apache.parquet.format.LogicalType;
import org.apache.parquet.format.MicroSeconds;
import org.apache.parquet.format.MilliSeconds;
import org.apache.parquet.format.SchemaElement;
import org.apache.parquet.format.TimeUnit;
import org.apache.parquet.format.TimestampType;
import org.apache.parquet.format.Type;

/// Makes a file's schema, as Spark writes it, together with the writers of its leaves.
final class ParquetSchemaWriter {
    private final List<SchemaElement> elements = new ArrayList<>();
    private final List<LeafWriter> leaves = new ArrayList<>();
    private final CompressionCodec codec;
    private final String timestamps;

    /// @param timestamps INT96, TIMESTAMP_MICROS or TIMESTAMP_MILLIS
    ParquetSchemaWriter(CompressionCodec codec, String timestamps) {
        this.codec = codec;
        this.timestamps = timestamps;
    }

    List<SchemaElement> elements() {
        return elements;
    }

    List<LeafWriter> leaves() {
        return leaves;
    }

    List<ParquetWriterNode> columns(StructType schema) {
        SchemaElement root = new SchemaElement("spark_schema");
        root.setNum_children(schema.fields().size());
        elements.add(root);
        return fields(schema, List.of(), 0, 0);
    }

    private List<ParquetWriterNode> fields(
            StructType schema, List<String> path, int definition, int repetition) {
        List<ParquetWriterNode> nodes = new ArrayList<>();
        for (StructField field : schema.fields()) {
            nodes.add(
                    node(
                            field.name(),
                            field.type(),
                            field.nullable(),
                            path,
                            definition,
                            repetition));
        }
        return nodes;
    }

    private ParquetWriterNode node(
            String name,
            DataType declared,
            boolean nullable,
            List<String> parent,
            int parentDefinition,
            int repetition) {
        DataType type = declared instanceof UserDefinedType user ? user.sqlType() : declared;
        List<String> path = new ArrayList<>(parent);
        path.add(name);
        int definition = parentDefinition + (nullable ? 1 : 0);
        SchemaElement element = new SchemaElement(name);
        element.setRepetition_type(
                nullable ? FieldRepetitionType.OPTIONAL : FieldRepetitionType.REQUIRED);
        elements.add(element);
        return switch (type) {
            case StructType struct -> {
                element.setNum_children(struct.fields().size());
                yield new ParquetWriterNode.Group(
                        fields(struct, path, definition, repetition), definition, nullable);
            }
            case ArrayType array -> {
                element.setNum_children(1);
                element.setConverted_type(ConvertedType.LIST);
                element.setLogicalType(LogicalType.LIST(new ListType()));
                repeated("list", 1, path);
                ParquetWriterNode inner =
                        node(
                                "element",
                                array.element(),
                                array.containsNull(),
                                path,
                                definition + 1,
                                repetition + 1);
                yield new ParquetWriterNode.Repeated(
                        List.of(inner), definition, nullable, repetition + 1);
            }
            case MapType map -> {
                element.setNum_children(1);
                element.setConverted_type(ConvertedType.MAP);
                element.setLogicalType(LogicalType.MAP(new org.apache.parquet.format.MapType()));
                repeated("key_value", 2, path);
                ParquetWriterNode key =
                        node("key", map.key(), false, path, definition + 1, repetition + 1);
                ParquetWriterNode value =
                        node(
                                "value",
                                map.value(),
                                map.valueContainsNull(),
                                path,
                                definition + 1,
                                repetition + 1);
                yield new ParquetWriterNode.Repeated(
                        List.of(key, value), definition, nullable, repetition + 1);
            }
            default -> {
                ValueSink sink = annotate(element, type);
                LeafWriter writer =
                        new LeafWriter(
                                path, element.getType(), definition, repetition, sink, codec);
                leaves.add(writer);
                yield new ParquetWriterNode.Leaf(writer, definition, nullable);
            }
        };
    }

    private void repeated(String name, int children, List<String> path) {
        SchemaElement element = new SchemaElement(name);
        element.setRepetition_type(FieldRepetitionType.REPEATED);
        element.setNum_children(children);
        elements.add(element);
        path.add(name);
    }

    private ValueSink annotate(SchemaElement element, DataType type) {
        return switch (type) {
            case StringType ignored -> text(element);
            case DecimalType decimal -> decimal(element, decimal);
            case YearMonthIntervalType ignored -> number(element, Type.INT32, Form.INT32);
            case DayTimeIntervalType ignored -> number(element, Type.INT64, Form.INT64);
            case TimeType ignored -> {
                element.setConverted_type(ConvertedType.TIME_MICROS);
                element.setLogicalType(
                        LogicalType.TIME(
                                new org.apache.parquet.format.TimeType(
                                        false, TimeUnit.MICROS(new MicroSeconds()))));
                yield number(element, Type.INT64, Form.TIME);
            }
            case AtomicType atomic -> atomic(element, atomic);
            default -> throw new IllegalArgumentException(type.simpleString());
        };
    }

    private ValueSink atomic(SchemaElement element, AtomicType type) {
        return switch (type) {
            case BOOLEAN -> {
                element.setType(Type.BOOLEAN);
                yield new BooleanSink();
            }
            case BYTE -> small(element, 8, ConvertedType.INT_8);
            case SHORT -> small(element, 16, ConvertedType.INT_16);
            case INTEGER -> number(element, Type.INT32, Form.INT32);
            case LONG -> number(element, Type.INT64, Form.INT64);
            case FLOAT -> number(element, Type.FLOAT, Form.FLOAT);
            case DOUBLE -> number(element, Type.DOUBLE, Form.DOUBLE);
            case DATE -> {
                element.setConverted_type(ConvertedType.DATE);
                element.setLogicalType(LogicalType.DATE(new DateType()));
                yield number(element, Type.INT32, Form.INT32);
            }
            case TIMESTAMP -> timestamp(element);
            case TIMESTAMP_NTZ -> {
                element.setLogicalType(
                        LogicalType.TIMESTAMP(
                                new TimestampType(false, TimeUnit.MICROS(new MicroSeconds()))));
                yield number(element, Type.INT64, Form.INT64);
            }
            case BINARY -> {
                element.setType(Type.BYTE_ARRAY);
                yield new BytesSink(BytesSink.Form.BYTES, 0);
            }
            case VARIANT -> text(element);
            case VOID, CALENDAR_INTERVAL ->
                    throw new IllegalArgumentException(
                            "no Parquet column of type " + type.simpleString());
        };
    }

    private ValueSink timestamp(SchemaElement element) {
        if (timestamps.equals("INT96")) {
            element.setType(Type.INT96);
            return new BytesSink(BytesSink.Form.INT96, 12);
        }
        boolean millis = timestamps.equals("TIMESTAMP_MILLIS");
        TimeUnit unit =
                millis ? TimeUnit.MILLIS(new MilliSeconds()) : TimeUnit.MICROS(new MicroSeconds());
        element.setConverted_type(
                millis ? ConvertedType.TIMESTAMP_MILLIS : ConvertedType.TIMESTAMP_MICROS);
        element.setLogicalType(LogicalType.TIMESTAMP(new TimestampType(true, unit)));
        return number(element, Type.INT64, millis ? Form.MILLIS : Form.INT64);
    }

    private static ValueSink text(SchemaElement element) {
        element.setType(Type.BYTE_ARRAY);
        element.setConverted_type(ConvertedType.UTF8);
        element.setLogicalType(LogicalType.STRING(new org.apache.parquet.format.StringType()));
        return new BytesSink(BytesSink.Form.BYTES, 0);
    }

    private static ValueSink small(SchemaElement element, int bits, ConvertedType converted) {
        element.setConverted_type(converted);
        element.setLogicalType(LogicalType.INTEGER(new IntType((byte) bits, true)));
        return number(element, Type.INT32, Form.INT32);
    }

    private static ValueSink number(SchemaElement element, Type type, Form form) {
        element.setType(type);
        return new NumberSink(form);
    }

    private static ValueSink decimal(SchemaElement element, DecimalType type) {
        element.setConverted_type(ConvertedType.DECIMAL);
        element.setPrecision(type.precision());
        element.setScale(type.scale());
        element.setLogicalType(
                LogicalType.DECIMAL(
                        new org.apache.parquet.format.DecimalType(type.scale(), type.precision())));
        if (type.precision() <= 9) {
            return number(element, Type.INT32, Form.INT32);
        }
        if (type.precision() <= DecimalType.MAX_LONG_PRECISION) {
            return number(element, Type.INT64, Form.INT64);
        }
        int width = BigInteger.TEN.pow(type.precision()).bitLength() / 8 + 1;
        element.setType(Type.FIXED_LEN_BYTE_ARRAY);
        element.setType_length(width);
        return new BytesSink(BytesSink.Form.DECIMAL, width);
    }
}
