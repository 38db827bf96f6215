package io.troupe.columnar.pipeline;

import io.troupe.columnar.operator.Operator;
import io.troupe.columnar.operator.join.BuildSide;
import io.troupe.columnar.operator.join.HashJoinOperator;
import io.troupe.columnar.operator.join.JoinShape;
import io.troupe.columnar.operator.join.JoinShape.Side;
import io.troupe.columnar.operator.join.JoinShape.Source;
import io.troupe.planner.expression.Attribute;
import io.troupe.planner.expression.Call;
import io.troupe.planner.expression.Expression;
import io.troupe.planner.expression.Expressions;
import io.troupe.planner.expression.Literal;
import io.troupe.planner.logical.JoinKind;
import io.troupe.planner.physical.PhysicalPlan;
import io.troupe.planner.physical.PhysicalPlan.HashJoin;
import io.troupe.planner.physical.PhysicalPlan.NestedLoopJoin;
import io.troupe.planner.type.AtomicType;
import java.util.ArrayList;
import java.util.List;

/// Joins from their plans. A nested-loop join is a hash join without keys: all build rows have the
/// one empty key.
final class Joins {
    private final OperatorBuilder builder;
    private final PhysicalPlan probe;
    private final PhysicalPlan build;
    private final boolean probeIsLeft;
    private final int number;

    private Joins(
            OperatorBuilder builder,
            PhysicalPlan left,
            PhysicalPlan right,
            boolean probeIsLeft,
            int number) {
        this.builder = builder;
        this.probeIsLeft = probeIsLeft;
        this.probe = probeIsLeft ? left : right;
        this.build = probeIsLeft ? right : left;
        this.number = number;
    }

    static Operator hash(OperatorBuilder builder, HashJoin join, int number) {
        boolean probeIsLeft = join.build() == PhysicalPlan.BuildSide.RIGHT;
        Joins joins = new Joins(builder, join.left(), join.right(), probeIsLeft, number);
        JoinShape shape = joins.shape(join.kind(), join.residual(), join.output(), join.exists());
        List<Expression> probeKeys = probeIsLeft ? join.leftKeys() : join.rightKeys();
        List<Expression> buildKeys = probeIsLeft ? join.rightKeys() : join.leftKeys();
        return joins.open(
                shape, probeKeys, buildKeys, join.runtimeFilters(), join.broadcastBuild());
    }

    static Operator nestedLoop(OperatorBuilder builder, NestedLoopJoin join, int number) {
        boolean probeIsLeft = join.build() == PhysicalPlan.BuildSide.RIGHT;
        Joins joins = new Joins(builder, join.left(), join.right(), probeIsLeft, number);
        JoinKind kind = join.kind();
        Expression condition = join.condition();
        if (kind == JoinKind.NULL_AWARE_ANTI) {
            kind = JoinKind.LEFT_ANTI;
            condition = condition == null ? null : neverFalse(condition);
        }
        JoinShape shape = joins.shape(kind, condition, join.output(), join.exists());
        return joins.open(shape, List.of(), List.of(), List.of(), isBroadcast(joins.build));
    }

    /// True where the condition is true or unknown.
    private static Expression neverFalse(Expression condition) {
        return new Call("coalesce", List.of(condition, Literal.TRUE), AtomicType.BOOLEAN, false);
    }

    private static boolean isBroadcast(PhysicalPlan plan) {
        return plan instanceof PhysicalPlan.ExchangeRead read
                ? read.broadcast()
                : plan.children().size() == 1 && isBroadcast(plan.children().getFirst());
    }

    private JoinShape shape(
            JoinKind kind, Expression residual, List<Attribute> output, Attribute exists) {
        List<Attribute> referenced =
                residual == null ? List.of() : List.copyOf(Expressions.references(residual));
        return new JoinShape(
                JoinShape.emission(kind, probeIsLeft),
                JoinShape.probeUnmatched(kind, probeIsLeft),
                JoinShape.buildUnmatched(kind, probeIsLeft),
                sources(output, exists),
                residual == null ? null : sources(referenced, null),
                () -> builder.expressions().predicate(residual, referenced),
                OperatorBuilder.types(build.output()),
                OperatorBuilder.types(probe.output()));
    }

    private List<Source> sources(List<Attribute> columns, Attribute exists) {
        List<Source> sources = new ArrayList<>();
        for (Attribute column : columns) {
            int inProbe = probe.output().indexOf(column);
            int inBuild = build.output().indexOf(column);
            if (column.equals(exists)) {
                sources.add(new Source(Side.MARK, 0));
            } else if (inProbe >= 0) {
                sources.add(new Source(Side.PROBE, inProbe));
            } else if (inBuild >= 0) {
                sources.add(new Source(Side.BUILD, inBuild));
            } else {
                throw new IllegalStateException(
                        "join column " + column.name() + "#" + column.id() + " is of neither side");
            }
        }
        return sources;
    }

    private Operator open(
            JoinShape shape,
            List<Expression> probeKeys,
            List<Expression> buildKeys,
            List<Integer> filters,
            boolean broadcast) {
        Operator left = builder.open(probeIsLeft ? probe : build);
        Operator right = builder.open(probeIsLeft ? build : probe);
        String sharedAs =
                broadcast
                        ? "join table of "
                                + build
                                + " by "
                                + buildKeys
                                + " keeping rows "
                                + shape.buildRows()
                        : null;
        BuildSide.Setup setup =
                new BuildSide.Setup(
                        OperatorBuilder.types(build.output()),
                        OperatorBuilder.types(buildKeys),
                        filters,
                        sharedAs,
                        number);
        BuildSide side =
                new BuildSide(
                        probeIsLeft ? right : left,
                        builder.functions(buildKeys, build.output()),
                        setup,
                        shape,
                        builder.context());
        return new HashJoinOperator(
                probeIsLeft ? left : right,
                side,
                shape,
                builder.functions(probeKeys, probe.output()),
                builder.context());
    }
}
