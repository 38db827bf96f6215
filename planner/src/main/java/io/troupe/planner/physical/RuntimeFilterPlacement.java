package io.troupe.planner.physical;

import io.troupe.planner.expression.Attribute;
import io.troupe.planner.expression.Expression;
import io.troupe.planner.logical.JoinKind;
import io.troupe.planner.physical.PhysicalPlan.BuildSide;
import io.troupe.planner.physical.PhysicalPlan.FileScan;
import io.troupe.planner.physical.PhysicalPlan.HashJoin;
import java.util.ArrayList;
import java.util.List;

/// Connects joins with the scans of their probe sides in the same stage: a probe row whose key no
/// build row has is dropped by the scan. Only where a probe row without a match never comes out.
final class RuntimeFilterPlacement {
    private int filters;

    private RuntimeFilterPlacement() {}

    static PhysicalQuery place(PhysicalQuery query) {
        RuntimeFilterPlacement placement = new RuntimeFilterPlacement();
        return new PhysicalQuery(
                placement.visit(query.root()),
                query.shared().stream()
                        .map(shared -> (PhysicalPlan.Exchange) placement.visit(shared))
                        .toList(),
                query.singleLeaves());
    }

    private PhysicalPlan visit(PhysicalPlan plan) {
        PhysicalPlan renewed = PhysicalPlans.mapChildren(plan, this::visit);
        return renewed instanceof HashJoin join ? attach(join) : renewed;
    }

    private HashJoin attach(HashJoin join) {
        boolean drops =
                switch (join.kind()) {
                    case INNER -> true;
                    case LEFT_SEMI -> join.build() == BuildSide.RIGHT;
                    case RIGHT -> join.build() == BuildSide.RIGHT;
                    case LEFT -> join.build() == BuildSide.LEFT;
                    case FULL, LEFT_ANTI, NULL_AWARE_ANTI, EXISTENCE -> false;
                };
        if (!drops) {
            return join;
        }
        boolean buildLeft = join.build() == BuildSide.LEFT;
        PhysicalPlan probe = buildLeft ? join.right() : join.left();
        List<Expression> keys = buildLeft ? join.rightKeys() : join.leftKeys();
        List<Integer> numbers = new ArrayList<>();
        boolean placed = false;
        for (Expression key : keys) {
            PhysicalPlan pushed =
                    key instanceof Attribute column ? push(probe, column, filters) : null;
            if (pushed == null) {
                numbers.add(-1);
            } else {
                probe = pushed;
                numbers.add(filters++);
                placed = true;
            }
        }
        if (!placed) {
            return join;
        }
        return new HashJoin(
                buildLeft ? join.left() : probe,
                buildLeft ? probe : join.right(),
                join.kind(),
                join.leftKeys(),
                join.rightKeys(),
                join.residual(),
                join.build(),
                join.broadcastBuild(),
                join.exists(),
                numbers,
                join.output());
    }

    /// The plan with the filter noted at the scan that `column` comes from, null when there is none
    /// within the stage.
    private static PhysicalPlan push(PhysicalPlan plan, Attribute column, int filter) {
        return switch (plan) {
            case FileScan scan when scan.output().contains(column) -> {
                List<RuntimeFilterUse> uses = new ArrayList<>(scan.runtimeFilters());
                uses.add(new RuntimeFilterUse(filter, column));
                yield new FileScan(
                        scan.leaf(), scan.relation(), scan.output(), scan.filters(), uses);
            }
            case PhysicalPlan.Filter node -> rebuilt(node, push(node.child(), column, filter));
            case PhysicalPlan.Project node -> {
                for (var named : node.columns()) {
                    if (named.output().equals(column)) {
                        yield named.expression() instanceof Attribute source
                                ? rebuilt(node, push(node.child(), source, filter))
                                : null;
                    }
                }
                yield null;
            }
            case HashJoin join -> pushIntoJoin(join, column, filter);
            default -> null;
        };
    }

    /// Only into the probe side, whose rows the join passes on one by one, and not where it pads
    /// them with nulls.
    private static PhysicalPlan pushIntoJoin(HashJoin join, Attribute column, int filter) {
        boolean buildLeft = join.build() == BuildSide.LEFT;
        PhysicalPlan probe = buildLeft ? join.right() : join.left();
        if (join.kind() == JoinKind.FULL || !probe.output().contains(column)) {
            return null;
        }
        if (buildLeft && join.kind() == JoinKind.LEFT
                || !buildLeft && join.kind() == JoinKind.RIGHT) {
            return null;
        }
        PhysicalPlan pushed = push(probe, column, filter);
        if (pushed == null) {
            return null;
        }
        List<PhysicalPlan> children =
                buildLeft ? List.of(join.left(), pushed) : List.of(pushed, join.right());
        return PhysicalPlans.withChildren(join, children);
    }

    private static PhysicalPlan rebuilt(PhysicalPlan parent, PhysicalPlan child) {
        return child == null ? null : PhysicalPlans.withChildren(parent, List.of(child));
    }
}
