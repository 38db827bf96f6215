package io.troupe.planner.translation;

import io.troupe.planner.expression.Expression;
import io.troupe.planner.expression.Literal;
import io.troupe.planner.expression.PythonTerm;
import io.troupe.planner.type.AtomicType;
import io.troupe.planner.type.StringType;
import java.util.List;

/// Python's own functions: conversions, lengths, extremes.
final class Formats {
    private final Terms terms;

    Formats(Terms terms) {
        this.terms = terms;
    }

    Part invoke(PythonTerm.Invoke invoke, Scope scope) {
        List<Part> arguments =
                invoke.arguments().stream().map(term -> terms.read(term, scope)).toList();
        return switch (invoke.function()) {
            case "len" -> length(one(invoke, arguments));
            case "str" -> shown(one(invoke, arguments));
            case "format" -> joined(arguments);
            case "bool" -> Part.bool(terms.truth(one(invoke, arguments)));
            case "int" -> whole(one(invoke, arguments));
            case "float" -> floating(one(invoke, arguments));
            case "abs" -> absolute(one(invoke, arguments));
            case "min", "max" -> extreme(invoke, scope);
            default -> throw left(invoke);
        };
    }

    private static UntranslatableException left(PythonTerm.Invoke invoke) {
        return new UntranslatableException(
                invoke.function() + "() with these arguments is left to Python");
    }

    private static Part one(PythonTerm.Invoke invoke, List<Part> arguments) {
        if (arguments.size() != 1) {
            throw left(invoke);
        }
        return arguments.getFirst();
    }

    private static Part length(Part argument) {
        Part on = Texts.text(argument, "len");
        Expression count = BuiltIns.cast(BuiltIns.call("char_length", on.value()), AtomicType.LONG);
        return new Part(count, Kind.INT, Range.of(0, Integer.MAX_VALUE), Terms.nulls(on));
    }

    /// `str(x)`, of None as well.
    private Part shown(Part part) {
        Part given = terms.settled(part);
        Expression text =
                switch (given.kind()) {
                    case TEXT -> given.value();
                    case INT -> BuiltIns.cast(given.value(), StringType.STRING);
                    case BOOL ->
                            BuiltIns.choice(
                                    BuiltIns.orFalse(given.value()),
                                    Literal.of("True"),
                                    Literal.of("False"));
                    case NONE -> Literal.of("None");
                    case FLOAT, DATE, OTHER ->
                            throw new UntranslatableException(
                                    "the text of " + given.kind().shown + " is Python's own");
                };
        Expression value =
                given.mayBeNone() && given.kind() != Kind.NONE
                        ? BuiltIns.choice(BuiltIns.isNull(given.value()), Literal.of("None"), text)
                        : text;
        return Part.of(value, Kind.TEXT, Part.Nulls.NEVER);
    }

    private static Part joined(List<Part> parts) {
        if (parts.isEmpty()) {
            return Part.of(Literal.of(""), Kind.TEXT, Part.Nulls.NEVER);
        }
        Expression[] texts = parts.stream().map(Part::value).toArray(Expression[]::new);
        return Part.of(
                BuiltIns.call("concat", texts), Kind.TEXT, Terms.nulls(parts.toArray(Part[]::new)));
    }

    /// Python rounds towards zero, as casts do, and raises an error for NaN and infinities.
    private Part whole(Part argument) {
        Part given = Numbers.number(argument, "int");
        if (given.kind() != Kind.FLOAT) {
            return Numbers.whole(given);
        }
        Expression fits =
                BuiltIns.and(
                        BuiltIns.call(">", given.value(), BuiltIns.literal(-0x1p63)),
                        BuiltIns.call("<", given.value(), BuiltIns.literal(0x1p63)));
        Expression value =
                BuiltIns.onlyWhere(fits, BuiltIns.tryCast(given.value(), AtomicType.LONG));
        return Part.of(value, Kind.INT, Part.Nulls.FAILS);
    }

    private static Part floating(Part argument) {
        Part given = Numbers.number(argument, "float");
        return Part.of(Numbers.floating(given), Kind.FLOAT, given.nulls());
    }

    private Part absolute(Part argument) {
        Part given = Numbers.number(argument, "abs");
        if (given.kind() == Kind.FLOAT) {
            return given.with(BuiltIns.call("abs", given.value()));
        }
        Part positive = Numbers.whole(given);
        Part negative = new Numbers(terms).unary("-", positive);
        Expression value =
                BuiltIns.choice(
                        Comparisons.of(">=", positive.value(), Literal.of(0L)),
                        positive.value(),
                        negative.value());
        return new Part(
                value, Kind.INT, positive.range().union(negative.range()), negative.nulls());
    }

    /// Python keeps the first of the arguments unless a later one is less (or greater).
    private Part extreme(PythonTerm.Invoke invoke, Scope scope) {
        List<PythonTerm> given = invoke.arguments();
        if (given.size() < 2) {
            throw left(invoke);
        }
        String operator = invoke.function().equals("min") ? "<" : ">";
        // Numbered below zero, as no variable of the function is.
        PythonTerm best = new PythonTerm.Variable(-1);
        Part kept = terms.settled(terms.read(given.getFirst(), scope));
        for (PythonTerm next : given.subList(1, given.size())) {
            PythonTerm challenger = new PythonTerm.Variable(-2);
            Scope both =
                    scope.with(best, kept).with(challenger, terms.settled(terms.read(next, scope)));
            PythonTerm better = new PythonTerm.Compare(operator, challenger, best);
            kept =
                    terms.settled(
                            terms.read(new PythonTerm.Conditional(better, challenger, best), both));
        }
        return kept;
    }
}
