package io.troupe.planner.sql;

import io.troupe.planner.parsed.ParsedExpression;
import java.util.List;
import java.util.Locale;
import org.antlr.v4.runtime.ParserRuleContext;

/// Names of tables and functions, written out or computed by IDENTIFIER(constant text).
final class NameReader {
    private final Readers readers;

    NameReader(Readers readers) {
        this.readers = readers;
    }

    List<String> table(TroupeSql.TableNameContext tree) {
        return tree.qualifiedName() != null
                ? Names.parts(tree.qualifiedName())
                : computed(tree, tree.expression());
    }

    List<String> function(TroupeSql.FunctionNameContext tree) {
        return tree.qualifiedName() != null
                ? Names.parts(tree.qualifiedName())
                : computed(tree, tree.expression());
    }

    /// The name that IDENTIFIER(expression) gives.
    List<String> computed(ParserRuleContext tree, TroupeSql.ExpressionContext expression) {
        String text = constantText(readers.expressions().expression(expression));
        if (text == null) {
            throw readers.fail(
                    tree,
                    "NOT_A_CONSTANT_STRING.NOT_CONSTANT",
                    "42601",
                    "The expression \""
                            + Origin.written(expression)
                            + "\" used for the routine or clause `IDENTIFIER` must be a constant STRING which is NOT NULL."
                            + " To be considered constant the expression must not depend on any columns, contain a subquery, or invoke a"
                            + " non deterministic function such as rand().",
                    "name",
                    "`IDENTIFIER`",
                    "expr",
                    "\"" + Origin.written(expression) + "\"");
        }
        List<String> parts = Names.split(text);
        if (parts == null) {
            throw readers.fail(
                    tree,
                    "PARSE_SYNTAX_ERROR",
                    "42601",
                    "Syntax error at or near '" + text + "'.",
                    "error",
                    "'" + text + "'",
                    "hint",
                    "");
        }
        return parts;
    }

    /// The value of an expression made of string constants, concatenation and case changes; null
    /// for any other.
    static String constantText(ParsedExpression expression) {
        return switch (expression) {
            case ParsedExpression.Located located -> constantText(located.child());
            case ParsedExpression.Constant constant ->
                    constant.literal().value() instanceof String text ? text : null;
            case ParsedExpression.Function call when call.name().size() == 1 -> constantCall(call);
            default -> null;
        };
    }

    private static String constantCall(ParsedExpression.Function call) {
        List<String> arguments = call.arguments().stream().map(NameReader::constantText).toList();
        if (arguments.isEmpty() || arguments.stream().anyMatch(java.util.Objects::isNull)) {
            return null;
        }
        return switch (call.name().getFirst().toLowerCase(Locale.ROOT)) {
            case "concat", "||" -> String.join("", arguments);
            case "lower", "lcase" -> arguments.getFirst().toLowerCase(Locale.ROOT);
            case "upper", "ucase" -> arguments.getFirst().toUpperCase(Locale.ROOT);
            default -> null;
        };
    }
}
