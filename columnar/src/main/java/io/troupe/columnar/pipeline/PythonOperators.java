package io.troupe.columnar.pipeline;

import io.troupe.columnar.operator.Operator;
import io.troupe.columnar.operator.TaskContext;
import io.troupe.planner.physical.PhysicalPlan;
import java.util.List;

/// The port to operators that run Python code. Found with [java.util.ServiceLoader].
public interface PythonOperators {
    /// The operator of a Python plan node over its running children, in their order.
    Operator open(PhysicalPlan node, List<Operator> children, TaskContext context);
}
