package io.troupe.planner.estimate;

import io.troupe.planner.expression.Attribute;
import io.troupe.planner.expression.Call;
import io.troupe.planner.expression.Expression;
import io.troupe.planner.expression.Expressions;
import io.troupe.planner.logical.JoinKind;
import java.util.HashMap;
import java.util.Map;

/// Sizes of joins by containment of key values: of those that each side had before its conditions,
/// for a condition on one side says nothing of the other.
final class JoinEstimate {
    private JoinEstimate() {}

    static Estimate of(Estimate left, Estimate right, JoinKind kind, Expression condition) {
        Map<Attribute, ColumnEstimate> columns = new HashMap<>(left.columns());
        columns.putAll(right.columns());
        Estimate both =
                new Estimate(left.rows() * right.rows(), columns, left.known() && right.known());
        double share = 1;
        double semi = 1;
        double leftKeys = 1;
        double rightKeys = 1;
        int keys = 0;
        for (Expression part : Expressions.conjuncts(condition)) {
            Attribute[] key = key(part);
            if (key == null) {
                share *= Selectivity.of(part, both);
                semi *= 0.8;
                continue;
            }
            boolean leftFirst =
                    left.columns().containsKey(key[0]) || right.columns().containsKey(key[1]);
            Attribute ofLeft = leftFirst ? key[0] : key[1];
            Attribute ofRight = leftFirst ? key[1] : key[0];
            double l = left.domain(ofLeft);
            double r = right.domain(ofRight);
            double one = 1 / Math.max(l, r);
            keys++;
            // Several keys between the same inputs correlate (composite keys): later ones count as
            // their square root.
            share *= keys == 1 ? one : Math.sqrt(one);
            semi = Math.min(semi, Math.min(1, right.distinct(ofRight) / l));
            leftKeys *= l;
            rightKeys *= right.distinct(ofRight);
            double shared = Math.min(l, r);
            columns.put(key[0], both.column(key[0]).withDistinct(shared));
            columns.put(key[1], both.column(key[1]).withDistinct(shared));
        }
        // Several keys together have at most as many values as there are rows.
        semi = Math.min(semi, Math.min(rightKeys, right.rows()) / Math.min(leftKeys, left.rows()));
        double inner = Math.max(both.rows() * share, 0);
        double rows =
                switch (kind) {
                    case INNER -> inner;
                    case LEFT -> Math.max(inner, left.rows());
                    case RIGHT -> Math.max(inner, right.rows());
                    case FULL -> Math.max(inner, left.rows() + right.rows());
                    case LEFT_SEMI -> left.rows() * Math.min(1, semi);
                    case LEFT_ANTI, NULL_AWARE_ANTI ->
                            Math.max(left.rows() * (1 - Math.min(0.9, semi)), 1);
                    case EXISTENCE -> left.rows();
                };
        return new Estimate(rows, columns, both.known());
    }

    private static Attribute[] key(Expression part) {
        if (part instanceof Call call && (call.is("=") || call.is("<=>"))) {
            Attribute first = Selectivity.column(call.argument(0));
            Attribute second = Selectivity.column(call.argument(1));
            if (first != null && second != null) {
                return new Attribute[] {first, second};
            }
        }
        return null;
    }
}
