package io.troupe.planner.sql;

import io.troupe.planner.catalog.SqlFunction;
import io.troupe.planner.parsed.ParsedExpression;
import io.troupe.planner.parsed.ParsedExpression.Function;
import io.troupe.planner.parsed.ParsedExpression.Name;
import io.troupe.planner.parsed.ParsedExpression.NullTreatment;
import io.troupe.planner.parsed.ParsedExpression.Windowed;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.antlr.v4.runtime.Token;

/// Function calls with all that may follow the parentheses.
final class CallReader {
    /// Functions whose first of three arguments is a unit, written as a bare word.
    private static final Set<String> UNIT_FUNCTIONS =
            Set.of(
                    "timestampadd",
                    "timestampdiff",
                    "timediff",
                    "dateadd",
                    "date_add",
                    "datediff",
                    "date_diff");

    private static final Set<String> UNITS =
            Set.of(
                    "YEAR",
                    "QUARTER",
                    "MONTH",
                    "WEEK",
                    "DAY",
                    "DAYOFYEAR",
                    "HOUR",
                    "MINUTE",
                    "SECOND",
                    "MILLISECOND",
                    "MICROSECOND");

    private final Readers readers;
    private final Map<ParsedExpression, String> inlined = new IdentityHashMap<>();

    CallReader(Readers readers) {
        this.readers = readers;
    }

    ParsedExpression call(TroupeSql.FunctionCallContext tree) {
        List<String> name = readers.names().function(tree.functionName());
        List<ParsedExpression> arguments = new ArrayList<>();
        NullTreatment nulls = treatment(tree.nulls);
        for (TroupeSql.ArgumentContext argument : tree.argument()) {
            arguments.add(argument(argument));
            nulls = argument.innerNulls == null ? nulls : treatment(argument.innerNulls);
        }
        checkAliases(tree, name);
        SqlFunction sql = readers.settings().functions().apply(name);
        if (sql != null) {
            ParsedExpression body = SqlFunctionCall.of(sql, arguments, readers.settings());
            inlined.put(body, shown(sql, tree));
            return body;
        }
        String simple = name.size() == 1 ? name.getFirst().toLowerCase(Locale.ROOT) : "";
        boolean withUnit =
                UNIT_FUNCTIONS.contains(simple)
                        && arguments.size() == 3
                        && unit(arguments.getFirst()) != null;
        if (withUnit) {
            arguments.set(0, PrimaryReader.text(unit(arguments.getFirst())));
        }
        Function function =
                new Function(
                        withUnit ? List.of(unitFunction(simple)) : name,
                        List.copyOf(arguments),
                        tree.quantifier() != null && tree.quantifier().DISTINCT() != null,
                        tree.filter == null ? null : readers.expressions().expression(tree.filter),
                        readers.expressions().sortItems(tree.orders),
                        nulls);
        return tree.windowSpec() == null
                ? function
                : new Windowed(function, readers.windows().definition(tree.windowSpec()));
    }

    /// Only the fields of a struct may be named where they are given.
    private void checkAliases(TroupeSql.FunctionCallContext tree, List<String> name) {
        for (TroupeSql.ArgumentContext argument : tree.argument()) {
            if (argument.alias != null && !name.getLast().equalsIgnoreCase("struct")) {
                throw readers.fail(
                        argument,
                        "PARSE_SYNTAX_ERROR",
                        "42601",
                        "Syntax error at or near 'as'. Arguments have no aliases, except those of struct.",
                        "error",
                        "'as'",
                        "hint",
                        "");
            }
        }
    }

    /// The name of the column that a call of a SQL function makes; null when the expression is
    /// none.
    String nameOfInlined(ParsedExpression expression) {
        return inlined.get(expression);
    }

    private static String shown(SqlFunction function, TroupeSql.FunctionCallContext tree) {
        return tree.argument().stream()
                .map(Origin::written)
                .map(text ->
                        text.length() > 1 && text.startsWith("'")
                                ? text.substring(1, text.length() - 1)
                                : text)
                .collect(Collectors.joining(", ", String.join(".", function.name()) + "(", ")"));
    }

    /// The forms with a unit are functions of their own: `dateadd(MONTH, 1, d)` is not `date_add(d,
    /// 1)`.
    private static String unitFunction(String name) {
        return switch (name) {
            case "timestampadd", "dateadd", "date_add" -> "timestamp_add";
            case "timediff" -> "time_diff";
            default -> "timestamp_diff";
        };
    }

    private static String unit(ParsedExpression argument) {
        if (ExpressionReader.bare(argument) instanceof Name word && word.parts().size() == 1) {
            String unit = word.parts().getFirst().toUpperCase(Locale.ROOT);
            return UNITS.contains(unit) ? unit : null;
        }
        return null;
    }

    ParsedExpression argument(TroupeSql.ArgumentContext tree) {
        if (tree.parameterName != null) {
            return new ParsedExpression.NamedArgument(
                    Names.of(tree.parameterName), readers.expressions().expression(tree.value));
        }
        ParsedExpression value = readers.expressions().expression(tree.expression());
        return tree.alias == null
                ? value
                : new ParsedExpression.Alias(value, List.of(Names.of(tree.alias)), null);
    }

    private static NullTreatment treatment(Token word) {
        if (word == null) {
            return NullTreatment.DEFAULT;
        }
        return word.getType() == TroupeSql.IGNORE ? NullTreatment.IGNORE : NullTreatment.RESPECT;
    }
}
