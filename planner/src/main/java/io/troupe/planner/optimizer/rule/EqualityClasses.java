package io.troupe.planner.optimizer.rule;

import io.troupe.planner.expression.Attribute;
import io.troupe.planner.expression.Call;
import io.troupe.planner.expression.Expression;
import io.troupe.planner.expression.Expressions;
import io.troupe.planner.logical.LogicalPlan;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/// Columns that the conditions of an inner-join group make equal: `a = b and b = c` also joins `a`
/// and `c`, in whichever order. A class has at most one column of each input; an equality that
/// would bring a second one stays with the other conditions.
final class EqualityClasses {
    /// Per class, its columns by input.
    private final List<Map<Integer, Attribute>> classes;

    private final List<Expression> rest;

    private EqualityClasses(List<Map<Integer, Attribute>> classes, List<Expression> rest) {
        this.classes = classes;
        this.rest = rest;
    }

    static EqualityClasses of(List<LogicalPlan> inputs, List<Expression> conditions) {
        Map<Attribute, Integer> inputOf = new HashMap<>();
        for (int i = 0; i < inputs.size(); i++) {
            for (Attribute column : inputs.get(i).output()) {
                inputOf.put(column, i);
            }
        }
        List<Map<Integer, Attribute>> classes = new ArrayList<>();
        List<Expression> rest = new ArrayList<>();
        for (Expression condition : conditions) {
            if (!merged(condition, inputOf, classes)) {
                rest.add(condition);
            }
        }
        return new EqualityClasses(classes, rest);
    }

    private static boolean merged(
            Expression condition,
            Map<Attribute, Integer> inputOf,
            List<Map<Integer, Attribute>> classes) {
        if (!(condition instanceof Call call)
                || !call.is("=")
                || !(call.argument(0) instanceof Attribute first)
                || !(call.argument(1) instanceof Attribute second)
                || !first.type().equals(second.type())
                || first.equals(second)
                || !inputOf.keySet().containsAll(Set.of(first, second))) {
            return false;
        }
        Map<Integer, Attribute> ofFirst = classOf(first, inputOf, classes);
        Map<Integer, Attribute> ofSecond = classOf(second, inputOf, classes);
        if (ofFirst == ofSecond) {
            return true;
        }
        if (ofFirst.keySet().stream().anyMatch(ofSecond::containsKey)) {
            return false;
        }
        Map<Integer, Attribute> both = new TreeMap<>(ofFirst);
        both.putAll(ofSecond);
        classes.removeIf(known -> known == ofFirst || known == ofSecond);
        classes.add(both);
        return true;
    }

    /// The class that holds the column, or one of its own that is in no list yet.
    private static Map<Integer, Attribute> classOf(
            Attribute column,
            Map<Attribute, Integer> inputOf,
            List<Map<Integer, Attribute>> classes) {
        for (Map<Integer, Attribute> known : classes) {
            if (known.containsValue(column)) {
                return known;
            }
        }
        return new TreeMap<>(Map.of(inputOf.get(column), column));
    }

    /// Conditions that are in no class.
    List<Expression> rest() {
        return rest;
    }

    /// One equality per class that has columns in both sets of inputs: those within a set are equal
    /// already.
    List<Expression> between(long left, long right) {
        List<Expression> equalities = new ArrayList<>();
        for (Map<Integer, Attribute> known : classes) {
            Attribute ofLeft = in(left, known);
            Attribute ofRight = in(right, known);
            if (ofLeft != null && ofRight != null) {
                equalities.add(Expressions.booleanCall("=", ofLeft, ofRight));
            }
        }
        return equalities;
    }

    private static Attribute in(long inputs, Map<Integer, Attribute> known) {
        for (Map.Entry<Integer, Attribute> entry : known.entrySet()) {
            if ((inputs >> entry.getKey() & 1) == 1) {
                return entry.getValue();
            }
        }
        return null;
    }
}
