package io.troupe.planner.optimizer.rule;

import io.troupe.planner.expression.Call;
import io.troupe.planner.expression.CaseWhen;
import io.troupe.planner.expression.Cast;
import io.troupe.planner.expression.Expression;
import io.troupe.planner.expression.Expressions;
import io.troupe.planner.expression.Lambda;
import io.troupe.planner.expression.Literal;
import io.troupe.planner.logical.Filter;
import io.troupe.planner.logical.LocalData;
import io.troupe.planner.logical.LocalTable;
import io.troupe.planner.logical.LogicalPlan;
import io.troupe.planner.logical.Plans;
import java.util.ArrayList;
import java.util.List;

/// Computes what depends on no column, and simplifies boolean logic and CASE around constants.
///
/// ```
/// Filter(a > 1 + 2 and true)  →  Filter(a > 3)
/// Filter(false)               →  no rows
/// ```
public final class FoldConstants implements Rule {
    @Override
    public LogicalPlan apply(LogicalPlan plan, RuleContext context) {
        LogicalPlan folded =
                Plans.transformExpressions(plan, expression -> simplify(expression, context));
        return Plans.transformUp(folded, FoldConstants::filter);
    }

    private static LogicalPlan filter(LogicalPlan plan) {
        if (plan instanceof Filter filter && filter.condition() instanceof Literal literal) {
            return Boolean.TRUE.equals(literal.value())
                    ? filter.child()
                    : new LocalData(filter.output(), new LocalTable.Rows(List.of()));
        }
        return plan;
    }

    private static Expression simplify(Expression expression, RuleContext context) {
        return switch (expression) {
            case Call call when call.is("and") -> and(call);
            case Call call when call.is("or") -> or(call);
            case CaseWhen caseWhen -> caseWhen(caseWhen, context);
            case Call call -> fold(call, context);
            case Cast cast -> fold(cast, context);
            default -> expression;
        };
    }

    private static Expression fold(Expression expression, RuleContext context) {
        boolean constant = expression.children().stream().allMatch(Literal.class::isInstance);
        // A lambda is not a constant argument, and a value that differs per evaluation must not be
        // fixed.
        if (!constant
                || expression.children().stream().anyMatch(Lambda.class::isInstance)
                || !Expressions.isDeterministic(expression)) {
            return expression;
        }
        return context.constants()
                .fold(expression)
                .<Expression>map(literal -> literal)
                .orElse(expression);
    }

    private static Expression and(Call call) {
        List<Expression> kept = new ArrayList<>();
        for (Expression part : call.arguments()) {
            if (part.equals(Literal.FALSE)) {
                return Literal.FALSE;
            }
            if (!part.equals(Literal.TRUE)) {
                kept.add(part);
            }
        }
        return kept.size() == call.arguments().size()
                ? call
                : kept.isEmpty() ? Literal.TRUE : Expressions.conjunction(kept);
    }

    private static Expression or(Call call) {
        List<Expression> kept = new ArrayList<>();
        for (Expression part : call.arguments()) {
            if (part.equals(Literal.TRUE)) {
                return Literal.TRUE;
            }
            if (!part.equals(Literal.FALSE)) {
                kept.add(part);
            }
        }
        return kept.size() == call.arguments().size()
                ? call
                : kept.isEmpty() ? Literal.FALSE : Expressions.disjunction(kept);
    }

    private static Expression caseWhen(CaseWhen expression, RuleContext context) {
        List<CaseWhen.Branch> branches = new ArrayList<>();
        for (CaseWhen.Branch branch : expression.branches()) {
            if (branch.condition() instanceof Literal literal) {
                if (Boolean.TRUE.equals(literal.value())) {
                    return branches.isEmpty()
                            ? branch.value()
                            : new CaseWhen(branches, branch.value(), expression.type());
                }
                continue;
            }
            branches.add(branch);
        }
        return branches.isEmpty()
                ? expression.otherwise()
                : new CaseWhen(branches, expression.otherwise(), expression.type());
    }
}
