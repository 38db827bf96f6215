package io.troupe.planner.physical;

import io.troupe.planner.expression.Attribute;
import io.troupe.planner.expression.Expression;
import io.troupe.planner.expression.Named;
import io.troupe.planner.logical.Hinted;
import io.troupe.planner.logical.Join;
import io.troupe.planner.logical.JoinKind;
import io.troupe.planner.logical.LogicalPlan;
import io.troupe.planner.physical.PhysicalPlan.BuildSide;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// Chooses how a join runs: in one task when both inputs are there already; with the smaller side
/// broadcast when it is small enough; else both sides are hashed on the keys. Without equal keys, a
/// nested loop over a broadcast side.
final class JoinPlanner {
    private final PhysicalPlanner planner;

    JoinPlanner(PhysicalPlanner planner) {
        this.planner = planner;
    }

    Planned plan(Join join) {
        Planned left = planner.planned(join.left());
        Planned right = planner.planned(join.right());
        Set<Attribute> leftColumns = new HashSet<>(left.plan().output());
        Set<Attribute> rightColumns = new HashSet<>(right.plan().output());
        JoinKeys keys = JoinKeys.of(join.condition(), leftColumns, rightColumns);
        if (keys.left().isEmpty()) {
            return nestedLoop(join, left, right);
        }
        BuildSide build = buildSide(join);
        Planned probe = build == BuildSide.LEFT ? right : left;
        Planned built = build == BuildSide.LEFT ? left : right;
        LogicalPlan buildPlan = build == BuildSide.LEFT ? join.left() : join.right();
        if (probe.distribution().isSingle() && built.distribution().isSingle()) {
            return hashJoin(join, keys, left, right, build, false, Distribution.SINGLE);
        }
        boolean canBroadcast = join.kind() != JoinKind.FULL && !buildsPreserved(join.kind(), build);
        boolean single = probe.distribution().isSingle();
        if (canBroadcast
                && !single
                && (hinted(buildPlan, "broadcast")
                        || planner.bytes(buildPlan) <= limit(buildPlan))) {
            Planned copy =
                    planner.exchange(built, new Partitioning.Broadcast(), Distribution.SPREAD);
            return build == BuildSide.LEFT
                    ? hashJoin(join, keys, copy, right, build, true, right.distribution())
                    : hashJoin(join, keys, left, copy, build, true, left.distribution());
        }
        if (join.kind() == JoinKind.NULL_AWARE_ANTI) {
            return hashJoin(
                    join,
                    keys,
                    planner.toSingle(left),
                    planner.toSingle(right),
                    build,
                    false,
                    Distribution.SINGLE);
        }
        return shuffled(join, keys, left, right, build);
    }

    private long limit(LogicalPlan plan) {
        return planner.context.estimator().estimate(plan).known()
                ? planner.context.broadcastBytes()
                : Math.min(planner.context.broadcastBytes(), 10L << 20);
    }

    private static boolean hinted(LogicalPlan plan, String hint) {
        return plan instanceof Hinted hinted
                && (hinted.hint().equals(hint)
                        || hint.equals("broadcast")
                                && hinted.hint().matches("broadcastjoin|mapjoin"));
    }

    /// Rows of a preserved build side without a match must come out once, so its table cannot be
    /// shared by several probing tasks.
    private static boolean buildsPreserved(JoinKind kind, BuildSide build) {
        return switch (kind) {
            case INNER -> false;
            case RIGHT -> build == BuildSide.RIGHT;
            case FULL -> true;
            case LEFT, LEFT_SEMI, LEFT_ANTI, NULL_AWARE_ANTI, EXISTENCE -> build == BuildSide.LEFT;
        };
    }

    private BuildSide buildSide(Join join) {
        return switch (join.kind()) {
            case INNER -> {
                if (hinted(join.left(), "broadcast") != hinted(join.right(), "broadcast")) {
                    yield hinted(join.left(), "broadcast") ? BuildSide.LEFT : BuildSide.RIGHT;
                }
                yield planner.bytes(join.left()) < planner.bytes(join.right())
                        ? BuildSide.LEFT
                        : BuildSide.RIGHT;
            }
            case RIGHT -> BuildSide.LEFT;
            case LEFT, FULL, LEFT_SEMI, LEFT_ANTI, NULL_AWARE_ANTI, EXISTENCE -> BuildSide.RIGHT;
        };
    }

    private Planned shuffled(
            Join join, JoinKeys keys, Planned left, Planned right, BuildSide build) {
        List<Named> leftKeys = new ArrayList<>();
        List<Named> rightKeys = new ArrayList<>();
        Planned leftReady = planner.computed(left, keys.left(), leftKeys);
        Planned rightReady = planner.computed(right, keys.right(), rightKeys);
        List<Attribute> leftColumns = leftKeys.stream().map(Named::output).toList();
        List<Attribute> rightColumns = rightKeys.stream().map(Named::output).toList();
        JoinKeys plain =
                new JoinKeys(List.copyOf(leftColumns), List.copyOf(rightColumns), keys.residual());
        int partitions = partitions(leftReady, rightReady, leftColumns, rightColumns, join);
        Planned l = hashed(leftReady, leftColumns, partitions);
        Planned r = hashed(rightReady, rightColumns, partitions);
        Distribution distribution =
                switch (join.kind()) {
                    case FULL -> Distribution.SPREAD;
                    case RIGHT -> new Distribution.Hashed(rightColumns, partitions);
                    default -> new Distribution.Hashed(leftColumns, partitions);
                };
        return hashJoin(join, plain, l, r, build, false, distribution);
    }

    private int partitions(
            Planned left,
            Planned right,
            List<Attribute> leftKeys,
            List<Attribute> rightKeys,
            Join join) {
        if (left.distribution() instanceof Distribution.Hashed hashed
                && hashed.keys().equals(leftKeys)) {
            return hashed.partitions();
        }
        if (right.distribution() instanceof Distribution.Hashed hashed
                && hashed.keys().equals(rightKeys)) {
            return hashed.partitions();
        }
        return planner.context.partitions(
                Math.max(planner.bytes(join.left()), planner.bytes(join.right())));
    }

    private Planned hashed(Planned child, List<Attribute> keys, int partitions) {
        if (child.distribution().equals(new Distribution.Hashed(keys, partitions))) {
            return child;
        }
        return planner.exchange(
                child,
                new Partitioning.Hash(List.<Expression>copyOf(keys), partitions),
                new Distribution.Hashed(keys, partitions));
    }

    private Planned hashJoin(
            Join join,
            JoinKeys keys,
            Planned left,
            Planned right,
            BuildSide build,
            boolean broadcast,
            Distribution spread) {
        PhysicalPlan plan =
                new PhysicalPlan.HashJoin(
                        left.plan(),
                        right.plan(),
                        join.kind(),
                        keys.left(),
                        keys.right(),
                        keys.residual(),
                        build,
                        broadcast,
                        join.exists(),
                        List.of(),
                        output(join, left.plan(), right.plan()));
        return new Planned(PhysicalPlanner.narrowed(plan, join.output()), spread);
    }

    private static List<Attribute> output(Join join, PhysicalPlan left, PhysicalPlan right) {
        List<Attribute> output = new ArrayList<>();
        boolean leftNullable = join.kind() == JoinKind.RIGHT || join.kind() == JoinKind.FULL;
        boolean rightNullable = join.kind() == JoinKind.LEFT || join.kind() == JoinKind.FULL;
        left.output().forEach(a -> output.add(leftNullable ? a.withNullable(true) : a));
        switch (join.kind()) {
            case INNER, LEFT, RIGHT, FULL ->
                    right.output()
                            .forEach(a -> output.add(rightNullable ? a.withNullable(true) : a));
            case EXISTENCE -> output.add(join.exists());
            case LEFT_SEMI, LEFT_ANTI, NULL_AWARE_ANTI -> {}
        }
        return output;
    }

    private Planned nestedLoop(Join join, Planned left, Planned right) {
        BuildSide build =
                switch (join.kind()) {
                    case INNER ->
                            planner.bytes(join.left()) < planner.bytes(join.right())
                                    ? BuildSide.LEFT
                                    : BuildSide.RIGHT;
                    case RIGHT -> BuildSide.LEFT;
                    default -> BuildSide.RIGHT;
                };
        Distribution distribution;
        Planned l = left;
        Planned r = right;
        Planned probe = build == BuildSide.LEFT ? right : left;
        if (join.kind() == JoinKind.FULL || probe.distribution().isSingle()) {
            l = planner.toSingle(left);
            r = planner.toSingle(right);
            distribution = Distribution.SINGLE;
        } else {
            distribution = Distribution.SPREAD;
            Planned copy =
                    planner.exchange(
                            build == BuildSide.LEFT ? left : right,
                            new Partitioning.Broadcast(),
                            Distribution.SPREAD);
            if (build == BuildSide.LEFT) {
                l = copy;
            } else {
                r = copy;
            }
        }
        PhysicalPlan plan =
                new PhysicalPlan.NestedLoopJoin(
                        l.plan(),
                        r.plan(),
                        join.kind(),
                        join.condition(),
                        build,
                        join.exists(),
                        output(join, l.plan(), r.plan()));
        return new Planned(plan, distribution);
    }
}
