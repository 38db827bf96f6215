package io.troupe.planner.function;

import static io.troupe.planner.function.Accept.INT;
import static io.troupe.planner.function.Accept.STRING;

import io.troupe.planner.expression.Call;
import io.troupe.planner.expression.Expression;
import io.troupe.planner.expression.Literal;
import io.troupe.planner.type.AtomicType;
import io.troupe.planner.type.DataType;
import io.troupe.planner.type.StringType;
import java.util.List;

/// Numbers and others as text by a format, and back.
final class FormatFunctions {
    private static final DataType TEXT = StringType.STRING;

    private FormatFunctions() {}

    static void register(ScalarTable table) {
        table.add("format_number", 2, 2, FormatFunctions::formatNumber);
        for (String name : List.of("to_char", "to_varchar")) {
            table.add(name, 2, 2, (a, dialect) -> toChar(name, a, dialect));
        }
        table.add("to_number", 2, 2, (a, dialect) -> toNumber("to_number", a, dialect));
        table.add("try_to_number", 2, 2, (a, dialect) -> toNumber("try_to_number", a, dialect));
    }

    private static Typed formatNumber(List<Typed> a, Dialect dialect) {
        String text = ConditionalFunctions.call("format_number", a);
        DataType number = Accept.NUMERIC.target(a.get(0).type(), dialect.ansi());
        Accept format = Accept.anyOf(INT, STRING);
        DataType second = format.target(a.get(1).type(), dialect.ansi());
        if (number == null) {
            throw FunctionErrors.wrongInput(text, 0, Accept.NUMERIC.text(), a.get(0));
        }
        if (second == null) {
            throw FunctionErrors.wrongInput(text, 1, format.text(), a.get(1));
        }
        List<Expression> converted =
                List.of(
                        Coercion.cast(a.get(0).expression(), number, dialect),
                        Coercion.cast(a.get(1).expression(), second, dialect));
        return new Typed(new Call("format_number", converted, TEXT, true), text);
    }

    private static Typed toChar(String name, List<Typed> a, Dialect dialect) {
        String text = ConditionalFunctions.call(name, a);
        DataType type = a.getFirst().type();
        if (Coercion.isDatetime(type)) {
            Typed formatted = Functions.scalar("date_format").bind(a, dialect);
            return formatted;
        }
        if (type == AtomicType.BINARY
                && a.get(1).expression() instanceof Literal format
                && format.value() instanceof String kind) {
            Typed encoded =
                    switch (kind.toLowerCase(java.util.Locale.ROOT)) {
                        case "base64" ->
                                Functions.scalar("base64").bind(List.of(a.getFirst()), dialect);
                        case "hex" -> Functions.scalar("hex").bind(List.of(a.getFirst()), dialect);
                        default -> Functions.scalar("decode").bind(a, dialect);
                    };
            return encoded;
        }
        if (type == AtomicType.BINARY) {
            return new Typed(
                    new Call(
                            "to_char",
                            List.of(a.get(0).expression(), a.get(1).expression()),
                            TEXT,
                            true),
                    text);
        }
        DataType target = Accept.DECIMAL.target(type, dialect.ansi());
        DataType decimal =
                target != null ? target : type.isNumeric() ? Decimals.forType(type) : null;
        if (decimal == null) {
            throw FunctionErrors.wrongInput(text, 0, "\"DECIMAL\"", a.getFirst());
        }
        if (a.get(1).expression() instanceof Literal format
                && format.value() instanceof String shape) {
            NumberFormatCheck.check(shape);
        }
        Expression value = Coercion.cast(a.getFirst().expression(), decimal, dialect);
        return new Typed(
                new Call(
                        "to_char",
                        List.of(value, StringFunctions.text(a.get(1), 1, text, dialect)),
                        TEXT,
                        value.nullable() || a.get(1).nullable()),
                "to_char(" + a.get(0).text() + ", " + a.get(1).text() + ")");
    }

    private static Typed toNumber(String name, List<Typed> a, Dialect dialect) {
        String text = ConditionalFunctions.call(name, a);
        Expression value = StringFunctions.text(a.getFirst(), 0, text, dialect);
        if (!(a.get(1).expression() instanceof Literal literal)) {
            throw FunctionErrors.notFoldable(text, "format", "STRING", a.get(1));
        }
        if (literal.value() instanceof String format) {
            NumberFormatCheck.check(format);
        }
        DataType type =
                literal.value() instanceof String format
                        ? numberType(format)
                        : new io.troupe.planner.type.DecimalType(38, 18);
        boolean nullable = name.startsWith("try") || value.nullable() || literal.nullable();
        return new Typed(new Call(name, List.of(value, literal), type, nullable), text);
    }

    /// As many digits as the format has places.
    private static DataType numberType(String format) {
        int point =
                Math.max(format.indexOf('.'), Math.max(format.indexOf('D'), format.indexOf('d')));
        int before = 0;
        int after = 0;
        for (int i = 0; i < format.length(); i++) {
            if (format.charAt(i) == '9' || format.charAt(i) == '0') {
                if (point >= 0 && i > point) {
                    after++;
                } else {
                    before++;
                }
            }
        }
        return Decimals.bounded(Math.max(1, before + after), after);
    }
}
