package io.troupe.planner.stage;

import io.troupe.planner.physical.Partitioning;
import io.troupe.planner.physical.PhysicalPlan;
import java.util.List;
import java.util.Set;

/// A part of a query without exchanges inside. `id` is unique within the query; a stage that feeds
/// an exchange has the exchange's number. `inputs` are the exchanges that it reads. `output` is
/// null for the result stage. `singleLeaves` are leaves that one task must read alone.
public record Stage(
        int id,
        PhysicalPlan plan,
        List<Integer> inputs,
        Partitioning output,
        Set<Integer> singleLeaves) {
    public boolean isResult() {
        return output == null;
    }
}
