package io.troupe.planner.optimizer.rule;

import io.troupe.planner.expression.Attribute;
import io.troupe.planner.expression.Call;
import io.troupe.planner.expression.Expression;
import io.troupe.planner.expression.Expressions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Copies conditions over columns that an inner join makes equal: `a = b and a > 5` gives `b > 5`.
final class EqualColumns {
    private EqualColumns() {}

    static Set<Expression> inferred(List<Expression> conditions) {
        Map<Attribute, List<Attribute>> equal = new HashMap<>();
        for (Expression condition : conditions) {
            if (condition instanceof Call call
                    && call.is("=")
                    && call.argument(0) instanceof Attribute first
                    && call.argument(1) instanceof Attribute second
                    && first.type().equals(second.type())) {
                equal.computeIfAbsent(first, ignored -> new ArrayList<>()).add(second);
                equal.computeIfAbsent(second, ignored -> new ArrayList<>()).add(first);
            }
        }
        Set<Expression> all = new LinkedHashSet<>(conditions);
        List<Expression> open = new ArrayList<>(conditions);
        while (!open.isEmpty()) {
            Expression condition = open.removeLast();
            Set<Attribute> read = Expressions.references(condition);
            if (read.size() != 1
                    || !Expressions.isDeterministic(condition)
                    || Expressions.hasPython(condition)) {
                continue;
            }
            Attribute column = read.iterator().next();
            for (Attribute other : equal.getOrDefault(column, List.of())) {
                Expression copy = Expressions.substitute(condition, Map.of(column, other));
                if (all.add(copy)) {
                    open.add(copy);
                }
            }
        }
        return all;
    }
}
