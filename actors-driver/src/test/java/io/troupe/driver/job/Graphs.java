package io.troupe.driver.job;

import io.troupe.columnar.operator.QuerySettings;
import io.troupe.planner.physical.ExchangeReading;
import io.troupe.planner.physical.Partitioning;
import io.troupe.planner.physical.PhysicalPlan;
import io.troupe.planner.stage.Stage;
import io.troupe.planner.stage.StageGraph;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Stage graphs over ranges.
public final class Graphs {
    private static final QuerySettings SETTINGS =
            new QuerySettings(true, "UTC", 0, "tester", "default", Map.of());

    private Graphs() {}

    public static QueryJob job(long query, StageGraph graph) {
        return new QueryJob(query, graph, SETTINGS, "test", Map.of());
    }

    /// One stage: the numbers from 0.
    public static StageGraph range(long rows) {
        return new StageGraph(List.of(new Stage(0, scan(rows), List.of(), null, Set.of())));
    }

    /// Two stages with a shuffle between them.
    public static StageGraph shuffled(long rows, int partitions) {
        Stage map =
                new Stage(
                        0,
                        scan(rows),
                        List.of(),
                        new Partitioning.Hash(List.of(), partitions),
                        Set.of());
        return new StageGraph(List.of(map, new Stage(1, read(0), List.of(0), null, Set.of())));
    }

    /// Three stages with two shuffles.
    public static StageGraph twiceShuffled(long rows, int partitions) {
        Stage map =
                new Stage(
                        0,
                        scan(rows),
                        List.of(),
                        new Partitioning.Hash(List.of(), partitions),
                        Set.of());
        Stage middle =
                new Stage(
                        1,
                        read(0),
                        List.of(0),
                        new Partitioning.Hash(List.of(), partitions),
                        Set.of());
        return new StageGraph(
                List.of(map, middle, new Stage(2, read(1), List.of(1), null, Set.of())));
    }

    /// A stage whose tasks fail.
    public static StageGraph failing() {
        PhysicalPlan plan = new PhysicalPlan.Limit(scan(10), -1, 0);
        return new StageGraph(List.of(new Stage(0, plan, List.of(), null, Set.of())));
    }

    /// Reads a cached plan.
    public static StageGraph cached(long cacheId) {
        PhysicalPlan plan = new PhysicalPlan.CacheScan(0, cacheId, List.of(0), List.of());
        return new StageGraph(List.of(new Stage(0, plan, List.of(), null, Set.of())));
    }

    private static PhysicalPlan scan(long rows) {
        return new PhysicalPlan.RangeScan(0, 0, rows, 1, List.of());
    }

    private static PhysicalPlan read(int exchange) {
        return new PhysicalPlan.ExchangeRead(
                10 + exchange, exchange, List.of(), ExchangeReading.EACH);
    }
}
