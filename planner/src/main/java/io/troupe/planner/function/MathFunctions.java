package io.troupe.planner.function;

import static io.troupe.planner.function.Accept.DOUBLE;
import static io.troupe.planner.function.Accept.INT;
import static io.troupe.planner.function.Accept.LONG;
import static io.troupe.planner.function.Accept.NUMERIC;
import static io.troupe.planner.function.Accept.STRING;

import io.troupe.planner.expression.Call;
import io.troupe.planner.expression.Expression;
import io.troupe.planner.expression.Literal;
import io.troupe.planner.type.AtomicType;
import io.troupe.planner.type.DataType;
import io.troupe.planner.type.DecimalType;
import io.troupe.planner.type.StringType;
import java.util.List;

/// Numbers.
final class MathFunctions {
    private MathFunctions() {}

    @SuppressWarnings("checkstyle:MethodLength")
    static void register(ScalarTable table) {
        for (String name :
                List.of(
                        "acos", "asin", "atan", "cbrt", "cos", "cosh", "cot", "csc", "degrees",
                        "exp", "expm1", "radians", "rint", "sec", "sin", "sinh", "sqrt", "tan",
                        "tanh", "acosh", "asinh", "atanh")) {
            table.add(name)
                    .in(DOUBLE)
                    .out(AtomicType.DOUBLE)
                    .nullable()
                    .shownAs(
                            name.matches("acosh|asinh|atanh|sqrt")
                                    ? name.toUpperCase(java.util.Locale.ROOT)
                                    : name.equals("rint") ? "rint" : upperTrig(name));
        }
        for (String name : List.of("ln", "log10", "log1p", "log2")) {
            table.add(name)
                    .in(DOUBLE)
                    .out(AtomicType.DOUBLE)
                    .nullable()
                    .shownAs(name.equals("ln") ? "ln" : name.toUpperCase(java.util.Locale.ROOT));
        }
        table.add("log", 1, 2, (a, dialect) -> logarithm(a, dialect));
        table.add("atan2").in(DOUBLE, DOUBLE).out(AtomicType.DOUBLE).shownAs("ATAN2");
        table.add("hypot").in(DOUBLE, DOUBLE).out(AtomicType.DOUBLE).shownAs("HYPOT");
        for (String name : List.of("power", "pow")) {
            table.add(name)
                    .in(DOUBLE, DOUBLE)
                    .as("power")
                    .out(AtomicType.DOUBLE)
                    .shownAs(name.equals("pow") ? "pow" : "POWER");
        }
        for (String name : List.of("sign", "signum")) {
            Accept accept = Accept.anyOf(DOUBLE, Accept.YEAR_MONTH, Accept.DAY_TIME);
            table.add(name)
                    .in(accept)
                    .as("sign")
                    .out(AtomicType.DOUBLE)
                    .nullable()
                    .shownAs(name.equals("signum") ? "SIGNUM" : "sign");
        }
        table.add("e").out(AtomicType.DOUBLE).shown(_ -> "E()");
        table.add("pi").out(AtomicType.DOUBLE).shown(_ -> "PI()");
        table.add("factorial").in(INT).out(AtomicType.LONG).nullable();
        table.add("abs")
                .in(Accept.anyOf(NUMERIC, Accept.ANSI_INTERVAL))
                .out((a, _) -> a.getFirst().type());
        for (String name : List.of("round", "bround")) {
            table.add(name, 1, 2, (a, dialect) -> round(name, name, a, dialect));
        }
        for (String name : List.of("ceil", "ceiling", "floor")) {
            table.add(name, 1, 2, (a, dialect) -> wholeNumber(name, a, dialect));
        }
        table.add("pmod", 2, 2, (a, dialect) -> Arithmetic.function("pmod", "pmod", a, dialect));
        table.add("mod", 2, 2, (a, dialect) -> Arithmetic.function("%", "mod", a, dialect));
        table.add("try_add", 2, 2, (a, dialect) -> Arithmetic.attempt("+", "try_add", a, dialect));
        table.add(
                "try_subtract",
                2,
                2,
                (a, dialect) -> Arithmetic.attempt("-", "try_subtract", a, dialect));
        table.add(
                "try_multiply",
                2,
                2,
                (a, dialect) -> Arithmetic.attempt("*", "try_multiply", a, dialect));
        table.add(
                "try_divide",
                2,
                2,
                (a, dialect) -> Arithmetic.attempt("/", "try_divide", a, dialect));
        table.add("try_mod", 2, 2, (a, dialect) -> Arithmetic.attempt("%", "try_mod", a, dialect));
        table.add("conv").in(STRING, INT, INT).out(StringType.STRING).nullable();
        table.add("bin").in(LONG).out(StringType.STRING);
        table.add("bit_count")
                .in(Accept.anyOf(Accept.INTEGRAL, Accept.BOOLEAN))
                .out(AtomicType.INTEGER);
        for (String name : List.of("bit_get", "getbit")) {
            table.add(name).in(Accept.INTEGRAL, INT).as("bit_get").out(AtomicType.BYTE);
        }
        Accept bucketed = Accept.anyOf(DOUBLE, Accept.YEAR_MONTH, Accept.DAY_TIME);
        table.add("width_bucket")
                .in(bucketed, bucketed, bucketed, LONG)
                .out(AtomicType.LONG)
                .nullable();
        table.add("rand", 0, 1, (a, dialect) -> random("rand", "rand", a, dialect));
        table.add("random", 0, 1, (a, dialect) -> random("rand", "rand", a, dialect));
        table.add("randn", 0, 1, (a, dialect) -> random("randn", "randn", a, dialect));
        table.add("uniform", 2, 3, (a, dialect) -> uniform(a, dialect));
        table.add("randstr").in(INT).opt(INT).out(StringType.STRING).notNull();
    }

    private static String upperTrig(String name) {
        return name.matches(
                        "degrees|radians|exp|expm1|cbrt|acos|asin|atan|cos|cosh|cot|csc|sec|sin|sinh|tan|tanh")
                ? name.toUpperCase(java.util.Locale.ROOT)
                : name;
    }

    private static Expression converted(
            Typed argument, Accept accept, int index, String call, Dialect dialect) {
        DataType target = accept.target(argument.type(), dialect.ansi());
        if (target == null) {
            throw FunctionErrors.wrongInput(call, index, accept.text(), argument);
        }
        return Coercion.cast(argument.expression(), target, dialect);
    }

    private static Typed logarithm(List<Typed> a, Dialect dialect) {
        if (a.size() == 1) {
            String text = "LOG(E(), " + a.getFirst().text() + ")";
            Expression value = converted(a.getFirst(), DOUBLE, 0, text, dialect);
            return new Typed(new Call("ln", List.of(value), AtomicType.DOUBLE, true), text);
        }
        String text = "LOG(" + a.get(0).text() + ", " + a.get(1).text() + ")";
        Expression base = converted(a.get(0), DOUBLE, 0, text, dialect);
        Expression value = converted(a.get(1), DOUBLE, 1, text, dialect);
        return new Typed(new Call("log", List.of(base, value), AtomicType.DOUBLE, true), text);
    }

    private static Typed round(String name, String shown, List<Typed> a, Dialect dialect) {
        Typed scale = a.size() == 2 ? a.get(1) : ConditionalFunctions.integer(0);
        String text = shown + "(" + a.getFirst().text() + ", " + scale.text() + ")";
        Expression value = converted(a.getFirst(), NUMERIC, 0, text, dialect);
        Expression digits = converted(scale, INT, 1, text, dialect);
        if (isNull(digits)) {
            return new Typed(Literal.ofNull(value.type()), text);
        }
        Integer places = constant(digits);
        if (places == null) {
            throw FunctionErrors.notFoldable(text, "scale", "INT", scale);
        }
        DataType type = value.type();
        if (type instanceof DecimalType decimal) {
            type = rounded(decimal, places);
        }
        return new Typed(new Call(name, List.of(value, Literal.of(places)), type, true), text);
    }

    private static DecimalType rounded(DecimalType type, int places) {
        int integral = type.precision() - type.scale() + 1;
        if (places < 0) {
            return new DecimalType(
                    Math.min(Math.max(integral, -places + 1), DecimalType.MAX_PRECISION), 0);
        }
        int scale = Math.min(type.scale(), places);
        return new DecimalType(Math.min(integral + scale, DecimalType.MAX_PRECISION), scale);
    }

    private static boolean isNull(Expression expression) {
        return expression instanceof Literal literal && literal.value() == null
                || expression instanceof io.troupe.planner.expression.Cast cast
                        && isNull(cast.child());
    }

    /// The value of a whole-number literal, also under a sign; null for others.
    static Integer constant(Expression expression) {
        return switch (expression) {
            case Literal literal when literal.value() instanceof Number number -> number.intValue();
            case Call call when call.is("negative") && constant(call.argument(0)) != null ->
                    -constant(call.argument(0));
            case io.troupe.planner.expression.Cast cast when cast.child().type().isIntegral() ->
                    constant(cast.child());
            default -> null;
        };
    }

    private static Typed wholeNumber(String name, List<Typed> a, Dialect dialect) {
        String canonical = name.equals("floor") ? "floor" : "ceil";
        String shown = name.equals("ceil") ? "CEIL" : name.equals("floor") ? "FLOOR" : name;
        if (a.size() == 2) {
            String text = ConditionalFunctions.call(name, a);
            Expression value = converted(a.getFirst(), NUMERIC, 0, text, dialect);
            Integer places = constant(a.get(1).expression());
            if (places == null) {
                throw FunctionErrors.notFoldable(text, "scale", "INT", a.get(1));
            }
            DecimalType input = Decimals.forType(value.type());
            Expression decimal = Coercion.cast(value, input, dialect);
            return new Typed(
                    new Call(
                            canonical,
                            List.of(decimal, Literal.of(places)),
                            rounded(input, places),
                            true),
                    text);
        }
        String text = shown + "(" + a.getFirst().text() + ")";
        Accept accept = Accept.anyOf(DOUBLE, Accept.DECIMAL, LONG);
        DataType own = a.getFirst().type();
        DataType target =
                own instanceof DecimalType || own == AtomicType.LONG || own == AtomicType.DOUBLE
                        ? own
                        : own.isIntegral() ? AtomicType.LONG : accept.target(own, dialect.ansi());
        if (target == null) {
            throw FunctionErrors.wrongInput(text, 0, accept.text(), a.getFirst());
        }
        Expression value = Coercion.cast(a.getFirst().expression(), target, dialect);
        DataType type =
                target instanceof DecimalType decimal
                        ? decimal.scale() == 0
                                ? decimal
                                : Decimals.bounded(decimal.precision() - decimal.scale() + 1, 0)
                        : AtomicType.LONG;
        return new Typed(new Call(canonical, List.of(value), type, true), text);
    }

    private static Typed random(String name, String shown, List<Typed> a, Dialect dialect) {
        if (a.isEmpty()) {
            return new Typed(new Call(name, List.of(), AtomicType.DOUBLE, false), shown + "()");
        }
        String text = shown + "(" + a.getFirst().text() + ")";
        Expression seed = converted(a.getFirst(), Accept.anyOf(INT, LONG), 0, text, dialect);
        if (seed.type() == AtomicType.VOID
                || seed instanceof Literal literal && literal.value() == null) {
            seed = Literal.of(0L);
        }
        return new Typed(new Call(name, List.of(seed), AtomicType.DOUBLE, false), text);
    }

    private static Typed uniform(List<Typed> a, Dialect dialect) {
        String text = ConditionalFunctions.call("uniform", a);
        for (int i = 0; i < 2; i++) {
            if (!a.get(i).type().isNumeric() && a.get(i).type() != AtomicType.VOID) {
                throw FunctionErrors.wrongInput(text, i, "integer or floating-point", a.get(i));
            }
        }
        DataType type = Coercion.wider(a.get(0).type(), a.get(1).type(), dialect.ansi());
        List<Expression> arguments = new java.util.ArrayList<>();
        arguments.add(Coercion.cast(a.get(0).expression(), type, dialect));
        arguments.add(Coercion.cast(a.get(1).expression(), type, dialect));
        if (a.size() == 3) {
            arguments.add(a.get(2).expression());
        }
        boolean nullable = arguments.stream().anyMatch(Expression::nullable);
        return new Typed(new Call("uniform", arguments, type, nullable), text);
    }
}
