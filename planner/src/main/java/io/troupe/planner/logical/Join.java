package io.troupe.planner.logical;

import io.troupe.planner.expression.Attribute;
import io.troupe.planner.expression.Expression;
import java.util.ArrayList;
import java.util.List;

/// A join. `condition` is null for none (always true). EXISTENCE adds a boolean column `exists`
/// (true when the left row has a match): `exists` is null for all other kinds. A lateral join's
/// right side holds [io.troupe.planner.expression.OuterReference]s to the left.
public record Join(
        LogicalPlan left,
        LogicalPlan right,
        JoinKind kind,
        Expression condition,
        Attribute exists,
        boolean lateral)
        implements LogicalPlan {
    public Join(LogicalPlan left, LogicalPlan right, JoinKind kind, Expression condition) {
        this(left, right, kind, condition, null, false);
    }

    @Override
    public List<Attribute> output() {
        List<Attribute> output = new ArrayList<>();
        boolean leftNullable = kind == JoinKind.RIGHT || kind == JoinKind.FULL;
        boolean rightNullable = kind == JoinKind.LEFT || kind == JoinKind.FULL;
        left.output().forEach(a -> output.add(leftNullable ? a.withNullable(true) : a));
        switch (kind) {
            case INNER, LEFT, RIGHT, FULL ->
                    right.output()
                            .forEach(a -> output.add(rightNullable ? a.withNullable(true) : a));
            case EXISTENCE -> output.add(exists);
            case LEFT_SEMI, LEFT_ANTI, NULL_AWARE_ANTI -> {}
        }
        return output;
    }

    @Override
    public List<LogicalPlan> children() {
        return List.of(left, right);
    }

    @Override
    public LogicalPlan withChildren(List<LogicalPlan> children) {
        return new Join(children.get(0), children.get(1), kind, condition, exists, lateral);
    }
}
