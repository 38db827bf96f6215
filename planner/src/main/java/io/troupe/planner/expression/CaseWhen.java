package io.troupe.planner.expression;

import io.troupe.planner.type.DataType;
import java.util.ArrayList;
import java.util.List;

/// Searched CASE: the value of the first branch whose condition is true, else `otherwise` (a null
/// literal when absent). All values have the type `type`.
public record CaseWhen(List<Branch> branches, Expression otherwise, DataType type)
        implements Expression {
    public record Branch(Expression condition, Expression value) {}

    public CaseWhen {
        branches = List.copyOf(branches);
    }

    @Override
    public boolean nullable() {
        return otherwise.nullable()
                || branches.stream().anyMatch(branch -> branch.value().nullable());
    }

    @Override
    public List<Expression> children() {
        List<Expression> children = new ArrayList<>(branches.size() * 2 + 1);
        for (Branch branch : branches) {
            children.add(branch.condition());
            children.add(branch.value());
        }
        children.add(otherwise);
        return children;
    }

    @Override
    public Expression withChildren(List<Expression> children) {
        List<Branch> renewed = new ArrayList<>(branches.size());
        for (int i = 0; i < branches.size(); i++) {
            renewed.add(new Branch(children.get(2 * i), children.get(2 * i + 1)));
        }
        return new CaseWhen(renewed, children.getLast(), type);
    }
}
