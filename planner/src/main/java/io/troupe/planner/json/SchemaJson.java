package io.troupe.planner.json;

import io.troupe.planner.type.ArrayType;
import io.troupe.planner.type.AtomicType;
import io.troupe.planner.type.DataType;
import io.troupe.planner.type.MapType;
import io.troupe.planner.type.StringType;
import io.troupe.planner.type.StructField;
import io.troupe.planner.type.StructType;
import io.troupe.planner.type.UserDefinedType;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Spark's JSON form of data types.
public final class SchemaJson {
    private SchemaJson() {}

    public static StructType schema(Object json) {
        if (json instanceof String text) {
            return text.strip().startsWith("{") ? schema(Json.parse(text)) : TypeText.schema(text);
        }
        DataType type = type(json);
        if (type instanceof StructType struct) {
            return struct;
        }
        throw new IllegalArgumentException(
                "a schema must be a struct, found " + type.simpleString());
    }

    /// A type from its JSON value (text for simple types, object for others) or DDL text.
    public static DataType type(Object json) {
        if (json instanceof String text) {
            return text.strip().startsWith("{") ? type(Json.parse(text)) : simple(text);
        }
        JsonObject object = new JsonObject(json);
        return switch (object.text("type")) {
            case "array" ->
                    new ArrayType(
                            type(object.get("elementType")), object.flag("containsNull", true));
            case "map" ->
                    new MapType(
                            type(object.get("keyType")),
                            type(object.get("valueType")),
                            object.flag("valueContainsNull", true));
            case "struct" -> new StructType(object.list("fields", SchemaJson::field));
            case "udt" ->
                    new UserDefinedType(
                            type(object.get("sqlType")),
                            object.text("pyClass", null),
                            object.text("serializedClass", null));
            default -> throw new IllegalArgumentException("unknown type " + object);
        };
    }

    private static DataType simple(String text) {
        return text.equals("string collate") ? StringType.STRING : TypeText.type(text);
    }

    private static StructField field(Object json) {
        JsonObject object = new JsonObject(json);
        String metadata =
                object.has("metadata")
                        ? Json.write(object.get("metadata"))
                        : StructField.NO_METADATA;
        return new StructField(
                object.text("name"),
                type(object.get("type")),
                object.flag("nullable", true),
                metadata);
    }

    /// The tree that [Json#write] turns into Spark's JSON.
    public static Object tree(DataType type) {
        return switch (type) {
            case AtomicType.BYTE -> "byte";
            case AtomicType.SHORT -> "short";
            case AtomicType.INTEGER -> "integer";
            case AtomicType.LONG -> "long";
            case StringType string ->
                    string.limit() == 0 && string.collation().equals(StringType.BINARY_COLLATION)
                            ? "string"
                            : string.simpleString();
            case ArrayType array -> {
                Map<String, Object> map = new LinkedHashMap<>();
                map.put("type", "array");
                map.put("elementType", tree(array.element()));
                map.put("containsNull", array.containsNull());
                yield map;
            }
            case MapType mapType -> {
                Map<String, Object> map = new LinkedHashMap<>();
                map.put("type", "map");
                map.put("keyType", tree(mapType.key()));
                map.put("valueType", tree(mapType.value()));
                map.put("valueContainsNull", mapType.valueContainsNull());
                yield map;
            }
            case StructType struct -> {
                List<Object> fields = new ArrayList<>();
                for (StructField field : struct.fields()) {
                    Map<String, Object> map = new LinkedHashMap<>();
                    map.put("name", field.name());
                    map.put("type", tree(field.type()));
                    map.put("nullable", field.nullable());
                    map.put("metadata", Json.parse(field.metadata()));
                    fields.add(map);
                }
                Map<String, Object> map = new LinkedHashMap<>();
                map.put("type", "struct");
                map.put("fields", fields);
                yield map;
            }
            case UserDefinedType udt -> {
                Map<String, Object> map = new LinkedHashMap<>();
                map.put("type", "udt");
                map.put("pyClass", udt.pyClass());
                map.put("serializedClass", udt.serializedClass());
                map.put("sqlType", tree(udt.sqlType()));
                yield map;
            }
            default -> type.simpleString();
        };
    }

    public static String write(DataType type) {
        return Json.write(tree(type));
    }
}
