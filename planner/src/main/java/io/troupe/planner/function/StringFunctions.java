package io.troupe.planner.function;

import static io.troupe.planner.function.Accept.INT;
import static io.troupe.planner.function.Accept.LONG;
import static io.troupe.planner.function.Accept.STRING;
import static io.troupe.planner.function.Accept.STRING_OR_BINARY;

import io.troupe.planner.expression.Call;
import io.troupe.planner.expression.Expression;
import io.troupe.planner.expression.Literal;
import io.troupe.planner.type.ArrayType;
import io.troupe.planner.type.AtomicType;
import io.troupe.planner.type.DataType;
import io.troupe.planner.type.MapType;
import io.troupe.planner.type.StringType;
import java.util.ArrayList;
import java.util.List;

/// Strings.
final class StringFunctions {
    private static final DataType TEXT = StringType.STRING;

    private StringFunctions() {}

    @SuppressWarnings("checkstyle:MethodLength")
    static void register(ScalarTable table) {
        for (String name : List.of("upper", "ucase")) {
            table.add(name).in(STRING).as("upper").out(TEXT);
        }
        for (String name : List.of("lower", "lcase")) {
            table.add(name).in(STRING).as("lower").out(TEXT);
        }
        table.add("quote").in(STRING).out(TEXT).nullable();
        for (String name : List.of("initcap", "soundex")) {
            table.add(name).in(STRING).out(TEXT);
        }
        table.add("ascii").in(STRING).out(AtomicType.INTEGER);
        for (String name : List.of("char", "chr")) {
            table.add(name).in(LONG).as("chr").out(TEXT);
        }
        for (String name : List.of("length", "char_length", "character_length", "len")) {
            table.add(name).in(STRING_OR_BINARY).as("length").out(AtomicType.INTEGER);
        }
        table.add("bit_length").in(STRING_OR_BINARY).out(AtomicType.INTEGER);
        table.add("octet_length").in(STRING_OR_BINARY).out(AtomicType.INTEGER);
        trims(table);
        for (String name : List.of("substring", "substr")) {
            table.add(name)
                    .in(STRING_OR_BINARY, INT)
                    .opt(INT, Integer.MAX_VALUE, true)
                    .as("substring")
                    .out((a, _) -> a.getFirst().type());
        }
        table.add("left").in(STRING_OR_BINARY, INT).out((a, _) -> a.getFirst().type());
        table.add("right").in(STRING, INT).out(TEXT).nullable();
        for (String name : List.of("lpad", "rpad")) {
            table.add(name, 2, 3, (a, dialect) -> pad(name, a, dialect));
        }
        table.add("repeat").in(STRING, INT).out(TEXT);
        table.add("space").in(INT).out(TEXT);
        table.add("reverse")
                .in(Accept.anyOf(STRING_OR_BINARY, Accept.ARRAY))
                .out((a, _) -> a.getFirst().type());
        table.add("replace").in(STRING, STRING).opt(STRING, "", true).out(TEXT);
        table.add("translate").in(STRING, STRING, STRING).out(TEXT);
        table.add("overlay")
                .in(STRING_OR_BINARY, STRING_OR_BINARY, INT)
                .opt(INT, -1, true)
                .out((a, _) -> a.getFirst().type());
        table.add("concat", 0, ScalarTable.ANY_COUNT, StringFunctions::concat);
        table.add("||", 2, 2, StringFunctions::concat);
        table.add("concat_ws", 1, ScalarTable.ANY_COUNT, StringFunctions::concatWith);
        table.add("elt", 2, ScalarTable.ANY_COUNT, StringFunctions::elt);
        table.add("find_in_set").in(STRING, STRING).out(AtomicType.INTEGER);
        table.add("instr").in(STRING, STRING).out(AtomicType.INTEGER);
        for (String name : List.of("locate", "position")) {
            table.add(name)
                    .in(STRING, STRING)
                    .opt(INT, 1, true)
                    .as("locate")
                    .out(AtomicType.INTEGER)
                    .nulls((a, _) -> a.get(0).nullable() || a.get(1).nullable());
        }
        for (String name : List.of("contains", "startswith", "endswith")) {
            table.add(name, 2, 2, (a, dialect) -> search(name, a, dialect));
        }
        table.add("levenshtein").in(STRING, STRING).opt(INT).out(AtomicType.INTEGER);
        table.add("luhn_check").in(STRING).out(AtomicType.BOOLEAN).nullable();
        table.add("mask")
                .in(STRING)
                .opt(STRING, "X", true)
                .opt(STRING, "x", true)
                .opt(STRING, "n", true)
                .opt(STRING, Definition.NULL, true)
                .out(TEXT)
                .nullable();
        table.add("substring_index").in(STRING, STRING, INT).out(TEXT);
        for (String name : List.of("format_string", "printf")) {
            table.add(name)
                    .in(STRING)
                    .rest(Accept.ANY, 0)
                    .as("format_string")
                    .out(TEXT)
                    .nulls((a, _) -> a.getFirst().nullable());
        }
        table.add("sentences")
                .in(STRING)
                .opt(STRING, "", true)
                .opt(STRING, "", true)
                .out(new ArrayType(new ArrayType(TEXT, false), false))
                .nullable();
        table.add("str_to_map")
                .in(STRING)
                .opt(STRING, ",", true)
                .opt(STRING, ":", true)
                .out(new MapType(TEXT, TEXT, true));
        table.add("collate", 2, 2, (a, _) -> collate(a));
        table.add("collation").in(STRING).out(TEXT).notNull();
        for (String name :
                List.of("is_valid_utf8", "make_valid_utf8", "validate_utf8", "try_validate_utf8")) {
            Definition definition =
                    table.add(name)
                            .in(STRING)
                            .out(name.equals("is_valid_utf8") ? AtomicType.BOOLEAN : TEXT);
            definition.nullable();
        }
    }

    private static void trims(ScalarTable table) {
        trim(table, "trim", "trim", "BOTH");
        trim(table, "ltrim", "ltrim", "LEADING");
        trim(table, "rtrim", "rtrim", "TRAILING");
        table.add("btrim").in(STRING).opt(STRING).as("trim").out(TEXT);
    }

    /// `ltrim('xy', s)` names the characters first; the engine takes the text first.
    private static void trim(ScalarTable table, String name, String canonical, String side) {
        table.add(
                name,
                1,
                2,
                (a, dialect) -> {
                    if (a.size() == 1) {
                        String text = name + "(" + a.getFirst().text() + ")";
                        Expression value = text(a.getFirst(), 0, text, dialect);
                        return new Typed(
                                new Call(canonical, List.of(value), TEXT, value.nullable()), text);
                    }
                    String text =
                            "TRIM("
                                    + side
                                    + " "
                                    + a.get(0).text()
                                    + " FROM "
                                    + a.get(1).text()
                                    + ")";
                    Expression characters = text(a.get(0), 1, text, dialect);
                    Expression value = text(a.get(1), 0, text, dialect);
                    boolean nullable = value.nullable() || characters.nullable();
                    return new Typed(
                            new Call(canonical, List.of(value, characters), TEXT, nullable), text);
                });
    }

    static Expression text(Typed argument, int index, String call, Dialect dialect) {
        DataType target = STRING.target(argument.type(), dialect.ansi());
        if (target == null) {
            throw FunctionErrors.wrongInput(call, index, "\"STRING\"", argument);
        }
        return Coercion.cast(argument.expression(), target, dialect);
    }

    private static Typed pad(String name, List<Typed> a, Dialect dialect) {
        boolean binary =
                a.getFirst().type() == AtomicType.BINARY
                        && (a.size() == 2 || a.get(2).type() == AtomicType.BINARY);
        Typed filler =
                a.size() == 3
                        ? a.get(2)
                        : binary
                                ? new Typed(new Literal(new byte[] {0}, AtomicType.BINARY), "X'00'")
                                : new Typed(Literal.of(" "), " ");
        String text =
                name + "(" + a.get(0).text() + ", " + a.get(1).text() + ", " + filler.text() + ")";

        Expression value = binary ? a.get(0).expression() : text(a.get(0), 0, text, dialect);
        DataType count = INT.target(a.get(1).type(), dialect.ansi());
        if (count == null) {
            throw FunctionErrors.wrongInput(text, 1, "\"INT\"", a.get(1));
        }
        Expression size = Coercion.cast(a.get(1).expression(), count, dialect);
        Expression fill = binary ? filler.expression() : text(filler, 2, text, dialect);
        boolean nullable = value.nullable() || size.nullable() || fill.nullable();
        return new Typed(new Call(name, List.of(value, size, fill), value.type(), nullable), text);
    }

    private static Typed concat(List<Typed> a, Dialect dialect) {
        String text = ConditionalFunctions.call("concat", a);
        boolean arrays =
                !a.isEmpty()
                        && a.stream()
                                .allMatch(x ->
                                        x.type() instanceof ArrayType
                                                || x.type() == AtomicType.VOID)
                        && a.stream().anyMatch(x -> x.type() instanceof ArrayType);
        boolean binaries =
                !a.isEmpty()
                        && a.stream()
                                .allMatch(x ->
                                        x.type() == AtomicType.BINARY
                                                || x.type() == AtomicType.VOID)
                        && a.stream().anyMatch(x -> x.type() == AtomicType.BINARY);
        List<Expression> converted = new ArrayList<>();
        DataType type = TEXT;
        if (arrays || binaries) {
            type = Coercion.wider(a.stream().map(Typed::type).toList(), dialect.ansi());
            if (type == null) {
                throw FunctionErrors.differentTypes(
                        text, "concat", a.stream().map(Typed::type).toList());
            }
        }
        for (int i = 0; i < a.size(); i++) {
            if (!arrays && !binaries && a.get(i).type().isNested()) {
                if (a.stream().anyMatch(x -> x.type() instanceof ArrayType)) {
                    throw FunctionErrors.differentTypes(
                            text, "concat", a.stream().map(Typed::type).toList());
                }
                throw FunctionErrors.wrongInput(
                        text, i, "(\"STRING\" or \"BINARY\" or \"ARRAY\")", a.get(i));
            }
            converted.add(Coercion.cast(a.get(i).expression(), type, dialect));
        }
        return new Typed(
                new Call(
                        "concat",
                        converted,
                        type,
                        converted.stream().anyMatch(Expression::nullable)),
                text);
    }

    private static Typed concatWith(List<Typed> a, Dialect dialect) {
        String text = ConditionalFunctions.call("concat_ws", a);
        List<Expression> converted = new ArrayList<>();
        for (int i = 0; i < a.size(); i++) {
            Accept accept = i == 0 ? STRING : Accept.anyOf(Accept.arrayOf(STRING), STRING);
            DataType target = accept.target(a.get(i).type(), dialect.ansi());
            if (a.get(i).type() == AtomicType.VOID) {
                target = TEXT;
            }
            if (target == null) {
                throw FunctionErrors.wrongInput(
                        text,
                        i,
                        i == 0 ? "\"STRING\"" : "(\"ARRAY<STRING>\" or \"STRING\")",
                        a.get(i));
            }
            converted.add(Coercion.cast(a.get(i).expression(), target, dialect));
        }
        return new Typed(
                new Call("concat_ws", converted, TEXT, converted.getFirst().nullable()), text);
    }

    private static Typed elt(List<Typed> a, Dialect dialect) {
        String text = ConditionalFunctions.call("elt", a);
        boolean binary = a.stream().skip(1).allMatch(x -> x.type() == AtomicType.BINARY);
        List<Expression> converted = new ArrayList<>();
        for (int i = 0; i < a.size(); i++) {
            Accept accept = i == 0 ? INT : binary ? Accept.BINARY : STRING;
            DataType target = accept.target(a.get(i).type(), dialect.ansi());
            if (target == null) {
                throw FunctionErrors.wrongInput(
                        text, i, i == 0 ? "\"INT\"" : "(\"STRING\" or \"BINARY\")", a.get(i));
            }
            converted.add(Coercion.cast(a.get(i).expression(), target, dialect));
        }
        return new Typed(new Call("elt", converted, binary ? AtomicType.BINARY : TEXT, true), text);
    }

    private static Typed search(String name, List<Typed> a, Dialect dialect) {
        String text = name + "(" + a.get(0).text() + ", " + a.get(1).text() + ")";
        boolean binary =
                a.get(0).type() == AtomicType.BINARY && a.get(1).type() == AtomicType.BINARY;
        Expression left = binary ? a.get(0).expression() : text(a.get(0), 0, text, dialect);
        Expression right = binary ? a.get(1).expression() : text(a.get(1), 1, text, dialect);
        return new Typed(
                new Call(
                        name,
                        List.of(left, right),
                        AtomicType.BOOLEAN,
                        binary || left.nullable() || right.nullable()),
                text);
    }

    private static Typed collate(List<Typed> a) {
        Expression value = a.getFirst().expression();
        if (!(value.type() instanceof StringType)) {
            throw FunctionErrors.wrongInput(
                    ConditionalFunctions.call("collate", a), 0, "\"STRING\"", a.getFirst());
        }
        if (!(a.get(1).expression() instanceof Literal literal
                && literal.value() instanceof String name)) {
            throw FunctionErrors.notFoldable(
                    ConditionalFunctions.call("collate", a), "collationName", "STRING", a.get(1));
        }
        DataType type =
                new StringType(StringType.Kind.STRING, 0, name.toUpperCase(java.util.Locale.ROOT));
        return new Typed(
                new Call("collate", List.of(value, literal), type, value.nullable()),
                "collate(" + a.get(0).text() + ", " + a.get(1).text() + ")");
    }
}
