package io.troupe.planner.function;

import static io.troupe.planner.error.Conditions.id;
import static io.troupe.planner.error.Conditions.quoted;
import static io.troupe.planner.function.Accept.BINARY;
import static io.troupe.planner.function.Accept.INT;
import static io.troupe.planner.function.Accept.LONG;
import static io.troupe.planner.function.Accept.STRING;

import io.troupe.planner.error.Conditions;
import io.troupe.planner.expression.Call;
import io.troupe.planner.expression.Expression;
import io.troupe.planner.type.AtomicType;
import io.troupe.planner.type.DataType;
import io.troupe.planner.type.MapType;
import io.troupe.planner.type.StringType;
import java.util.ArrayList;
import java.util.List;

/// Binary data, hashes, encodings, bitmaps, URLs.
final class BinaryFunctions {
    private static final DataType TEXT = StringType.STRING;

    private BinaryFunctions() {}

    static void register(ScalarTable table) {
        for (String name : List.of("md5", "sha", "sha1")) {
            table.add(name).in(BINARY).as(name.equals("sha") ? "sha1" : name).out(TEXT);
        }
        table.add("sha2").in(BINARY, INT).out(TEXT).nullable();
        table.add("crc32").in(BINARY).out(AtomicType.LONG);
        table.add(
                "hash",
                1,
                ScalarTable.ANY_COUNT,
                (a, dialect) -> hash("hash", AtomicType.INTEGER, a));
        table.add(
                "xxhash64",
                1,
                ScalarTable.ANY_COUNT,
                (a, dialect) -> hash("xxhash64", AtomicType.LONG, a));
        table.add("hex").in(Accept.anyOf(LONG, BINARY, STRING)).out(TEXT);
        table.add("unhex").in(STRING).out(AtomicType.BINARY).nullable();
        table.add("base64").in(BINARY).out(TEXT);
        table.add("unbase64").in(STRING).out(AtomicType.BINARY);
        table.add("encode").in(STRING, STRING).out(AtomicType.BINARY).nullable();
        table.add("decode", 2, ScalarTable.ANY_COUNT, BinaryFunctions::decode);
        table.add("to_binary", 1, 2, (a, dialect) -> toBinary("to_binary", a, dialect));
        table.add("try_to_binary", 1, 2, (a, dialect) -> toBinary("try_to_binary", a, dialect));
        table.add("url_encode").in(STRING).out(TEXT).nullable();
        table.add("url_decode").in(STRING).out(TEXT).nullable();
        table.add("try_url_decode").in(STRING).out(TEXT).nullable();
        table.add("parse_url").in(STRING, STRING).opt(STRING).out(TEXT).nullable();
        table.add("try_parse_url").in(STRING, STRING).opt(STRING).out(TEXT).nullable();
        aes(table, "aes_encrypt", AtomicType.BINARY, 6);
        aes(table, "aes_decrypt", AtomicType.BINARY, 5);
        aes(table, "try_aes_decrypt", AtomicType.BINARY, 5);
        table.add("bitmap_bit_position").in(LONG).out(AtomicType.LONG);
        table.add("bitmap_bucket_number").in(LONG).out(AtomicType.LONG);
        table.add("bitmap_count").in(BINARY).out(AtomicType.LONG);
    }

    private static void aes(ScalarTable table, String name, DataType type, int maximum) {
        Definition definition =
                table.add(name)
                        .in(BINARY, BINARY)
                        .opt(STRING, "GCM", true)
                        .opt(STRING, "DEFAULT", true);
        if (maximum == 6) {
            definition.opt(BINARY, "", true);
        }
        definition.opt(BINARY, "", true).out(type).nullable();
    }

    private static Typed hash(String name, DataType type, List<Typed> a) {
        String text = ConditionalFunctions.call(name, a);
        for (Typed argument : a) {
            if (hasMap(argument.type())) {
                throw Conditions.analysis(
                        "DATATYPE_MISMATCH.HASH_MAP_TYPE",
                        "sqlExpr",
                        quoted(text),
                        "functionName",
                        id(name));
            }
        }
        return new Typed(
                new Call(name, a.stream().map(Typed::expression).toList(), type, false), text);
    }

    private static boolean hasMap(DataType type) {
        return switch (type) {
            case MapType _ -> true;
            case io.troupe.planner.type.ArrayType array -> hasMap(array.element());
            case io.troupe.planner.type.StructType struct ->
                    struct.fields().stream().anyMatch(field -> hasMap(field.type()));
            default -> false;
        };
    }

    private static Typed decode(List<Typed> a, Dialect dialect) {
        String text = ConditionalFunctions.call("decode", a);
        if (a.size() == 2) {
            DataType target = BINARY.target(a.getFirst().type(), dialect.ansi());
            if (target == null) {
                throw FunctionErrors.wrongInput(text, 0, "\"BINARY\"", a.getFirst());
            }
            List<Expression> arguments =
                    List.of(
                            Coercion.cast(a.getFirst().expression(), target, dialect),
                            StringFunctions.text(a.get(1), 1, text, dialect));
            return new Typed(new Call("decode", arguments, TEXT, true), text);
        }
        List<Typed> conditions = new ArrayList<>();
        List<Typed> values = new ArrayList<>();
        for (int i = 1; i + 1 < a.size(); i += 2) {
            conditions.add(Operators.compare("<=>", a.getFirst(), a.get(i), dialect));
            values.add(a.get(i + 1));
        }
        Typed otherwise = a.size() % 2 == 0 ? a.getLast() : null;
        return new Typed(
                ConditionalFunctions.caseWhen(conditions, values, otherwise, dialect).expression(),
                text);
    }

    private static Typed toBinary(String name, List<Typed> a, Dialect dialect) {
        String text = ConditionalFunctions.call(name, a);
        List<Expression> arguments = new ArrayList<>();
        arguments.add(StringFunctions.text(a.getFirst(), 0, text, dialect));
        if (a.size() == 2) {
            arguments.add(StringFunctions.text(a.get(1), 1, text, dialect));
        }
        return new Typed(new Call(name, arguments, AtomicType.BINARY, true), text);
    }
}
