package io.troupe.columnar.pipeline;

import io.troupe.columnar.operator.Operator;
import io.troupe.planner.physical.PhysicalPlan;
import java.util.List;
import java.util.ServiceLoader;

/// Plan nodes that run Python, by way of the Python room's operators.
final class PythonNodes {
    private static final PythonOperators OPERATORS =
            ServiceLoader.load(PythonOperators.class, PythonOperators.class.getClassLoader())
                    .findFirst()
                    .orElse(null);

    private PythonNodes() {}

    static Operator open(OperatorBuilder builder, PhysicalPlan node) {
        if (OPERATORS == null) {
            throw new IllegalStateException(
                    "no provider of "
                            + PythonOperators.class.getName()
                            + " on the class path: add the pybridge jar");
        }
        List<Operator> children = node.children().stream().map(builder::open).toList();
        return OPERATORS.open(node, children, builder.context());
    }
}
