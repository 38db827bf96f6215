package io.troupe.planner.function;

import static io.troupe.planner.error.Conditions.quoted;

import io.troupe.planner.expression.Call;
import io.troupe.planner.expression.Expression;
import io.troupe.planner.expression.Expressions;
import io.troupe.planner.type.AtomicType;
import io.troupe.planner.type.DataType;
import io.troupe.planner.type.DecimalType;
import io.troupe.planner.type.MapType;
import io.troupe.planner.type.StringType;
import java.util.List;

/// Comparisons, logic, bit operators, and the arithmetic of plain numbers.
public final class Operators {
    private Operators() {}

    static void register(ScalarTable table) {
        for (String name : List.of("=", "<=>", "<", "<=", ">", ">=")) {
            table.add(name, 2, 2, (a, dialect) -> compare(name, a.get(0), a.get(1), dialect));
        }
        table.add("==", 2, 2, (a, dialect) -> compare("=", a.get(0), a.get(1), dialect));
        for (String name : List.of("!=", "<>")) {
            table.add(
                    name,
                    2,
                    2,
                    (a, dialect) -> not(compare("=", a.get(0), a.get(1), dialect), dialect));
        }
        table.add(
                "equal_null",
                2,
                2,
                (a, dialect) -> {
                    Typed equal = compare("<=>", a.get(0), a.get(1), dialect);
                    return new Typed(
                            equal.expression(),
                            "equal_null(" + a.get(0).text() + ", " + a.get(1).text() + ")");
                });
        table.add("and", 2, 2, (a, dialect) -> logic("and", a.get(0), a.get(1), dialect));
        table.add("or", 2, 2, (a, dialect) -> logic("or", a.get(0), a.get(1), dialect));
        table.add("not", 1, 1, (a, dialect) -> not(a.getFirst(), dialect));
        table.add("!", 1, 1, (a, dialect) -> not(a.getFirst(), dialect));
        for (String name : List.of("+", "-", "*", "/", "%", "div", "mod")) {
            boolean unary = name.equals("+") || name.equals("-");
            String operator = name.equals("mod") ? "%" : name;
            table.add(
                    name,
                    unary ? 1 : 2,
                    2,
                    (a, dialect) ->
                            a.size() == 1
                                    ? sign(
                                            operator.equals("-") ? "negative" : "positive",
                                            a.getFirst(),
                                            dialect)
                                    : Arithmetic.binary(operator, a.get(0), a.get(1), dialect));
        }
        for (String name : List.of("negative", "negate")) {
            table.add(name, 1, 1, (a, dialect) -> negative(a.getFirst(), dialect));
        }
        table.add("positive", 1, 1, (a, dialect) -> sign("positive", a.getFirst(), dialect));
        for (String name : List.of("&", "|", "^")) {
            table.add(name, 2, 2, (a, dialect) -> bits(name, a.get(0), a.get(1), dialect));
        }
        for (String name : List.of("~", "bitwise_not")) {
            table.add(name, 1, 1, (a, dialect) -> complement(a.getFirst(), dialect));
        }
        shift(table, "<<", "shiftleft");
        shift(table, ">>", "shiftright");
        shift(table, ">>>", "shiftrightunsigned");
    }

    private static void shift(ScalarTable table, String operator, String name) {
        Accept number = Accept.anyOf(Accept.INT, Accept.LONG);
        table.add(name).in(number, Accept.INT).out((a, _) -> a.getFirst().type());
        table.add(operator)
                .in(number, Accept.INT)
                .as(name)
                .out((a, _) -> a.getFirst().type())
                .shown(a -> "(" + a.get(0) + " " + operator + " " + a.get(1) + ")");
    }

    static Typed not(Typed child, Dialect dialect) {
        String text = "(NOT " + child.text() + ")";
        DataType target = Accept.BOOLEAN.target(child.type(), dialect.ansi());
        if (target == null) {
            throw FunctionErrors.wrongInput(text, 0, "\"BOOLEAN\"", child);
        }
        return new Typed(
                Expressions.booleanCall("not", Coercion.cast(child.expression(), target, dialect)),
                text);
    }

    static Typed logic(String name, Typed left, Typed right, Dialect dialect) {
        String text =
                "("
                        + left.text()
                        + " "
                        + name.toUpperCase(java.util.Locale.ROOT)
                        + " "
                        + right.text()
                        + ")";
        DataType l = Accept.BOOLEAN.target(left.type(), dialect.ansi());
        DataType r = Accept.BOOLEAN.target(right.type(), dialect.ansi());
        if (l == null || r == null) {
            if (!left.type().equals(right.type())) {
                throw FunctionErrors.operandTypes(text, left.type(), right.type());
            }
            throw FunctionErrors.operatorInput(text, "\"BOOLEAN\"", left.type());
        }
        return new Typed(
                Expressions.booleanCall(
                        name,
                        Coercion.cast(left.expression(), l, dialect),
                        Coercion.cast(right.expression(), r, dialect)),
                text);
    }

    static Typed compare(String name, Typed left, Typed right, Dialect dialect) {
        String text = "(" + left.text() + " " + name + " " + right.text() + ")";
        DataType type = comparable(left.expression(), right.expression(), dialect);
        if (type == null) {
            throw FunctionErrors.operandTypes(text, left.type(), right.type());
        }
        if (!orderable(type) && !(name.equals("=") || name.equals("<=>")) || hasMap(type)) {
            throw hasMap(type)
                    ? FunctionErrors.notOrderable(text, name, type)
                    : FunctionErrors.notOrderable(text, name, type);
        }
        Expression l = Coercion.cast(left.expression(), type, dialect);
        Expression r = Coercion.cast(right.expression(), type, dialect);
        boolean ordering = !name.equals("=") && !name.equals("<=>");
        boolean nullable =
                !name.equals("<=>")
                        && (mayBeNull(left, right, l, ordering)
                                || mayBeNull(right, left, r, ordering));
        return new Typed(new Call(name, List.of(l, r), AtomicType.BOOLEAN, nullable), text);
    }

    /// Beside a decimal that is written out, a whole number that is written out stays one for `<`
    /// and its kin, whatever the decimal type that it is converted to.
    private static boolean mayBeNull(
            Typed written, Typed other, Expression converted, boolean ordering) {
        boolean whole =
                ordering
                        && converted.type() instanceof DecimalType
                        && other.text().matches("-?[0-9]*[.][0-9]*")
                        && written.type().isIntegral()
                        && MathFunctions.constant(written.expression()) != null;
        return !whole && converted.nullable();
    }

    /// The type in which two values are compared.
    public static DataType comparable(Expression left, Expression right, Dialect dialect) {
        DataType l = left.type();
        DataType r = right.type();
        if (Coercion.sameIgnoringNullability(l, r)) {
            return l;
        }
        if (l instanceof StringType != r instanceof StringType && dialect.ansi()) {
            DataType promoted = Coercion.withString(l, r);
            return promoted;
        }
        if (l instanceof StringType != r instanceof StringType) {
            return legacyComparable(l instanceof StringType ? r : l);
        }
        if (l instanceof DecimalType != r instanceof DecimalType
                && l.isNumeric()
                && r.isNumeric()) {
            if (l.isFractional() || r.isFractional()) {
                return AtomicType.DOUBLE;
            }
            return Decimals.wider(Decimals.forExpression(left), Decimals.forExpression(right));
        }
        return Coercion.wider(l, Coercion.named(r, l), dialect.ansi());
    }

    private static DataType legacyComparable(DataType other) {
        return other.isNested() ? null : other instanceof DecimalType ? AtomicType.DOUBLE : other;
    }

    public static boolean orderable(DataType type) {
        return switch (type) {
            case MapType _ -> false;
            case io.troupe.planner.type.ArrayType array -> orderable(array.element());
            case io.troupe.planner.type.StructType struct ->
                    struct.fields().stream().allMatch(field -> orderable(field.type()));
            case io.troupe.planner.type.UserDefinedType udt -> orderable(udt.sqlType());
            default -> type != AtomicType.VARIANT && type != AtomicType.CALENDAR_INTERVAL;
        };
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

    /// The function is shown by its name, the sign `-` as it is written.
    private static Typed negative(Typed child, Dialect dialect) {
        return new Typed(
                sign("negative", child, dialect).expression(), "negative(" + child.text() + ")");
    }

    static Typed sign(String name, Typed child, Dialect dialect) {
        boolean minus = name.equals("negative");
        String text = "(" + (minus ? "- " : "+ ") + child.text() + ")";
        Accept accept =
                Accept.anyOf(Accept.NUMERIC, Accept.CALENDAR_INTERVAL, Accept.ANSI_INTERVAL);
        DataType target =
                child.type() instanceof StringType
                        ? AtomicType.DOUBLE
                        : accept.target(child.type(), dialect.ansi());
        if (target == null) {
            throw FunctionErrors.wrongInput(
                    text,
                    0,
                    "(\"NUMERIC\" or \"INTERVAL DAY TO SECOND\" or \"INTERVAL YEAR TO MONTH\" or"
                            + " \"INTERVAL\")",
                    child);
        }
        Expression value = Coercion.cast(child.expression(), target, dialect);
        return new Typed(
                minus ? new Call("negative", List.of(value), target, value.nullable()) : value,
                text);
    }

    private static Typed bits(String name, Typed left, Typed right, Dialect dialect) {
        String text = "(" + left.text() + " " + name + " " + right.text() + ")";
        DataType type = Arithmetic.commonNumber(left, right, dialect);
        if (type == null) {
            throw FunctionErrors.operandTypes(text, left.type(), right.type());
        }
        if (!type.isIntegral()) {
            throw FunctionErrors.operatorInput(text, quoted("INTEGRAL"), type);
        }
        Expression l = Coercion.cast(left.expression(), type, dialect);
        Expression r = Coercion.cast(right.expression(), type, dialect);
        return new Typed(new Call(name, List.of(l, r), type, l.nullable() || r.nullable()), text);
    }

    private static Typed complement(Typed child, Dialect dialect) {
        String text = "~" + child.text();
        DataType target = Accept.INTEGRAL.target(child.type(), dialect.ansi());
        if (target == null) {
            throw FunctionErrors.wrongInput(text, 0, quoted("INTEGRAL"), child);
        }
        Expression value = Coercion.cast(child.expression(), target, dialect);
        return new Typed(new Call("~", List.of(value), target, value.nullable()), text);
    }
}
