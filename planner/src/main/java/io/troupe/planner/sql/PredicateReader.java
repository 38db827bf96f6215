package io.troupe.planner.sql;

import static io.troupe.planner.sql.ExpressionReader.call;

import io.troupe.planner.expression.Literal;
import io.troupe.planner.expression.Subquery;
import io.troupe.planner.parsed.ParsedExpression;
import io.troupe.planner.parsed.ParsedExpression.Constant;
import io.troupe.planner.parsed.ParsedExpression.Function;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.antlr.v4.runtime.ParserRuleContext;

/// What may follow an operand to make a condition: BETWEEN, IN, LIKE, IS.
final class PredicateReader {
    private final Readers readers;

    PredicateReader(Readers readers) {
        this.readers = readers;
    }

    ParsedExpression tail(TroupeSql.PredicateContext tree, ParsedExpression value) {
        return switch (tree.predicateTail()) {
            case TroupeSql.BetweenTailContext between ->
                    negated(
                            tree,
                            between.not(),
                            call("between", value, operand(between.lower), operand(between.upper)));
            case TroupeSql.InTailContext in -> negated(tree, in.not(), in(in, value));
            case TroupeSql.InQueryTailContext in ->
                    negated(
                            tree,
                            in.not(),
                            readers.expressions()
                                    .subquery(Subquery.Kind.IN, in.query(), rowValues(value)));
            case TroupeSql.LikeTailContext like -> negated(tree, like.not(), like(like, value));
            case TroupeSql.LikeSomeTailContext like -> likeSome(tree, like, value);
            case TroupeSql.MatchesTailContext matches ->
                    negated(tree, matches.not(), call("rlike", value, operand(matches.pattern)));
            case TroupeSql.NullTailContext nulls ->
                    at(tree, call(nulls.not() == null ? "isnull" : "isnotnull", value));
            case TroupeSql.TruthTailContext truth -> truth(tree, truth, value);
            case TroupeSql.DistinctTailContext distinct -> {
                ParsedExpression same = at(tree, call("<=>", value, operand(distinct.right)));
                yield distinct.not() == null ? at(tree, call("not", same)) : same;
            }
            default -> throw Readers.unknown(tree.predicateTail());
        };
    }

    private ParsedExpression operand(TroupeSql.OperandContext tree) {
        return readers.expressions().operand(tree);
    }

    private ParsedExpression at(ParserRuleContext tree, ParsedExpression value) {
        return readers.origin().at(tree, value);
    }

    private ParsedExpression negated(
            ParserRuleContext tree, TroupeSql.NotContext not, ParsedExpression value) {
        refuseBang(not);
        return not == null ? at(tree, value) : at(tree, call("not", at(tree, value)));
    }

    private void refuseBang(TroupeSql.NotContext not) {
        if (not != null && not.BANG() != null) {
            throw readers.fail(
                    not,
                    "SYNTAX_DISCONTINUED.BANG_EQUALS_NOT",
                    "42601",
                    "Support of the clause or keyword: ! has been discontinued in this context. The '!' keyword is only supported as an alias"
                            + " for the prefix operator 'NOT'.\nUse the 'NOT' keyword instead for infix clauses such as `NOT LIKE`, `NOT IN`,"
                            + " `NOT BETWEEN`, etc.\nTo re-enable the '!' keyword, set \"spark.sql.legacy.bangEqualsNot\" to \"true\".",
                    "clause",
                    "!");
        }
    }

    private ParsedExpression in(TroupeSql.InTailContext tree, ParsedExpression value) {
        if (tree.expression().isEmpty()) {
            throw readers.fail(
                    tree,
                    "INVALID_SQL_SYNTAX.EMPTY_IN_PREDICATE",
                    "42000",
                    "Invalid SQL syntax: IN predicate requires at least one value. Empty IN clauses like 'IN ()' are not allowed. Consider using"
                            + " 'WHERE FALSE' if you need an always-false condition, or provide at least one value in the IN list.");
        }
        List<ParsedExpression> arguments = new ArrayList<>();
        arguments.add(value);
        arguments.addAll(readers.expressions().expressions(tree.expression()));
        return new Function("in", List.copyOf(arguments));
    }

    /// `(a, b) IN (query)` compares column by column.
    private static List<ParsedExpression> rowValues(ParsedExpression value) {
        return ExpressionReader.bare(value) instanceof Function row
                        && row.name().equals(List.of("struct"))
                ? row.arguments()
                : List.of(value);
    }

    private Function like(TroupeSql.LikeTailContext tree, ParsedExpression value) {
        ParsedExpression pattern = operand(tree.pattern);
        String function = tree.kind.getText().toLowerCase(Locale.ROOT);
        if (tree.escape == null) {
            return call(function, value, pattern);
        }
        String escape = readers.literals().text(tree.escape);
        if (escape.length() != 1) {
            throw readers.fail(
                    tree,
                    "INVALID_ESC",
                    "42604",
                    "Found an invalid escape string: "
                            + tree.escape.getText()
                            + ". The escape string must contain only one character.",
                    "invalidEscape",
                    tree.escape.getText());
        }
        return call(function, value, pattern, PrimaryReader.text(escape));
    }

    private ParsedExpression likeSome(
            TroupeSql.PredicateContext tree,
            TroupeSql.LikeSomeTailContext like,
            ParsedExpression value) {
        refuseBang(like.not());
        if (like.expression().isEmpty()) {
            throw readers.fail(
                    like,
                    "_LEGACY_ERROR_TEMP_0064",
                    null,
                    "Expected something between '(' and ')'..",
                    "msg",
                    "Expected something between '(' and ')'.");
        }
        boolean all = like.amount.getType() == TroupeSql.ALL;
        String function = like.kind.getText().toLowerCase(Locale.ROOT);
        ParsedExpression result = null;
        for (ParsedExpression pattern : readers.expressions().expressions(like.expression())) {
            ParsedExpression one = at(tree, call(function, value, pattern));
            one = like.not() == null ? one : at(tree, call("not", one));
            result = result == null ? one : at(tree, call(all ? "and" : "or", result, one));
        }
        return result;
    }

    private ParsedExpression truth(
            TroupeSql.PredicateContext tree,
            TroupeSql.TruthTailContext truth,
            ParsedExpression value) {
        boolean negated = truth.not() != null;
        ParsedExpression result =
                switch (truth.truth.getType()) {
                    case TroupeSql.TRUE -> call("<=>", value, new Constant(Literal.TRUE));
                    case TroupeSql.FALSE -> call("<=>", value, new Constant(Literal.FALSE));
                    default -> call("isnull", value);
                };
        return negated ? at(tree, call("not", at(tree, result))) : at(tree, result);
    }
}
