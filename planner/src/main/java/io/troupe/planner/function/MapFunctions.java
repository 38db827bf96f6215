package io.troupe.planner.function;

import static io.troupe.planner.error.Conditions.id;
import static io.troupe.planner.error.Conditions.quoted;
import static io.troupe.planner.function.Accept.MAP;

import io.troupe.planner.error.Conditions;
import io.troupe.planner.expression.Call;
import io.troupe.planner.expression.Expression;
import io.troupe.planner.type.ArrayType;
import io.troupe.planner.type.AtomicType;
import io.troupe.planner.type.DataType;
import io.troupe.planner.type.MapType;
import io.troupe.planner.type.StructField;
import io.troupe.planner.type.StructType;
import java.util.ArrayList;
import java.util.List;

/// Maps, and access into arrays and maps.
final class MapFunctions {
    private MapFunctions() {}

    static void register(ScalarTable table) {
        table.add("map", 0, ScalarTable.ANY_COUNT, MapFunctions::map);
        table.add("map_keys").in(MAP).out((a, _) -> new ArrayType(type(a.getFirst()).key(), true));
        table.add("map_values")
                .in(MAP)
                .out((a, _) -> new ArrayType(type(a.getFirst()).value(), true));
        table.add("map_entries").in(MAP).out((a, _) -> entries(type(a.getFirst())));
        table.add("map_from_arrays").in(Accept.ARRAY, Accept.ARRAY).out((a, _) -> fromArrays(a));
        table.add("map_from_entries", 1, 1, (a, _) -> fromEntries(a.getFirst()));
        table.add("map_concat", 0, ScalarTable.ANY_COUNT, MapFunctions::concat);
        table.add("map_contains_key", 2, 2, MapFunctions::containsKey);
        table.add("element_at", 2, 2, (a, dialect) -> elementAt("element_at", a, dialect));
        table.add("try_element_at", 2, 2, (a, dialect) -> elementAt("try_element_at", a, dialect));
    }

    private static MapType type(Expression map) {
        return (MapType) map.type();
    }

    private static DataType entries(MapType map) {
        return new ArrayType(
                new StructType(
                        List.of(
                                new StructField("key", map.key(), false),
                                new StructField("value", map.value(), map.valueContainsNull()))),
                false);
    }

    private static DataType fromArrays(List<Expression> a) {
        ArrayType keys = (ArrayType) a.get(0).type();
        ArrayType values = (ArrayType) a.get(1).type();
        return new MapType(keys.element(), values.element(), values.containsNull());
    }

    private static Typed map(List<Typed> a, Dialect dialect) {
        String text = ConditionalFunctions.call("map", a);
        if (a.size() % 2 != 0) {
            throw FunctionErrors.wrongCount("map", "2n (n > 0)", a.size());
        }
        List<Typed> keys = new ArrayList<>();
        List<Typed> values = new ArrayList<>();
        for (int i = 0; i < a.size(); i += 2) {
            keys.add(a.get(i));
            values.add(a.get(i + 1));
        }
        DataType key = common("CREATE_MAP_KEY_DIFF_TYPES", text, keys, dialect);
        DataType value = common("CREATE_MAP_VALUE_DIFF_TYPES", text, values, dialect);
        if (key instanceof MapType) {
            throw Conditions.analysis(
                    "DATATYPE_MISMATCH.INVALID_MAP_KEY_TYPE",
                    "sqlExpr",
                    quoted(text),
                    "keyType",
                    quoted(key.sql()));
        }
        List<Expression> arguments = new ArrayList<>();
        boolean nulls = false;
        for (int i = 0; i < keys.size(); i++) {
            Expression item = Coercion.cast(values.get(i).expression(), value, dialect);
            arguments.add(Coercion.cast(keys.get(i).expression(), key, dialect));
            arguments.add(item);
            nulls |= item.nullable();
        }
        return new Typed(new Call("map", arguments, new MapType(key, value, nulls), false), text);
    }

    private static DataType common(
            String condition, String text, List<Typed> values, Dialect dialect) {
        DataType type = Coercion.wider(values.stream().map(Typed::type).toList(), dialect.ansi());
        if (type == null) {
            throw Conditions.analysis(
                    "DATATYPE_MISMATCH." + condition,
                    "sqlExpr",
                    quoted(text),
                    "functionName",
                    id("map"),
                    "dataType",
                    values.stream()
                            .map(value -> quoted(value.type().sql()))
                            .collect(java.util.stream.Collectors.joining(", ", "[", "]")));
        }
        return type;
    }

    private static Typed fromEntries(Typed value) {
        String text = "map_from_entries(" + value.text() + ")";
        if (value.type() instanceof ArrayType array
                && array.element() instanceof StructType struct
                && struct.fields().size() == 2) {
            DataType type =
                    new MapType(
                            struct.fields().get(0).type(),
                            struct.fields().get(1).type(),
                            struct.fields().get(1).nullable());
            return new Typed(
                    new Call(
                            "map_from_entries",
                            List.of(value.expression()),
                            type,
                            value.nullable() || array.containsNull()),
                    text);
        }
        throw FunctionErrors.wrongInput(text, 0, "\"ARRAY\" of pair \"STRUCT\"", value);
    }

    private static Typed concat(List<Typed> a, Dialect dialect) {
        String text = ConditionalFunctions.call("map_concat", a);
        List<DataType> types = a.stream().map(Typed::type).toList();
        DataType type = Coercion.wider(types, dialect.ansi());
        if (a.isEmpty()) {
            type =
                    new MapType(
                            io.troupe.planner.type.StringType.STRING,
                            io.troupe.planner.type.StringType.STRING,
                            false);
        }
        boolean maps = types.stream().allMatch(MapType.class::isInstance);
        if (maps && type == null) {
            throw FunctionErrors.differentTypes(text, "map_concat", types);
        }
        if (!maps) {
            throw Conditions.analysis(
                    "DATATYPE_MISMATCH.MAP_CONCAT_DIFF_TYPES",
                    "sqlExpr",
                    quoted(text),
                    "functionName",
                    id("map_concat"),
                    "dataType",
                    types.stream()
                            .map(one -> quoted(one.sql()))
                            .collect(java.util.stream.Collectors.joining(", ", "[", "]")));
        }
        List<Expression> arguments =
                Coercion.castAll(a.stream().map(Typed::expression).toList(), type, dialect);
        return new Typed(
                new Call(
                        "map_concat",
                        arguments,
                        type,
                        arguments.stream().anyMatch(Expression::nullable)),
                text);
    }

    private static Typed containsKey(List<Typed> a, Dialect dialect) {
        String text = ConditionalFunctions.call("map_contains_key", a);
        if (!(a.get(0).type() instanceof MapType map)) {
            throw FunctionErrors.wrongInput(text, 0, "\"MAP\"", a.get(0));
        }
        DataType key = Coercion.wider(map.key(), a.get(1).type(), dialect.ansi());
        if (a.get(1).type() == AtomicType.VOID) {
            throw Conditions.analysis(
                    "DATATYPE_MISMATCH.NULL_TYPE",
                    "sqlExpr",
                    quoted(text),
                    "functionName",
                    id("map_contains_key"));
        }
        if (key == null) {
            throw Conditions.analysis(
                    "DATATYPE_MISMATCH.MAP_FUNCTION_DIFF_TYPES",
                    "sqlExpr",
                    quoted(text),
                    "functionName",
                    id("map_contains_key"),
                    "dataType",
                    quoted("MAP"),
                    "leftType",
                    quoted(map.sql()),
                    "rightType",
                    quoted(a.get(1).type().sql()));
        }
        Expression base =
                Coercion.cast(
                        a.get(0).expression(),
                        new MapType(key, map.value(), map.valueContainsNull()),
                        dialect);
        Expression item = Coercion.cast(a.get(1).expression(), key, dialect);
        return new Typed(
                new Call("map_contains_key", List.of(base, item), AtomicType.BOOLEAN, true), text);
    }

    private static Typed elementAt(String name, List<Typed> a, Dialect dialect) {
        String text = ConditionalFunctions.call(name, a);
        Typed base = a.get(0);
        Typed key = a.get(1);
        return switch (base.type()) {
            case ArrayType array -> {
                DataType index =
                        key.type().isIntegral()
                                ? Coercion.implicit(key.type(), AtomicType.INTEGER, dialect.ansi())
                                : null;
                if (index == null || key.type() == AtomicType.LONG) {
                    throw FunctionErrors.wrongInput(text, 1, "\"INT\"", key);
                }
                Expression position = Coercion.cast(key.expression(), AtomicType.INTEGER, dialect);
                yield new Typed(
                        new Call(
                                name,
                                List.of(base.expression(), position),
                                array.element(),
                                ArrayFunctions.itemNullable(base.expression(), position, 1)),
                        text);
            }
            case MapType map -> {
                DataType type = Coercion.wider(map.key(), key.type(), dialect.ansi());
                if (type == null) {
                    throw Conditions.analysis(
                            "DATATYPE_MISMATCH.MAP_FUNCTION_DIFF_TYPES",
                            "sqlExpr",
                            quoted(text),
                            "functionName",
                            id(name),
                            "dataType",
                            quoted("MAP"),
                            "leftType",
                            quoted(map.sql()),
                            "rightType",
                            quoted(key.type().sql()));
                }
                Expression source =
                        Coercion.cast(
                                base.expression(),
                                new MapType(type, map.value(), map.valueContainsNull()),
                                dialect);
                Expression wanted = Coercion.cast(key.expression(), type, dialect);
                yield new Typed(new Call(name, List.of(source, wanted), map.value(), true), text);
            }
            default -> throw FunctionErrors.wrongInput(text, 0, "(\"ARRAY\" or \"MAP\")", base);
        };
    }
}
