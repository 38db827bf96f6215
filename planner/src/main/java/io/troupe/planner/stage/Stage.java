package io.troupe.planner.stage;

import io.troupe.planner.physical.Partitioning;
import io.troupe.planner.physical.PhysicalPlan;
import java.util.List;
import java.util.Set;

/// A part of a query without exchanges inside. `id` is unique within the query; a stage that feeds
/// an exchange has the exchange's number. `inputs` are the exchanges that it reads. `output` is
/// null for the result stage. `singleLeaves` are leaves that one task must read alone. `chosen` are
/// the numbers of the tasks that run at all, null for all.
public record Stage(
        int id,
        PhysicalPlan plan,
        List<Integer> inputs,
        Partitioning output,
        Set<Integer> singleLeaves,
        List<Integer> chosen) {
    /// A stage all of whose tasks run.
    public Stage(
            int id,
            PhysicalPlan plan,
            List<Integer> inputs,
            Partitioning output,
            Set<Integer> singleLeaves) {
        this(id, plan, inputs, output, singleLeaves, null);
    }

    /// The same with only some of its tasks.
    Stage of(List<Integer> tasks) {
        return new Stage(id, plan, inputs, output, singleLeaves, List.copyOf(tasks));
    }

    public boolean isResult() {
        return output == null;
    }
}
