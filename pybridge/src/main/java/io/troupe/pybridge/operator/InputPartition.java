package io.troupe.pybridge.operator;

import io.troupe.columnar.operator.TaskContext;
import io.troupe.planner.physical.PhysicalPlan;
import io.troupe.planner.stage.LeafInput;

/// Which partition of a plan's own result a task computes. It differs from the task's number where
/// the plan is one child of a union, or where only some partitions are wanted.
final class InputPartition {
    private InputPartition() {}

    /// The partition of the exchange or cached plan that the plan reads, or the first of rows; null
    /// for files and later rows, which tell nothing.
    static Integer of(PhysicalPlan plan, TaskContext context) {
        if (plan instanceof PhysicalPlan.Leaf leaf) {
            return switch (context.input(leaf.leaf())) {
                case LeafInput.Partitions partitions -> partitions.share();
                case LeafInput.Cached cached -> cached.from();
                case LeafInput.Rows rows when rows.from() == 0 -> 0;
                case null, default -> null;
            };
        }
        for (PhysicalPlan child : plan.children()) {
            Integer found = of(child, context);
            if (found != null) {
                return found;
            }
        }
        return null;
    }
}
