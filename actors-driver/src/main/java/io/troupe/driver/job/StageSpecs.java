package io.troupe.driver.job;

import io.troupe.cluster.protocol.QueryId;
import io.troupe.cluster.protocol.StageId;
import io.troupe.columnar.operator.QuerySettings;
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
import java.util.List;
import java.util.Map;

/// Turns planner stages into what the scheduler takes.
final class StageSpecs {
    private final Map<Long, JobRequest.CachedPlan> caches;
    private final Map<StageId, StageSpec> specs = new LinkedHashMap<>();

    private StageSpecs(Map<Long, JobRequest.CachedPlan> caches) {
        this.caches = caches;
    }

    /// All stages of a request, those of its cached plans included.
    static List<StageSpec> of(JobRequest request, Map<Integer, byte[]> bounds) {
        StageSpecs all = new StageSpecs(request.caches());
        request.caches().forEach((id, cache) ->
                all.add(cache.stage().query(), cache.graph(), cache.settings(), Map.of()));
        all.add(request.query(), request.graph(), request.settings(), bounds);
        return new ArrayList<>(all.specs.values());
    }

    private void add(QueryId query, StageGraph graph, QuerySettings settings, Map<Integer, byte[]> bounds) {
        for (Stage stage : graph.stages()) {
            StageId id = new StageId(query, stage.id());
            List<StageId> inputs = new ArrayList<>();
            stage.inputs().forEach(input -> inputs.add(new StageId(query, input)));
            cachesOf(stage.plan()).forEach(cache -> inputs.add(caches.get(cache).stage()));
            StagePlan plan = new StagePlan(stage, settings, bounds.getOrDefault(stage.id(), new byte[0]));
            int partitions = stage.output() == null ? 1 : stage.output().partitions();
            StageLayout layout = (known, slots) ->
                    TaskLayout.tasks(stage, slots, new Sizes(query, known, caches));
            specs.put(id, new StageSpec(id, plan, partitions, stage.isResult(), true, inputs, layout));
        }
    }

    private static List<Long> cachesOf(PhysicalPlan root) {
        List<Long> found = new ArrayList<>();
        Deque<PhysicalPlan> todo = new ArrayDeque<>(List.of(root));
        while (!todo.isEmpty()) {
            PhysicalPlan plan = todo.pop();
            if (plan instanceof PhysicalPlan.CacheScan scan && !found.contains(scan.cacheId())) {
                found.add(scan.cacheId());
            }
            todo.addAll(plan.children());
        }
        return found;
    }

    private record Sizes(QueryId query, StageLayout.Inputs known, Map<Long, JobRequest.CachedPlan> caches)
            implements InputSizes {
        @Override
        public long[] partitionBytes(int exchange) {
            return known.partitionBytes(new StageId(query, exchange));
        }

        @Override
        public int cachedPartitions(long cacheId) {
            return known.producers(caches.get(cacheId).stage());
        }
    }
}
