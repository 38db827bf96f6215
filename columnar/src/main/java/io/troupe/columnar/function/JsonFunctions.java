package io.troupe.columnar.function;

import io.troupe.columnar.json.JsonPath;
import io.troupe.columnar.json.JsonSchemas;
import io.troupe.columnar.json.JsonTree;
import io.troupe.columnar.json.JsonWriter;
import io.troupe.columnar.json.TypedJson;
import io.troupe.columnar.kernel.Failures;
import io.troupe.columnar.kernel.Input;
import io.troupe.columnar.kernel.Output;
import io.troupe.columnar.kernel.RowFunction;
import io.troupe.columnar.kernel.Signature;
import io.troupe.planner.type.ArrayType;
import io.troupe.planner.type.AtomicType;
import io.troupe.planner.type.DataType;
import io.troupe.planner.type.MapType;
import io.troupe.planner.type.StructType;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// JSON texts: values at paths, typed values, schemas.
final class JsonFunctions {
    private JsonFunctions() {}

    static void register(FunctionTable table) {
        table.rows("get_json_object", JsonFunctions::object);
        table.row("json_array_length", JsonFunctions::arrayLength);
        table.row("json_object_keys", JsonFunctions::keys);
        table.rows("from_json", JsonFunctions::fromJson);
        table.rows("to_json", JsonFunctions::toJson);
        table.rows("schema_of_json", signature -> JsonFunctions::schema);
        table.lenientRows("json_tuple", signature -> JsonFunctions::tuple);
    }

    /// The options map of a call, when argument `index` is a constant map of strings.
    static Map<String, String> options(Signature signature, int index) {
        Map<String, String> options = new LinkedHashMap<>();
        if (index < signature.size()
                && signature.isConstant(index)
                && signature.constant(index) instanceof List<?> entries) {
            for (Object entry : entries) {
                if (entry instanceof Map.Entry<?, ?> pair) {
                    options.put(String.valueOf(pair.getKey()), String.valueOf(pair.getValue()));
                }
            }
        }
        return options;
    }

    /// The value of a text; null when it is not JSON.
    static Object parse(String text) {
        try {
            return JsonTree.lenient(text);
        } catch (IOException malformed) {
            return null;
        }
    }

    private static RowFunction object(Signature signature) {
        JsonPath fixed = signature.text(1) == null ? null : JsonPath.parse(signature.text(1));
        boolean constant = signature.text(1) != null;
        return (in, out) -> {
            JsonPath path = constant ? fixed : JsonPath.parse(in.string(1));
            Object root = path == null ? null : parse(in.string(0));
            if (root != null) {
                out.setValue(path.text(root));
            }
        };
    }

    private static void tuple(Input in, Output out) {
        Object root = in.isNull(0) ? null : parse(in.string(0));
        List<Object> values = new ArrayList<>();
        for (int i = 1; i < in.size(); i++) {
            Object value =
                    !in.isNull(i) && root instanceof Map<?, ?> fields
                            ? fields.get(in.string(i))
                            : null;
            values.add(
                    value == null || value == JsonTree.NULL
                            ? null
                            : value instanceof String text ? text : JsonTree.write(value));
        }
        out.setValue(values);
    }

    private static void arrayLength(Input in, Output out) {
        if (parse(in.string(0)) instanceof List<?> items) {
            out.set(items.size());
        }
    }

    private static void keys(Input in, Output out) {
        if (parse(in.string(0)) instanceof Map<?, ?> fields) {
            out.setValue(new ArrayList<Object>(fields.keySet()));
        }
    }

    private static void schema(Input in, Output out) {
        try {
            Object value = JsonTree.lenient(in.string(0));
            out.set(JsonSchemas.infer(value == null ? JsonTree.NULL : value));
        } catch (IOException malformed) {
            throw malformed(in.string(0), malformed);
        }
    }

    private static RuntimeException malformed(String text, Exception cause) {
        RuntimeException failure =
                Failures.runtime(
                        "MALFORMED_RECORD_IN_PARSING.WITHOUT_SUGGESTION",
                        "badRecord",
                        text,
                        "failFastMode",
                        "FAILFAST");
        if (cause != null) {
            failure.initCause(cause);
        }
        return failure;
    }

    /// Options are the last argument; the schema, a constant before them, is the result type
    /// already.
    private static RowFunction fromJson(Signature signature) {
        Map<String, String> options = options(signature, signature.size() - 1);
        TypedJson typed = new TypedJson(signature.settings(), options);
        boolean failFast = "FAILFAST".equalsIgnoreCase(options.get("mode"));
        DataType type = signature.type();
        return (in, out) -> {
            String text = in.string(0);
            Object json;
            try {
                json = JsonTree.lenient(text);
            } catch (IOException malformed) {
                if (failFast) {
                    throw malformed(text, malformed);
                }
                out.setValue(nothing(type));
                return;
            }
            if (json == null) {
                return;
            }
            Object root =
                    json instanceof Map<?, ?> && type instanceof ArrayType ? List.of(json) : json;
            Object value = typed.convert(root, type);
            if (typed.mismatched() && failFast) {
                throw malformed(text, null);
            }
            out.setValue(value == null && json != JsonTree.NULL ? nothing(type) : value);
        };
    }

    /// A record that could not be read: a struct of nulls, else null.
    private static Object nothing(DataType type) {
        if (!(type instanceof StructType struct)) {
            return null;
        }
        List<Object> nulls = new ArrayList<>();
        struct.fields().forEach(field -> nulls.add(null));
        return nulls;
    }

    private static RowFunction toJson(Signature signature) {
        JsonWriter writer = new JsonWriter(signature.settings(), options(signature, 1));
        DataType type = signature.argument(0);
        if (type == AtomicType.VARIANT
                || type instanceof MapType
                || type instanceof ArrayType
                || type instanceof StructType) {
            return (in, out) -> out.set(writer.write(in.vector(0), in.at(0), type));
        }
        throw new IllegalArgumentException("to_json of " + type.simpleString());
    }
}
