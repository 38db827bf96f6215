package io.troupe.planner.optimizer.rule;

import io.troupe.planner.expression.Attribute;
import io.troupe.planner.expression.Call;
import io.troupe.planner.expression.CaseWhen;
import io.troupe.planner.expression.Cast;
import io.troupe.planner.expression.Expression;
import io.troupe.planner.expression.Literal;
import io.troupe.planner.logical.JoinKind;
import java.util.List;
import java.util.Set;

/// Finds conditions that a row padded with nulls by an outer join can never meet, which makes the
/// join a stricter one.
final class NullRejection {
    /// Functions that give null when any argument is null, and raise no error for null.
    private static final Set<String> STRICT =
            Set.of(
                    "=",
                    "<",
                    "<=",
                    ">",
                    ">=",
                    "<>",
                    "!=",
                    "+",
                    "-",
                    "*",
                    "/",
                    "%",
                    "like",
                    "ilike",
                    "rlike",
                    "upper",
                    "lower",
                    "substring",
                    "substr",
                    "trim",
                    "length",
                    "year",
                    "month",
                    "day",
                    "contains",
                    "startswith",
                    "endswith",
                    "abs",
                    "negative");

    private NullRejection() {}

    static JoinKind strengthen(
            JoinKind kind, List<Expression> conditions, Set<Attribute> left, Set<Attribute> right) {
        boolean rejectsLeft = conditions.stream().anyMatch(condition -> rejects(condition, left));
        boolean rejectsRight = conditions.stream().anyMatch(condition -> rejects(condition, right));
        return switch (kind) {
            case LEFT -> rejectsRight ? JoinKind.INNER : kind;
            case RIGHT -> rejectsLeft ? JoinKind.INNER : kind;
            case FULL -> {
                if (rejectsLeft && rejectsRight) {
                    yield JoinKind.INNER;
                }
                yield rejectsLeft ? JoinKind.LEFT : rejectsRight ? JoinKind.RIGHT : kind;
            }
            default -> kind;
        };
    }

    /// Whether the condition is null or false whenever all of `columns` are null.
    private static boolean rejects(Expression condition, Set<Attribute> columns) {
        if (!(condition instanceof Call call)) {
            return condition instanceof Attribute attribute && columns.contains(attribute);
        }
        return switch (call.function()) {
            case "and" -> call.arguments().stream().anyMatch(part -> rejects(part, columns));
            case "or" -> call.arguments().stream().allMatch(part -> rejects(part, columns));
            case "isnotnull" -> isNullWith(call.argument(0), columns);
            case "not" -> isNullWith(call.argument(0), columns);
            case "in" -> isNullWith(call.argument(0), columns);
            default -> isNullWith(call, columns);
        };
    }

    private static boolean isNullWith(Expression expression, Set<Attribute> columns) {
        return switch (expression) {
            case Attribute attribute -> columns.contains(attribute);
            case Cast cast -> isNullWith(cast.child(), columns);
            case Call call when STRICT.contains(call.function()) ->
                    call.arguments().stream().anyMatch(argument -> isNullWith(argument, columns));
            case Call call when call.is("in") -> isNullWith(call.argument(0), columns);
            case Call call when call.is("not") -> isNullWith(call.argument(0), columns);
            case Literal literal -> literal.value() == null;
            case CaseWhen choice -> isNullCase(choice, columns);
            default -> false;
        };
    }

    /// Each branch that may be taken gives null. The columns' being null decides some conditions.
    private static boolean isNullCase(CaseWhen choice, Set<Attribute> columns) {
        for (CaseWhen.Branch branch : choice.branches()) {
            Expression condition = branch.condition();
            if (rejects(condition, columns)) {
                continue;
            }
            if (!isNullWith(branch.value(), columns)) {
                return false;
            }
            boolean always =
                    condition instanceof Call call
                            && call.is("isnull")
                            && isNullWith(call.argument(0), columns);
            if (always) {
                return true;
            }
        }
        return isNullWith(choice.otherwise(), columns);
    }
}
