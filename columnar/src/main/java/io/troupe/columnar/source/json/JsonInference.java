package io.troupe.columnar.source.json;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import io.troupe.columnar.source.text.MalformedRecord;
import io.troupe.planner.catalog.FileEntry;
import io.troupe.planner.stage.LeafInput.FileSplit;
import io.troupe.planner.type.ArrayType;
import io.troupe.planner.type.AtomicType;
import io.troupe.planner.type.DataType;
import io.troupe.planner.type.DecimalType;
import io.troupe.planner.type.StringType;
import io.troupe.planner.type.StructField;
import io.troupe.planner.type.StructType;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Finds the schema of JSON files from all their records: fields in the order of their names, types
/// widened as Spark does.
public final class JsonInference {
    private final JsonOptions options;

    private JsonInference(JsonOptions options) {
        this.options = options;
    }

    /// The schema; null without files; empty when the files hold no record.
    public static StructType infer(List<FileEntry> files, Map<String, String> options) {
        if (files.isEmpty()) {
            return null;
        }
        JsonInference inference = new JsonInference(JsonOptions.of(options));
        try {
            DataType found = AtomicType.VOID;
            for (FileEntry file : files) {
                found = inference.widened(found, file);
            }
            return found instanceof StructType struct
                            && inference.settled(struct) instanceof StructType settled
                    ? settled
                    : new StructType(List.of());
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private DataType widened(DataType before, FileEntry file) throws IOException {
        DataType found = before;
        try (JsonRecords records =
                new JsonRecords(new FileSplit(file, 0, Math.max(1, file.size())), options)) {
            while (records.next()) {
                found = wider(found, record(records));
            }
        }
        return found;
    }

    private DataType record(JsonRecords records) throws IOException {
        try (JsonParser parser = records.parser()) {
            if (parser.nextToken() == null) {
                return AtomicType.VOID;
            }
            DataType type = value(parser);
            if (type instanceof ArrayType array) {
                type = array.element();
            }
            if (type instanceof StructType) {
                return type;
            }
        } catch (JsonProcessingException malformed) {
            return malformed();
        }
        return malformed();
    }

    private DataType malformed() {
        return switch (options.mode()) {
            case PERMISSIVE ->
                    new StructType(
                            List.of(
                                    new StructField(
                                            options.corruptColumn(), StringType.STRING, true)));
            case DROPMALFORMED -> AtomicType.VOID;
            case FAILFAST -> throw MalformedRecord.error(options.corruptColumn());
        };
    }

    private DataType value(JsonParser parser) throws IOException {
        return switch (parser.currentToken()) {
            case START_OBJECT -> object(parser);
            case START_ARRAY -> {
                DataType element = AtomicType.VOID;
                while (parser.nextToken() != JsonToken.END_ARRAY) {
                    element = wider(element, value(parser));
                }
                yield new ArrayType(element, true);
            }
            case VALUE_TRUE, VALUE_FALSE ->
                    options.primitivesAsString() ? StringType.STRING : AtomicType.BOOLEAN;
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT ->
                    options.primitivesAsString() ? StringType.STRING : number(parser);
            case VALUE_STRING -> StringType.STRING;
            default -> AtomicType.VOID;
        };
    }

    private DataType object(JsonParser parser) throws IOException {
        Map<String, StructField> fields = new TreeMap<>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String name = parser.currentName();
            parser.nextToken();
            DataType type = value(parser);
            StructField known = fields.get(name);
            fields.put(
                    name,
                    new StructField(name, known == null ? type : wider(known.type(), type), true));
        }
        return new StructType(new ArrayList<>(fields.values()));
    }

    private DataType number(JsonParser parser) throws IOException {
        if (parser.currentToken() == JsonToken.VALUE_NUMBER_INT) {
            if (parser.getNumberType() != JsonParser.NumberType.BIG_INTEGER) {
                return AtomicType.LONG;
            }
            BigDecimal value = parser.getDecimalValue();
            return value.precision() <= DecimalType.MAX_PRECISION
                    ? new DecimalType(value.precision(), 0)
                    : AtomicType.DOUBLE;
        }
        if (options.prefersDecimal() && !parser.isNaN()) {
            BigDecimal value = parser.getDecimalValue();
            int precision = Math.max(value.precision(), value.scale());
            if (precision <= DecimalType.MAX_PRECISION && value.scale() >= 0) {
                return new DecimalType(precision, value.scale());
            }
        }
        return AtomicType.DOUBLE;
    }

    private static DataType wider(DataType a, DataType b) {
        if (a.equals(b) || b == AtomicType.VOID) {
            return a;
        }
        if (a == AtomicType.VOID) {
            return b;
        }
        if (a instanceof StructType x && b instanceof StructType y) {
            return merged(x, y);
        }
        if (a instanceof ArrayType x && b instanceof ArrayType y) {
            return new ArrayType(wider(x.element(), y.element()), true);
        }
        if (a.isNumeric() && b.isNumeric()) {
            return widerNumber(a, b);
        }
        return StringType.STRING;
    }

    private static DataType widerNumber(DataType a, DataType b) {
        if (a == AtomicType.DOUBLE || b == AtomicType.DOUBLE) {
            return AtomicType.DOUBLE;
        }
        DecimalType x = a instanceof DecimalType decimal ? decimal : new DecimalType(20, 0);
        DecimalType y = b instanceof DecimalType decimal ? decimal : new DecimalType(20, 0);
        int scale = Math.max(x.scale(), y.scale());
        int precision = scale + Math.max(x.precision() - x.scale(), y.precision() - y.scale());
        return precision > DecimalType.MAX_PRECISION
                ? AtomicType.DOUBLE
                : new DecimalType(precision, scale);
    }

    private static StructType merged(StructType a, StructType b) {
        Map<String, StructField> fields = new TreeMap<>();
        a.fields().forEach(field -> fields.put(field.name(), field));
        for (StructField field : b.fields()) {
            StructField known = fields.get(field.name());
            DataType type = known == null ? field.type() : wider(known.type(), field.type());
            fields.put(field.name(), new StructField(field.name(), type, true));
        }
        return new StructType(new ArrayList<>(fields.values()));
    }

    /// Types that values never told become strings; structs without fields go. Null for what goes.
    private DataType settled(DataType type) {
        return switch (type) {
            case StructType struct -> {
                List<StructField> fields = new ArrayList<>();
                for (StructField field : struct.fields()) {
                    DataType inner = settled(field.type());
                    if (inner != null) {
                        fields.add(new StructField(field.name(), inner, true));
                    }
                }
                yield fields.isEmpty() ? null : new StructType(fields);
            }
            case ArrayType array -> {
                DataType element = settled(array.element());
                yield element == null ? null : new ArrayType(element, true);
            }
            case AtomicType atomic when atomic == AtomicType.VOID ->
                    options.dropFieldIfAllNull() ? null : StringType.STRING;
            default -> type;
        };
    }
}
