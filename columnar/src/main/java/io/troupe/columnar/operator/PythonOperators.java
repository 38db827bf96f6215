package io.troupe.columnar.operator;

import io.troupe.planner.physical.PhysicalPlan;

/// The port to operators that hand batches to a Python worker. Implemented in the Python room; the
/// operator builder gets one.
public interface PythonOperators {
    /// Builds the running form of a node whose children are running already, in the order of the
    /// node's children.
    Operator open(PhysicalPlan.PythonEvaluate plan, Operator child, TaskContext context);

    Operator open(PhysicalPlan.PythonMap plan, Operator child, TaskContext context);

    Operator open(PhysicalPlan.PythonGroupMap plan, Operator child, TaskContext context);

    Operator open(
            PhysicalPlan.PythonCogroupMap plan, Operator left, Operator right, TaskContext context);

    Operator open(PhysicalPlan.PythonAggregate plan, Operator child, TaskContext context);
}
