package io.troupe.planner.translation;

import io.troupe.planner.expression.Call;
import io.troupe.planner.expression.Cast;
import io.troupe.planner.expression.Expression;
import io.troupe.planner.expression.Expressions;
import io.troupe.planner.expression.Literal;
import io.troupe.planner.type.StringType;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// Conditions under which a translated value is Python's, for the rows that come this way.
final class Checks {
    /// Functions that make ASCII text of ASCII text.
    private static final Set<String> KEEP_ASCII =
            Set.of(
                    "upper",
                    "lower",
                    "btrim",
                    "ltrim",
                    "rtrim",
                    "substring",
                    "substring_index",
                    "concat",
                    "replace",
                    "right");

    /// Functions that are null only where an argument is, beside [#KEEP_ASCII].
    private static final Set<String> NULL_BY_ARGUMENTS =
            Set.of(
                    "<",
                    "<=",
                    ">",
                    ">=",
                    "=",
                    "+",
                    "-",
                    "*",
                    "negative",
                    "abs",
                    "not",
                    "char_length",
                    "contains",
                    "startswith",
                    "endswith",
                    "instr");

    private final Set<Expression> conditions = new LinkedHashSet<>();
    private final Set<Expression> ascii = new HashSet<>();

    /// The checks of a branch: they know what was checked before it.
    Checks branch() {
        Checks branch = new Checks();
        branch.ascii.addAll(ascii);
        return branch;
    }

    void add(Expression condition) {
        if (!condition.equals(Literal.TRUE)) {
            conditions.add(condition);
        }
    }

    /// Demands that a value is not null, in terms of what it is made of.
    void present(Expression value) {
        switch (value) {
            case Literal literal when literal.value() != null -> {}
            case Cast cast when cast.mode() != Cast.Mode.TRY -> present(cast.child());
            case Call call
                    when NULL_BY_ARGUMENTS.contains(call.function())
                            || KEEP_ASCII.contains(call.function()) ->
                    call.arguments().forEach(this::present);
            default -> add(BuiltIns.isNotNull(value));
        }
    }

    /// Demands that a text has ASCII characters only: there, Python and the built-in functions
    /// agree on letters and white space, whatever the version of Unicode. Asked of the texts that
    /// it is made of, which is stricter and cheaper.
    void ascii(Expression text) {
        switch (text) {
            case Literal literal -> {
                if (literal.value() instanceof String s && s.chars().anyMatch(c -> c >= 128)) {
                    add(Literal.FALSE);
                }
            }
            case Call call when KEEP_ASCII.contains(call.function()) ->
                    call.arguments().stream()
                            .filter(argument -> argument.type() instanceof StringType)
                            .forEach(this::ascii);
            default -> {
                if (ascii.add(text)) {
                    conditions.remove(BuiltIns.question("is_decodable", text));
                    add(BuiltIns.question("is_ascii", text));
                }
            }
        }
    }

    boolean isEmpty() {
        return conditions.isEmpty();
    }

    /// All conditions as one; TRUE for none.
    Expression all() {
        List<Expression> parts = new ArrayList<>(conditions);
        return parts.isEmpty() ? Literal.TRUE : Expressions.conjunction(parts);
    }
}
