package io.troupe.planner.function;

import io.troupe.planner.expression.Call;
import io.troupe.planner.expression.Expression;
import io.troupe.planner.expression.Literal;
import io.troupe.planner.type.AtomicType;
import io.troupe.planner.type.DataType;
import io.troupe.planner.type.StringType;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;

/// One scalar function's rule, filled in by the family tables: parameters, result type,
/// nullability, how a call is shown. Unless told otherwise the result may be null when an argument
/// may.
public final class Definition implements ScalarRule {
    /// The result type from the converted arguments.
    interface Result {
        DataType of(List<Expression> arguments, Dialect dialect);
    }

    interface Nullness {
        boolean of(List<Expression> arguments, Dialect dialect);
    }

    private record Optional(Accept accept, Object otherwise, boolean shown) {}

    /// Stands for a null default.
    static final Object NULL =
            new Object() {
                @Override
                public String toString() {
                    return "NULL";
                }
            };

    static final Nullness FROM_ARGUMENTS =
            (arguments, _) -> arguments.stream().anyMatch(Expression::nullable);

    private final String name;
    private final List<Accept> required = new ArrayList<>();
    private final List<Optional> optional = new ArrayList<>();
    private Accept rest;
    private int minimumRest;
    private boolean common;
    private Result result;
    private Nullness nullness = FROM_ARGUMENTS;
    private String canonical;
    private Function<List<String>, String> text;

    Definition(String name) {
        this.name = name;
        this.canonical = name;
        this.text =
                arguments -> name + arguments.stream().collect(Collectors.joining(", ", "(", ")"));
    }

    Definition in(Accept... accepts) {
        required.addAll(List.of(accepts));
        return this;
    }

    /// An optional parameter without a default: the call just has fewer arguments.
    Definition opt(Accept accept) {
        optional.add(new Optional(accept, null, false));
        return this;
    }

    /// An optional parameter whose default becomes an argument, shown in the call's text or not.
    Definition opt(Accept accept, Object otherwise, boolean shown) {
        optional.add(new Optional(accept, otherwise, shown));
        return this;
    }

    /// Any number of further arguments, `minimum` at least.
    Definition rest(Accept accept, int minimum) {
        this.rest = accept;
        this.minimumRest = minimum;
        return this;
    }

    /// All arguments are converted to their common type.
    Definition common() {
        this.common = true;
        return this;
    }

    Definition out(DataType type) {
        return out((_, _) -> type);
    }

    Definition out(Result result) {
        this.result = result;
        return this;
    }

    Definition nullable() {
        return nulls((_, _) -> true);
    }

    Definition notNull() {
        return nulls((_, _) -> false);
    }

    Definition nulls(Nullness nullness) {
        this.nullness = nullness;
        return this;
    }

    /// The name of the function that the engine knows.
    Definition as(String canonical) {
        this.canonical = canonical;
        return this;
    }

    Definition shown(Function<List<String>, String> text) {
        this.text = text;
        return this;
    }

    Definition shownAs(String display) {
        return shown(arguments ->
                display + arguments.stream().collect(Collectors.joining(", ", "(", ")")));
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Typed bind(List<Typed> arguments, Dialect dialect) {
        checkCount(arguments.size());
        List<Typed> full = new ArrayList<>(arguments);
        List<String> texts = new ArrayList<>(arguments.stream().map(Typed::text).toList());
        for (int i = Math.max(0, arguments.size() - required.size()); i < optional.size(); i++) {
            Optional missing = optional.get(i);
            if (missing.otherwise() != null) {
                Literal literal = literal(missing.otherwise());
                String shown = String.valueOf(missing.otherwise());
                full.add(new Typed(literal, shown));
                if (missing.shown()) {
                    texts.add(shown);
                }
            }
        }
        String call = text.apply(texts);
        List<Expression> converted = convert(full, call, dialect);
        DataType type = result.of(converted, dialect);
        return new Typed(
                new Call(canonical, converted, type, nullness.of(converted, dialect)), call);
    }

    private void checkCount(int actual) {
        int maximum = rest != null ? Integer.MAX_VALUE : required.size() + optional.size();
        int minimum = required.size() + minimumRest;
        if (actual >= minimum && actual <= maximum) {
            return;
        }
        String expected;
        if (rest != null) {
            expected = "> " + (minimum - 1);
        } else if (optional.isEmpty()) {
            expected = Integer.toString(minimum);
        } else {
            List<String> counts = new ArrayList<>();
            for (int i = minimum; i <= maximum; i++) {
                counts.add(Integer.toString(i));
            }
            expected = counts.toString();
        }
        throw FunctionErrors.wrongCount(name, expected, actual);
    }

    private Accept accept(int index) {
        if (index < required.size()) {
            return required.get(index);
        }
        int further = index - required.size();
        return further < optional.size() ? optional.get(further).accept() : rest;
    }

    private List<Expression> convert(List<Typed> arguments, String call, Dialect dialect) {
        if (common) {
            List<DataType> types = arguments.stream().map(Typed::type).toList();
            DataType type = Coercion.wider(types, dialect.ansi());
            if (type == null) {
                throw FunctionErrors.differentTypes(call, name, types);
            }
            return arguments.stream()
                    .map(argument -> Coercion.cast(argument.expression(), type, dialect))
                    .toList();
        }
        List<Expression> converted = new ArrayList<>();
        for (int i = 0; i < arguments.size(); i++) {
            Typed argument = arguments.get(i);
            DataType target = accept(i).target(argument.type(), dialect.ansi());
            if (target == null) {
                throw FunctionErrors.wrongInput(call, i, accept(i).text(), argument);
            }
            converted.add(Coercion.cast(argument.expression(), target, dialect));
        }
        return converted;
    }

    private static Literal literal(Object value) {
        return switch (value) {
            case Integer number -> Literal.of(number);
            case java.math.BigDecimal number ->
                    new Literal(
                            number,
                            new io.troupe.planner.type.DecimalType(
                                    Math.max(number.precision(), number.scale()), number.scale()));
            case Long number -> Literal.of(number);
            case Double number -> new Literal(number, AtomicType.DOUBLE);
            case Boolean flag -> new Literal(flag, AtomicType.BOOLEAN);
            default ->
                    value == NULL
                            ? Literal.ofNull(AtomicType.VOID)
                            : new Literal(value.toString(), StringType.STRING);
        };
    }
}
