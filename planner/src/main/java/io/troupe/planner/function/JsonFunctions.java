package io.troupe.planner.function;

import static io.troupe.planner.error.Conditions.quoted;
import static io.troupe.planner.function.Accept.STRING;
import static io.troupe.planner.function.Accept.VARIANT;

import io.troupe.planner.error.Conditions;
import io.troupe.planner.expression.Call;
import io.troupe.planner.expression.Expression;
import io.troupe.planner.expression.Literal;
import io.troupe.planner.json.SchemaJson;
import io.troupe.planner.json.TypeText;
import io.troupe.planner.type.ArrayType;
import io.troupe.planner.type.AtomicType;
import io.troupe.planner.type.DataType;
import io.troupe.planner.type.MapType;
import io.troupe.planner.type.StringType;
import io.troupe.planner.type.StructField;
import io.troupe.planner.type.StructType;
import java.util.ArrayList;
import java.util.List;

/// JSON, CSV and variants.
final class JsonFunctions {
    private static final DataType TEXT = StringType.STRING;

    private JsonFunctions() {}

    static void register(ScalarTable table) {
        table.add("get_json_object").in(STRING, STRING).out(TEXT).nullable();
        table.add("json_array_length").in(STRING).out(AtomicType.INTEGER).nullable();
        table.add("json_object_keys").in(STRING).out(new ArrayType(TEXT, true)).nullable();
        table.add("from_json", 2, 3, (a, dialect) -> parse("from_json", a, dialect));
        table.add("from_csv", 2, 3, (a, dialect) -> parse("from_csv", a, dialect));
        for (String name : List.of("to_json", "to_csv")) {
            table.add(name, 1, 2, (a, _) -> write(name, a));
        }
        for (String name : List.of("schema_of_json", "schema_of_csv")) {
            table.add(name, 1, 2, (a, dialect) -> schemaOf(name, a, dialect));
        }
        table.add("parse_json").in(STRING).out(AtomicType.VARIANT);
        table.add("try_parse_json").in(STRING).out(AtomicType.VARIANT).nullable();
        table.add("is_variant_null").in(VARIANT).out(AtomicType.BOOLEAN).notNull();
        table.add("is_valid_variant").in(VARIANT).out(AtomicType.BOOLEAN);
        table.add("schema_of_variant").in(VARIANT).out(TEXT);
        table.add("to_variant_object").in(Accept.ANY).out(AtomicType.VARIANT);
        for (String name : List.of("variant_get", "try_variant_get")) {
            table.add(name, 2, 3, (a, dialect) -> variantGet(name, a, dialect));
        }
    }

    /// The type that a schema argument means: DDL or JSON text, or `schema_of_json` of a literal.
    private static DataType schema(String name, Typed argument, String text) {
        if (argument.expression() instanceof Literal literal
                && literal.value() instanceof String ddl) {
            String plain = ddl.strip();
            if (plain.startsWith("{") || plain.startsWith("\"")) {
                return SchemaJson.type(
                        plain.startsWith("\"") ? io.troupe.planner.json.Json.parse(plain) : plain);
            }
            try {
                return TypeText.type(plain);
            } catch (io.troupe.planner.error.TroupeException notAType) {
                return TypeText.schema(plain);
            }
        }
        throw Conditions.analysis(
                "INVALID_SCHEMA.NON_STRING_LITERAL", "inputSchema", quoted(argument.text()));
    }

    private static Typed parse(String name, List<Typed> a, Dialect dialect) {
        String text = name + "(" + a.getFirst().text() + ")";
        DataType type = schema(name, a.get(1), text);
        boolean fits =
                name.equals("from_csv")
                        ? type instanceof StructType
                        : type.isNested() || type == AtomicType.VARIANT;
        if (!fits) {
            throw Conditions.analysis(
                    "DATATYPE_MISMATCH.INVALID_JSON_SCHEMA",
                    "sqlExpr",
                    quoted(text),
                    "schema",
                    quoted(type.sql()));
        }
        List<Expression> arguments = new ArrayList<>();
        arguments.add(StringFunctions.text(a.getFirst(), 0, text, dialect));
        if (a.size() == 3) {
            arguments.add(a.get(2).expression());
        }
        return new Typed(
                new Call(
                        name,
                        arguments,
                        asNullable(type),
                        name.equals("from_json") || arguments.getFirst().nullable()),
                text);
    }

    static DataType asNullable(DataType type) {
        return switch (type) {
            case ArrayType array -> new ArrayType(asNullable(array.element()), true);
            case MapType map -> new MapType(asNullable(map.key()), asNullable(map.value()), true);
            case StructType struct ->
                    new StructType(
                            struct.fields().stream()
                                    .map(field ->
                                            new StructField(
                                                    field.name(),
                                                    asNullable(field.type()),
                                                    true,
                                                    field.metadata()))
                                    .toList());
            default -> type;
        };
    }

    private static Typed write(String name, List<Typed> a) {
        String text = name + "(" + a.getFirst().text() + ")";
        DataType type = a.getFirst().type();
        boolean fits =
                name.equals("to_csv")
                        ? type instanceof StructType
                        : type.isNested() || type == AtomicType.VARIANT;
        if (!fits) {
            String required =
                    name.equals("to_csv")
                            ? "\"STRUCT\""
                            : "\"STRUCT\", \"ARRAY\", \"MAP\" or \"VARIANT\"";
            throw FunctionErrors.wrongInput(text, 0, required, a.getFirst());
        }
        List<Expression> arguments = a.stream().map(Typed::expression).toList();
        return new Typed(new Call(name, arguments, TEXT, true), text);
    }

    private static Typed schemaOf(String name, List<Typed> a, Dialect dialect) {
        String text = name + "(" + a.getFirst().text() + ")";
        if (!io.troupe.planner.expression.Expressions.references(a.getFirst().expression())
                .isEmpty()) {
            throw FunctionErrors.notFoldable(
                    text, name.substring("schema_of_".length()), "STRING", a.getFirst());
        }
        List<Expression> arguments = new ArrayList<>();
        arguments.add(StringFunctions.text(a.getFirst(), 0, text, dialect));
        if (a.size() == 2) {
            arguments.add(a.get(1).expression());
        }
        return new Typed(new Call(name, arguments, TEXT, false), text);
    }

    private static Typed variantGet(String name, List<Typed> a, Dialect dialect) {
        String text = ConditionalFunctions.call(name, a.subList(0, 2));
        if (a.getFirst().type() != AtomicType.VARIANT) {
            throw FunctionErrors.wrongInput(text, 0, "\"VARIANT\"", a.getFirst());
        }
        DataType type = a.size() == 3 ? schema(name, a.get(2), text) : AtomicType.VARIANT;
        List<Expression> arguments =
                List.of(
                        a.getFirst().expression(),
                        StringFunctions.text(a.get(1), 1, text, dialect));
        return new Typed(new Call(name, arguments, type, true), text);
    }
}
