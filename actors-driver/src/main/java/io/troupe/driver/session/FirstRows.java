package io.troupe.driver.session;

import io.troupe.columnar.vector.Batch;
import io.troupe.driver.job.JobHandle;
import io.troupe.planner.physical.Partitioning;
import io.troupe.planner.physical.PhysicalPlan;
import io.troupe.planner.physical.PhysicalPlans;
import io.troupe.planner.physical.PhysicalQuery;
import io.troupe.planner.stage.StageCutter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.IntStream;

/// The first rows of a query without exchanges: its partitions are computed in their order, some at
/// a time, until there are enough. Spark does so too (`CollectLimitExec`), beginning with one.
final class FirstRows implements JobHandle {
    /// As Spark's `spark.sql.limit.scaleUpFactor`.
    private static final int GROWTH = 4;

    private final Function<List<Integer>, JobHandle> start;
    private final int partitions;
    private long wanted;
    private int begun;
    private int wave;
    private JobHandle current;

    /// @param start computes some partitions, each of which gives no more than `wanted` rows
    /// @param partitions how many there are
    /// @param first how many are computed at first
    FirstRows(Function<List<Integer>, JobHandle> start, int partitions, long wanted, int first) {
        this.start = start;
        this.partitions = partitions;
        this.wanted = wanted;
        this.wave = first;
        this.current = nextWave();
    }

    /// How many rows a query gives at most, where partitions can be computed until there are so
    /// many; else -1.
    static long wanted(PhysicalQuery query) {
        PhysicalPlan below = query.root();
        while (below instanceof PhysicalPlan.Project project) {
            below = project.child();
        }
        if (below instanceof PhysicalPlan.Limit limit
                && limit.offset() == 0
                && limit.child() instanceof PhysicalPlan.Exchange exchange
                && exchange.partitioning() instanceof Partitioning.Single
                && exchange.child() instanceof PhysicalPlan.Limit partial
                && query.shared().isEmpty()
                && isOneStage(partial)) {
            return limit.count();
        }
        return -1;
    }

    /// How many partitions a cache has is known to the scheduler alone.
    private static boolean isOneStage(PhysicalPlan plan) {
        List<PhysicalPlan> others = new ArrayList<>();
        PhysicalPlans.forEach(
                plan,
                node -> {
                    if (node instanceof PhysicalPlan.Exchange
                            || node instanceof PhysicalPlan.ExchangeRead
                            || node instanceof PhysicalPlan.CacheScan
                            || node instanceof PhysicalPlan.CollectMetrics) {
                        others.add(node);
                    }
                });
        return others.isEmpty();
    }

    /// The query whose result's partitions each give no more rows than are wanted of all.
    static QueryCompiler.Compiled ofPartitions(QueryCompiler.Compiled compiled) {
        PhysicalQuery query = compiled.physical();
        PhysicalQuery spread =
                new PhysicalQuery(
                        withoutExchange(query.root()), query.shared(), query.singleLeaves());
        return new QueryCompiler.Compiled(
                compiled.optimized(), spread, StageCutter.cut(spread), compiled.planningNanos());
    }

    private static PhysicalPlan withoutExchange(PhysicalPlan plan) {
        return plan instanceof PhysicalPlan.Limit limit
                ? ((PhysicalPlan.Exchange) limit.child()).child()
                : PhysicalPlans.mapChildren(plan, FirstRows::withoutExchange);
    }

    private JobHandle nextWave() {
        int from = begun;
        begun = (int) Math.min(partitions, (long) begun + wave);
        wave = Math.max(wave, begun * GROWTH);
        return start.apply(IntStream.range(from, begun).boxed().toList());
    }

    @Override
    public Batch next() {
        while (wanted > 0) {
            Batch batch = current.next();
            if (batch != null) {
                Batch kept = first(batch, wanted);
                wanted -= kept.selected();
                return kept;
            }
            if (begun == partitions) {
                return null;
            }
            current.close();
            current = nextWave();
        }
        return null;
    }

    private static Batch first(Batch batch, long most) {
        return batch.selected() <= most
                ? batch
                : new Batch(
                        batch.columns(),
                        batch.rowCount(),
                        IntStream.range(0, (int) most).map(batch::row).toArray(),
                        (int) most);
    }

    /// Those of the partitions that were computed last.
    @Override
    public Map<Integer, Map<String, Long>> metrics() {
        return current.metrics();
    }

    @Override
    public List<byte[]> observed(String observation) {
        return current.observed(observation);
    }

    @Override
    public void close() {
        current.close();
    }
}
