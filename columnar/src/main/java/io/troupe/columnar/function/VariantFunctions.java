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
import io.troupe.planner.type.AtomicType;
import io.troupe.planner.type.DataType;
import io.troupe.planner.type.StringType;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/// Variants, held as JSON texts with sorted keys.
final class VariantFunctions {
    private VariantFunctions() {}

    static void register(FunctionTable table) {
        table.row("parse_json", (in, out) -> parse(in, out, false));
        table.row("try_parse_json", (in, out) -> parse(in, out, true));
        table.lenientRows(
                "is_variant_null",
                signature -> (in, out) -> out.set(!in.isNull(0) && in.string(0).equals("null")));
        table.row("is_valid_variant", (in, out) -> out.set(true));
        table.row(
                "schema_of_variant",
                (in, out) -> out.set(JsonSchemas.inferVariant(tree(in.string(0)))));
        table.rows("variant_get", signature -> get(signature, true));
        table.rows("try_variant_get", signature -> get(signature, false));
        table.rows("to_variant_object", VariantFunctions::object);
    }

    private static Object tree(String json) {
        try {
            return JsonTree.strict(json);
        } catch (IOException impossible) {
            throw new IllegalStateException("a variant holds malformed JSON", impossible);
        }
    }

    private static void parse(Input in, Output out, boolean lenient) {
        try {
            out.set(JsonTree.writeSorted(JsonTree.strict(in.string(0))));
        } catch (IOException malformed) {
            if (!lenient) {
                RuntimeException failure =
                        Failures.runtime(
                                "MALFORMED_RECORD_IN_PARSING.WITHOUT_SUGGESTION",
                                "badRecord",
                                in.string(0),
                                "failFastMode",
                                "FAILFAST");
                failure.initCause(malformed);
                throw failure;
            }
        }
    }

    private static RowFunction get(Signature signature, boolean fail) {
        DataType type = signature.type();
        TypedJson typed = new TypedJson(signature.settings(), Map.of());
        return (in, out) -> {
            JsonPath path = JsonPath.parse(in.string(1));
            List<Object> found = path == null ? List.of() : path.find(tree(in.string(0)));
            if (found.isEmpty()
                    || found.getFirst() == JsonTree.NULL && type != AtomicType.VARIANT) {
                return;
            }
            Object json = found.getFirst();
            Object value = cast(json, type, typed);
            if (value == null && fail) {
                throw Failures.runtime(
                        "INVALID_VARIANT_CAST",
                        "value",
                        JsonTree.write(json),
                        "dataType",
                        "\"" + type.sql() + "\"");
            }
            out.setValue(value);
        };
    }

    private static Object cast(Object json, DataType type, TypedJson typed) {
        if (type == AtomicType.VARIANT) {
            return JsonTree.writeSorted(json);
        }
        if (type instanceof StringType) {
            return json instanceof String text ? text : JsonTree.writeSorted(json);
        }
        if (type.isNumeric() && json instanceof String text) {
            return typed.convert(new JsonTree.Number(text.strip()), type);
        }
        if (type.isIntegral() && json instanceof JsonTree.Number number && !number.isWhole()) {
            String whole = new java.math.BigDecimal(number.text()).toBigInteger().toString();
            return typed.convert(new JsonTree.Number(whole), type);
        }
        return typed.convert(json, type);
    }

    private static RowFunction object(Signature signature) {
        JsonWriter writer =
                new JsonWriter(signature.settings(), Map.of("ignoreNullFields", "false"));
        DataType type = signature.argument(0);
        return (in, out) ->
                out.set(JsonTree.writeSorted(tree(writer.write(in.vector(0), in.at(0), type))));
    }
}
