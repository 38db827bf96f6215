package io.troupe.planner.optimizer.rule;

import io.troupe.planner.expression.Attribute;
import io.troupe.planner.expression.Expression;
import io.troupe.planner.expression.Expressions;
import io.troupe.planner.expression.Literal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Rewrites of disjunctions: `(a and b) or (a and c)` is `a and (b or c)`, and implies, for one
/// side of a join, what its parts say of that side.
final class CommonFactors {
    private CommonFactors() {}

    static Expression extract(Expression condition) {
        List<Expression> branches = Expressions.disjuncts(condition);
        if (branches.size() < 2) {
            return condition;
        }
        List<Expression> common = new ArrayList<>(Expressions.conjuncts(branches.getFirst()));
        for (Expression branch : branches) {
            common.retainAll(Expressions.conjuncts(branch));
        }
        if (common.isEmpty()) {
            return condition;
        }
        List<Expression> rests = new ArrayList<>();
        for (Expression branch : branches) {
            List<Expression> rest = new ArrayList<>(Expressions.conjuncts(branch));
            rest.removeAll(common);
            if (rest.isEmpty()) {
                return Expressions.conjunction(common);
            }
            rests.add(Expressions.conjunction(rest));
        }
        common.add(Expressions.disjunction(rests));
        return Expressions.conjunction(common);
    }

    /// What a disjunction over both sides of a join says about one side alone: the disjunction of
    /// each branch's parts over that side.
    static Optional<Expression> implied(Expression condition, Set<Attribute> side) {
        List<Expression> branches = Expressions.disjuncts(condition);
        if (branches.size() < 2 || !Expressions.isDeterministic(condition)) {
            return Optional.empty();
        }
        List<Expression> parts = new ArrayList<>();
        for (Expression branch : branches) {
            List<Expression> own = new ArrayList<>();
            for (Expression part : Expressions.conjuncts(branch)) {
                Set<Attribute> read = Expressions.references(part);
                if (!read.isEmpty() && side.containsAll(read) && !(part instanceof Literal)) {
                    own.add(part);
                }
            }
            if (own.isEmpty()) {
                return Optional.empty();
            }
            parts.add(Expressions.conjunction(own));
        }
        return Optional.of(Expressions.disjunction(parts));
    }
}
