package io.troupe.planner.translation;

import io.troupe.planner.expression.Expression;
import io.troupe.planner.expression.Literal;
import io.troupe.planner.expression.PythonTerm;
import java.util.List;

/// Methods and parts of text. Both worlds count code points; letter case and white space are the
/// same for ASCII only.
final class Texts {
    /// ASCII's characters that `str.strip` takes off.
    private static final Literal WHITE_SPACE =
            Literal.of("\t\n\u000b\f\r\u001c\u001d\u001e\u001f ");

    private final Terms terms;

    Texts(Terms terms) {
        this.terms = terms;
    }

    Part method(PythonTerm.Method method, Scope scope) {
        Part on = text(terms.read(method.on(), scope), "." + method.name());
        List<Part> arguments =
                method.arguments().stream().map(term -> terms.read(term, scope)).toList();
        return switch (method.name()) {
            case "upper", "lower", "casefold" -> {
                none(method);
                terms.checks().ascii(on.value());
                String name = method.name().equals("upper") ? "upper" : "lower";
                yield made(BuiltIns.call(name, on.value()), on);
            }
            case "strip", "lstrip", "rstrip" -> stripped(method, on, arguments);
            case "startswith", "endswith" -> {
                Part part = text(only(method, arguments), "." + method.name());
                yield Part.of(
                        BuiltIns.call(method.name(), on.value(), part.value()),
                        Kind.BOOL,
                        Terms.nulls(on, part));
            }
            case "find" -> found(method, on, only(method, arguments));
            case "replace" -> replaced(method, on, arguments);
            default -> throw left(method);
        };
    }

    private static UntranslatableException left(PythonTerm.Method method) {
        return new UntranslatableException(
                "str." + method.name() + " with these arguments is left to Python");
    }

    private static void none(PythonTerm.Method method) {
        if (!method.arguments().isEmpty()) {
            throw left(method);
        }
    }

    private static Part only(PythonTerm.Method method, List<Part> arguments) {
        if (arguments.size() != 1) {
            throw left(method);
        }
        return arguments.getFirst();
    }

    /// A text operand.
    static Part text(Part part, String what) {
        Part operand = Terms.needed(part, "'" + what + "'");
        if (operand.kind() != Kind.TEXT) {
            throw new UntranslatableException(
                    "'" + what + "' of " + operand.kind().shown + " is left to Python");
        }
        return operand;
    }

    /// Text that is null where an operand is.
    private static Part made(Expression value, Part... operands) {
        return Part.of(value, Kind.TEXT, Terms.nulls(operands));
    }

    Part joined(Part first, Part second) {
        Part left = text(first, "+");
        Part right = text(second, "+");
        return made(BuiltIns.call("concat", left.value(), right.value()), left, right);
    }

    private Part stripped(PythonTerm.Method method, Part on, List<Part> arguments) {
        Expression characters = WHITE_SPACE;
        if (!arguments.isEmpty()) {
            if (!(only(method, arguments).constant() instanceof String given)) {
                throw left(method);
            }
            characters = Literal.of(given);
        } else {
            terms.checks().ascii(on.value());
        }
        Expression value =
                switch (method.name()) {
                    case "strip" -> BuiltIns.call("btrim", on.value(), characters);
                    // SQL names the characters first.
                    case "lstrip" -> BuiltIns.call("ltrim", characters, on.value());
                    default -> BuiltIns.call("rtrim", characters, on.value());
                };
        return made(value, on);
    }

    private static String sought(PythonTerm.Method method, Part part) {
        if (part.constant() instanceof String text && !text.isEmpty()) {
            return text;
        }
        throw left(method);
    }

    private Part found(PythonTerm.Method method, Part on, Part sought) {
        sought(method, sought);
        Expression position = BuiltIns.call("instr", on.value(), sought.value());
        Part from1 =
                new Part(
                        BuiltIns.cast(position, io.troupe.planner.type.AtomicType.LONG),
                        Kind.INT,
                        Range.bits(32),
                        Terms.nulls(on));
        Part one = new Part(Literal.of(1L), Kind.INT, Range.of(1, 1), Part.Nulls.NEVER);
        return new Numbers(terms).binary("-", from1, one);
    }

    private Part replaced(PythonTerm.Method method, Part on, List<Part> arguments) {
        if (arguments.size() != 2) {
            throw left(method);
        }
        sought(method, arguments.getFirst());
        Part by = text(arguments.getLast(), ".replace");
        Expression search = arguments.getFirst().value();
        return made(BuiltIns.call("replace", on.value(), search, by.value()), on, by);
    }

    /// `s[i]` of text, and the first or last piece of a split.
    Part item(PythonTerm.Item item, Scope scope) {
        if (!(terms.read(item.index(), scope).constant() instanceof Long index)) {
            throw new UntranslatableException("an index that is no constant is left to Python");
        }
        if (item.of() instanceof PythonTerm.Method split && split.name().equals("split")) {
            return piece(split, index, scope);
        }
        Part on = text(terms.read(item.of(), scope), "[]");
        if (index != (int) (long) index || index == Integer.MAX_VALUE) {
            throw new UntranslatableException("an index as large as " + index);
        }
        // Python raises an error where there is no such character.
        int needed = (int) (index >= 0 ? index + 1 : -index);
        Expression position = Literal.of((int) (index >= 0 ? index + 1 : index));
        Expression value =
                BuiltIns.onlyWhere(
                        BuiltIns.call(
                                ">=", BuiltIns.call("char_length", on.value()), Literal.of(needed)),
                        BuiltIns.call("substring", on.value(), position, Literal.of(1)));
        return Part.of(value, Kind.TEXT, Part.Nulls.FAILS);
    }

    private Part piece(PythonTerm.Method split, long index, Scope scope) {
        Part on = text(terms.read(split.on(), scope), ".split");
        List<Part> arguments =
                split.arguments().stream().map(term -> terms.read(term, scope)).toList();
        if (arguments.isEmpty()) {
            throw left(split);
        }
        String mark = sought(split, arguments.getFirst());
        boolean limited = arguments.size() == 2;
        boolean enough = !limited || arguments.get(1).constant() instanceof Long most && most >= 1;
        // Counted from the end, marks that overlap are cut elsewhere.
        boolean last = index == -1 && !limited && mark.codePointCount(0, mark.length()) == 1;
        if (arguments.size() > 2 || !enough || index != 0 && !last) {
            throw left(split);
        }
        Expression count = Literal.of(last ? -1 : 1);
        return made(BuiltIns.call("substring_index", on.value(), Literal.of(mark), count), on);
    }

    /// `s[a:b]` with constant ends.
    Part slice(PythonTerm.Slice slice, Scope scope) {
        Part on = text(terms.read(slice.of(), scope), "[:]");
        int lower = end(slice.lower(), 0, scope);
        int upper = end(slice.upper(), Integer.MAX_VALUE, scope);
        if (lower < 0 && upper == Integer.MAX_VALUE) {
            return made(BuiltIns.call("right", on.value(), Literal.of(-lower)), on);
        }
        if (lower < 0 || upper < 0) {
            throw new UntranslatableException("a slice counted from the end is left to Python");
        }
        return made(
                BuiltIns.call(
                        "substring",
                        on.value(),
                        Literal.of(lower + 1),
                        Literal.of(Math.max(0, upper - lower))),
                on);
    }

    private int end(PythonTerm term, int otherwise, Scope scope) {
        if (term == null) {
            return otherwise;
        }
        Part end = terms.read(term, scope);
        if (end.kind() == Kind.NONE) {
            return otherwise;
        }
        if (end.constant() instanceof Long number && Math.abs(number) < Integer.MAX_VALUE) {
            return (int) (long) number;
        }
        throw new UntranslatableException("a slice whose ends are no constants");
    }
}
