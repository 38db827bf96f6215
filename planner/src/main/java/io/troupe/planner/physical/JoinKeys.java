package io.troupe.planner.physical;

import io.troupe.planner.expression.Attribute;
import io.troupe.planner.expression.Call;
import io.troupe.planner.expression.Expression;
import io.troupe.planner.expression.Expressions;
import io.troupe.planner.expression.Literal;
import io.troupe.planner.type.AtomicType;
import io.troupe.planner.type.DataType;
import io.troupe.planner.type.DecimalType;
import io.troupe.planner.type.StringType;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// A join condition split into equal keys of both sides and the rest (null for none). A null-safe
/// equality becomes two keys: the value with nulls replaced, and whether it is null.
record JoinKeys(List<Expression> left, List<Expression> right, Expression residual) {
    static JoinKeys of(
            Expression condition, Set<Attribute> leftColumns, Set<Attribute> rightColumns) {
        List<Expression> left = new ArrayList<>();
        List<Expression> right = new ArrayList<>();
        List<Expression> rest = new ArrayList<>();
        for (Expression part : Expressions.conjuncts(condition)) {
            if (!addKey(part, leftColumns, rightColumns, left, right)) {
                rest.add(part);
            }
        }
        return new JoinKeys(left, right, Expressions.conjunction(rest));
    }

    private static boolean addKey(
            Expression part,
            Set<Attribute> leftColumns,
            Set<Attribute> rightColumns,
            List<Expression> left,
            List<Expression> right) {
        if (!(part instanceof Call call)
                || !(call.is("=") || call.is("<=>"))
                || Expressions.hasPython(part)) {
            return false;
        }
        Expression first = call.argument(0);
        Expression second = call.argument(1);
        if (reads(first, rightColumns) && reads(second, leftColumns)) {
            Expression swap = first;
            first = second;
            second = swap;
        }
        if (!reads(first, leftColumns)
                || !reads(second, rightColumns)
                || !Expressions.isDeterministic(part)) {
            return false;
        }
        if (call.is("=") || !first.nullable() && !second.nullable()) {
            left.add(first);
            right.add(second);
            return true;
        }
        Literal filler = filler(first.type());
        if (filler == null) {
            return false;
        }
        left.add(withoutNulls(first, filler));
        right.add(withoutNulls(second, filler));
        left.add(Expressions.booleanCall("isnull", first));
        right.add(Expressions.booleanCall("isnull", second));
        return true;
    }

    private static boolean reads(Expression expression, Set<Attribute> columns) {
        Set<Attribute> references = Expressions.references(expression);
        return !references.isEmpty() && columns.containsAll(references);
    }

    private static Expression withoutNulls(Expression expression, Literal filler) {
        return expression.nullable()
                ? new Call("coalesce", List.of(expression, filler), expression.type(), false)
                : expression;
    }

    private static Literal filler(DataType type) {
        return switch (type) {
            case AtomicType.BOOLEAN -> Literal.FALSE;
            case AtomicType.BYTE -> new Literal((byte) 0, type);
            case AtomicType.SHORT -> new Literal((short) 0, type);
            case AtomicType.INTEGER, AtomicType.DATE -> new Literal(0, type);
            case AtomicType.LONG, AtomicType.TIMESTAMP, AtomicType.TIMESTAMP_NTZ ->
                    new Literal(0L, type);
            case AtomicType.FLOAT -> new Literal(0f, type);
            case AtomicType.DOUBLE -> new Literal(0d, type);
            case DecimalType decimal ->
                    new Literal(BigDecimal.ZERO.setScale(decimal.scale()), type);
            case StringType _ -> new Literal("", type);
            default -> null;
        };
    }
}
