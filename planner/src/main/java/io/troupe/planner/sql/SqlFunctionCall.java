package io.troupe.planner.sql;

import io.troupe.planner.catalog.SqlFunction;
import io.troupe.planner.error.TroupeException;
import io.troupe.planner.expression.Literal;
import io.troupe.planner.expression.Subquery;
import io.troupe.planner.parsed.ParsedExpression;
import io.troupe.planner.parsed.ParsedExpression.Conversion;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// A call of a function written in SQL: its body, with the arguments, cast to the parameters'
/// types, in place of the parameters.
public final class SqlFunctionCall {
    private SqlFunctionCall() {}

    /// The body with typed NULLs for the parameters, to check it before any call.
    public static ParsedExpression withNulls(SqlFunction function, ParserSettings settings) {
        List<ParsedExpression> nulls = new ArrayList<>();
        function.parameters()
                .forEach(parameter ->
                        nulls.add(new ParsedExpression.Constant(Literal.ofNull(parameter.type()))));
        return of(function, nulls, settings);
    }

    static ParsedExpression of(
            SqlFunction function, List<ParsedExpression> arguments, ParserSettings settings) {
        Parameters values =
                new Parameters(Map.of(), List.of(), bound(function, arguments, settings));
        ParsedExpression body =
                function.query()
                        ? new ParsedExpression.SubqueryExpression(
                                Subquery.Kind.SCALAR,
                                ((Statement.Query)
                                                SqlParser.parseStatement(
                                                        function.body(), settings, values))
                                        .plan(),
                                List.of())
                        : SqlParser.parseExpression(function.body(), settings, values);
        return function.returns() == null ? body : new Conversion(body, function.returns(), false);
    }

    private static Map<String, ParsedExpression> bound(
            SqlFunction function, List<ParsedExpression> arguments, ParserSettings settings) {
        Map<String, ParsedExpression> bound = new LinkedHashMap<>();
        int position = 0;
        for (ParsedExpression argument : arguments) {
            if (ExpressionReader.bare(argument) instanceof ParsedExpression.NamedArgument named) {
                bound.put(named.name().toLowerCase(Locale.ROOT), named.value());
            } else if (position < function.parameters().size()) {
                bound.put(
                        function.parameters().get(position++).name().toLowerCase(Locale.ROOT),
                        argument);
            } else {
                throw wrongCount(function, arguments.size());
            }
        }
        Map<String, ParsedExpression> values = new LinkedHashMap<>();
        for (SqlFunction.Parameter parameter : function.parameters()) {
            String key = parameter.name().toLowerCase(Locale.ROOT);
            ParsedExpression value = bound.remove(key);
            if (value == null && parameter.standard() == null) {
                throw wrongCount(function, arguments.size());
            }
            values.put(
                    key,
                    new Conversion(
                            value != null
                                    ? value
                                    : SqlParser.parseExpression(parameter.standard(), settings),
                            parameter.type(),
                            false));
        }
        if (!bound.isEmpty()) {
            throw wrongCount(function, arguments.size());
        }
        return values;
    }

    private static TroupeException wrongCount(SqlFunction function, int found) {
        String name = Names.quoted(function.name());
        String expected = "" + function.parameters().size();
        return TroupeException.analysis(
                "WRONG_NUM_ARGS.WITHOUT_SUGGESTION",
                "42605",
                "The "
                        + name
                        + " requires "
                        + expected
                        + " parameters but the actual number is "
                        + found
                        + ". Please, refer to 'https://spark.apache.org/docs/latest/sql-ref-functions.html' for a fix.",
                Names.pairs(
                        "functionName", name, "expectedNum", expected, "actualNum", "" + found));
    }
}
