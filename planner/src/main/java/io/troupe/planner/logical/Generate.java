package io.troupe.planner.logical;

import io.troupe.planner.expression.Attribute;
import io.troupe.planner.expression.GeneratorCall;
import java.util.ArrayList;
import java.util.List;

/// Applies a generator to each row; `outer` keeps rows that generate nothing. Output: the child's,
/// then `generated`.
public record Generate(
        LogicalPlan child, GeneratorCall generator, boolean outer, List<Attribute> generated)
        implements LogicalPlan {
    @Override
    public List<Attribute> output() {
        List<Attribute> output = new ArrayList<>(child.output());
        output.addAll(generated);
        return output;
    }

    @Override
    public List<LogicalPlan> children() {
        return List.of(child);
    }

    @Override
    public LogicalPlan withChildren(List<LogicalPlan> children) {
        return new Generate(children.getFirst(), generator, outer, generated);
    }
}
