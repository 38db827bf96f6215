package io.troupe.planner.sql;

import io.troupe.planner.expression.Subquery;
import io.troupe.planner.parsed.ParsedExpression;
import io.troupe.planner.parsed.ParsedExpression.Alias;
import io.troupe.planner.parsed.ParsedExpression.CaseBranch;
import io.troupe.planner.parsed.ParsedExpression.Function;
import io.troupe.planner.parsed.ParsedExpression.Name;
import io.troupe.planner.parsed.ParsedExpression.SortItem;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.antlr.v4.runtime.ParserRuleContext;

/// Expressions. Chains of operators are read in loops, so that a long one does not need a deep
/// stack.
final class ExpressionReader {
    private final Readers readers;
    private final PredicateReader predicates;
    private final PrimaryReader primaries;

    ExpressionReader(Readers readers) {
        this.readers = readers;
        this.predicates = new PredicateReader(readers);
        this.primaries = new PrimaryReader(readers);
    }

    /// An expression with its alias, if it has one.
    ParsedExpression item(TroupeSql.SelectItemContext tree) {
        ParsedExpression value = expression(tree.expression());
        if (tree.columnNames() != null) {
            return new Alias(value, Names.all(tree.columnNames()), null);
        }
        ParserRuleContext alias = tree.alias != null ? tree.alias : tree.bare;
        if (alias != null) {
            return new Alias(value, List.of(Names.of(alias)), null);
        }
        String inlined = readers.calls().nameOfInlined(bare(value));
        return inlined == null ? value : new Alias(value, List.of(inlined), null);
    }

    List<ParsedExpression> items(List<TroupeSql.SelectItemContext> trees) {
        return trees.stream().map(this::item).toList();
    }

    List<ParsedExpression> expressions(List<TroupeSql.ExpressionContext> trees) {
        return trees.stream().map(this::expression).toList();
    }

    List<SortItem> sortItems(List<TroupeSql.SortItemContext> trees) {
        return trees.stream().map(this::sortItem).toList();
    }

    private SortItem sortItem(TroupeSql.SortItemContext tree) {
        boolean ascending = tree.direction == null || tree.direction.getType() == TroupeSql.ASC;
        Boolean nullsFirst =
                tree.nullOrder == null ? null : tree.nullOrder.getType() == TroupeSql.FIRST;
        return new SortItem(expression(tree.expression()), ascending, nullsFirst);
    }

    ParsedExpression expression(TroupeSql.ExpressionContext tree) {
        if (tree.lambda() != null) {
            return new ParsedExpression.LambdaFunction(
                    Names.all(tree.lambda().parameters), expression(tree.lambda().expression()));
        }
        return disjunction(tree.disjunction());
    }

    private ParsedExpression disjunction(TroupeSql.DisjunctionContext tree) {
        List<ParsedExpression> parts = new ArrayList<>();
        tree.conjunction().forEach(part -> parts.add(conjunction(part)));
        return parts.size() == 1
                ? parts.getFirst()
                : balanced("or", parts, 0, parts.size() - 1, tree);
    }

    private ParsedExpression conjunction(TroupeSql.ConjunctionContext tree) {
        List<ParsedExpression> parts = new ArrayList<>();
        tree.negation().forEach(part -> parts.add(negation(part)));
        return parts.size() == 1
                ? parts.getFirst()
                : balanced("and", parts, 0, parts.size() - 1, tree);
    }

    /// A tree of logarithmic depth for a chain of one operator.
    private ParsedExpression balanced(
            String operator,
            List<ParsedExpression> parts,
            int low,
            int high,
            ParserRuleContext tree) {
        if (low == high) {
            return parts.get(low);
        }
        int middle = high - low == 1 ? low : low + (high - low) / 2;
        return readers.origin()
                .at(
                        tree,
                        call(
                                operator,
                                balanced(operator, parts, low, middle, tree),
                                balanced(operator, parts, middle + 1, high, tree)));
    }

    private ParsedExpression negation(TroupeSql.NegationContext tree) {
        List<TroupeSql.NegationContext> outer = new ArrayList<>();
        TroupeSql.NegationContext inner = tree;
        while (inner.negation() != null) {
            outer.add(inner);
            inner = inner.negation();
        }
        ParsedExpression value = predicate(inner.predicate());
        for (TroupeSql.NegationContext not : outer.reversed()) {
            value = readers.origin().at(not, call("not", value));
        }
        return value;
    }

    private ParsedExpression predicate(TroupeSql.PredicateContext tree) {
        ParsedExpression value = operand(tree.operand());
        return tree.predicateTail() == null ? value : predicates.tail(tree, value);
    }

    /// Goes down the left spine in a loop, then builds the operators from the inside out.
    ParsedExpression operand(TroupeSql.OperandContext tree) {
        Deque<TroupeSql.OperandContext> spine = new ArrayDeque<>();
        TroupeSql.OperandContext at = tree;
        while (left(at) != null) {
            spine.push(at);
            at = left(at);
        }
        ParsedExpression value =
                switch (at) {
                    case TroupeSql.PrimaryOperandContext primary -> primary(primary.primary());
                    case TroupeSql.SignedOperandContext signed -> signed(signed);
                    default -> throw Readers.unknown(at);
                };
        while (!spine.isEmpty()) {
            value = binary(spine.pop(), value);
        }
        return value;
    }

    private static TroupeSql.OperandContext left(TroupeSql.OperandContext tree) {
        return switch (tree) {
            case TroupeSql.BinaryOperandContext binary -> binary.left;
            case TroupeSql.ShiftOperandContext shift -> shift.left;
            case TroupeSql.ComparisonOperandContext comparison -> comparison.left;
            default -> null;
        };
    }

    private ParsedExpression binary(TroupeSql.OperandContext tree, ParsedExpression left) {
        ParsedExpression value =
                switch (tree) {
                    case TroupeSql.BinaryOperandContext binary ->
                            call(operator(binary), left, operand(binary.right));
                    case TroupeSql.ShiftOperandContext shift ->
                            call(shift.shift().getText(), left, operand(shift.right));
                    case TroupeSql.ComparisonOperandContext comparison ->
                            compared(comparison, left);
                    default -> throw Readers.unknown(tree);
                };
        return readers.origin().at(tree, value);
    }

    private static String operator(TroupeSql.BinaryOperandContext tree) {
        return switch (tree.operator.getType()) {
            case TroupeSql.DIV -> "div";
            case TroupeSql.DOUBLE_BAR -> "concat";
            default -> tree.operator.getText();
        };
    }

    private ParsedExpression compared(
            TroupeSql.ComparisonOperandContext tree, ParsedExpression left) {
        ParsedExpression right = operand(tree.right);
        return switch (tree.comparison().getStart().getType()) {
            case TroupeSql.EQUAL -> call("=", left, right);
            case TroupeSql.EQUAL_OR_NULL -> call("<=>", left, right);
            case TroupeSql.UNEQUAL, TroupeSql.UNEQUAL_BANG ->
                    call("not", readers.origin().at(tree, call("=", left, right)));
            case TroupeSql.LESS -> call("<", left, right);
            case TroupeSql.LESS_EQUAL -> call("<=", left, right);
            case TroupeSql.GREATER -> call(">", left, right);
            case TroupeSql.GREATER_EQUAL -> call(">=", left, right);
            default -> throw Readers.unknown(tree);
        };
    }

    private ParsedExpression signed(TroupeSql.SignedOperandContext tree) {
        ParsedExpression value = operand(tree.operand());
        String function =
                switch (tree.sign.getType()) {
                    case TroupeSql.PLUS_SIGN -> "positive";
                    case TroupeSql.DASH -> "-";
                    default -> "~";
                };
        return readers.origin().at(tree, call(function, value));
    }

    static Function call(String name, ParsedExpression... arguments) {
        return new Function(name, List.of(arguments));
    }

    /// Goes down the postfix forms (`a.b[0].c`) in a loop.
    ParsedExpression primary(TroupeSql.PrimaryContext tree) {
        Deque<TroupeSql.PrimaryContext> spine = new ArrayDeque<>();
        TroupeSql.PrimaryContext at = tree;
        while (PrimaryReader.inner(at) != null) {
            spine.push(at);
            at = PrimaryReader.inner(at);
        }
        ParsedExpression value = primaries.plain(at);
        while (!spine.isEmpty()) {
            value = primaries.postfix(spine.pop(), value);
        }
        return value;
    }

    ParsedExpression caseOf(
            TroupeSql.ExpressionContext value,
            List<TroupeSql.WhenBranchContext> branches,
            TroupeSql.ExpressionContext otherwise) {
        List<CaseBranch> read =
                branches.stream()
                        .map(branch ->
                                new CaseBranch(
                                        expression(branch.condition), expression(branch.value)))
                        .toList();
        return new ParsedExpression.Case(
                value == null ? null : expression(value),
                read,
                otherwise == null ? null : expression(otherwise));
    }

    ParsedExpression subquery(
            Subquery.Kind kind, TroupeSql.QueryContext query, List<ParsedExpression> values) {
        return new ParsedExpression.SubqueryExpression(
                kind, readers.queries().query(query), values);
    }

    ParsedExpression column(TroupeSql.QualifiedNameContext tree) {
        return readers.origin().at(tree, new Name(Names.parts(tree), null));
    }

    List<ParsedExpression> columns(List<TroupeSql.QualifiedNameContext> trees) {
        return trees.stream().map(this::column).toList();
    }

    static ParsedExpression bare(ParsedExpression expression) {
        return expression instanceof ParsedExpression.Located located
                ? bare(located.child())
                : expression;
    }
}
