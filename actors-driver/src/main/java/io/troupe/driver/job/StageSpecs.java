package io.troupe.driver.job;

import io.troupe.cluster.protocol.QueryId;
import io.troupe.cluster.protocol.StageId;
import io.troupe.driver.schedule.StageLayout;
import io.troupe.driver.schedule.StageSpec;
import io.troupe.executor.task.StagePlan;
import io.troupe.planner.physical.PhysicalPlan;
import io.troupe.planner.stage.InputSizes;
import io.troupe.planner.stage.Stage;
import io.troupe.planner.stage.StageGraph;
import io.troupe.planner.stage.TaskLayout;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Turns planner stages into what the scheduler takes.
final class StageSpecs {
    private final Map<StageId, StageSpec> specs = new LinkedHashMap<>();

    private StageSpecs() {}

    /// All stages of a job, those of the cached plans that it reads included.
    static List<StageSpec> of(PlannedJob job) {
        StageSpecs all = new StageSpecs();
        all.add(job);
        return new ArrayList<>(all.specs.values());
    }

    private void add(PlannedJob job) {
        job.caches().values().forEach(this::add);
        for (Stage stage : job.graph().stages()) {
            StageId id = new StageId(job.query(), stage.id());
            boolean toCaller = stage.isResult() && job.toCaller();
            List<StageId> inputs = new ArrayList<>();
            stage.inputs().forEach(input -> inputs.add(new StageId(job.query(), input)));
            cachesOf(stage.plan()).forEach(cache -> inputs.add(job.caches().get(cache).target()));
            StagePlan plan = new StagePlan(stage, job.settings(), toCaller);
            int partitions = stage.output() == null ? 1 : stage.output().partitions();
            StageLayout layout =
                    (known, slots) ->
                            TaskLayout.tasks(
                                    stage, slots, new Sizes(job.query(), known, job.caches()));
            specs.put(id, new StageSpec(id, plan, partitions, toCaller, true, inputs, layout));
        }
    }

    /// The cached plans that any stage of a graph reads.
    static Set<Long> cachesOf(StageGraph graph) {
        Set<Long> found = new LinkedHashSet<>();
        graph.stages().forEach(stage -> found.addAll(cachesOf(stage.plan())));
        return found;
    }

    private static Set<Long> cachesOf(PhysicalPlan root) {
        Set<Long> found = new LinkedHashSet<>();
        Deque<PhysicalPlan> pending = new ArrayDeque<>(List.of(root));
        while (!pending.isEmpty()) {
            PhysicalPlan plan = pending.pop();
            if (plan instanceof PhysicalPlan.CacheScan scan) {
                found.add(scan.cacheId());
            }
            pending.addAll(plan.children());
        }
        return found;
    }

    private record Sizes(QueryId query, StageLayout.Inputs known, Map<Long, PlannedJob> caches)
            implements InputSizes {
        @Override
        public boolean measured() {
            return true;
        }

        @Override
        public int producers(int exchange) {
            return known.producers(new StageId(query, exchange));
        }

        @Override
        public long[] partitionBytes(int exchange) {
            return known.partitionBytes(new StageId(query, exchange));
        }

        @Override
        public int cachedPartitions(long cacheId) {
            return known.producers(caches.get(cacheId).target());
        }
    }
}
