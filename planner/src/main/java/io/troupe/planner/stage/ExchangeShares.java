package io.troupe.planner.stage;

import io.troupe.planner.physical.ExchangeReading;
import io.troupe.planner.physical.PhysicalPlan;
import io.troupe.planner.physical.PhysicalPlan.AggregateMode;
import io.troupe.planner.physical.PhysicalPlan.BuildSide;
import io.troupe.planner.physical.PhysicalPlan.ExchangeRead;
import io.troupe.planner.physical.PhysicalPlans;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Divides exchanges among a stage's tasks by the sizes that they turned out to have: neighbouring
/// small partitions go to one task; a partition of a join that is much larger than a task's share
/// is divided by the tasks that wrote it, each part meeting all of the other side's partition.
///
/// Exchanges read side by side are divided alike. Nothing is merged or divided where a number of
/// partitions was asked for or can be seen.
final class ExchangeShares {
    /// Less is not worth a task (Spark: `coalescePartitions.minPartitionSize`).
    private static final long MIN_BYTES = 1L << 20;

    private static final long MAX_BYTES = 64L << 20;

    /// Tasks per slot that are aimed at, so that slots finish at about the same time.
    private static final int TASKS_PER_SLOT = 2;

    /// A partition smaller than this is never divided.
    private static final long DIVIDED_BYTES = 16L << 20;

    private final int slots;
    private final InputSizes sizes;
    private final Map<Integer, List<LeafInput>> shares = new HashMap<>();

    /// Some of a leaf's partitions, or one partition's part `piece` of `pieces`.
    private record Slice(int from, int to, int piece, int pieces) {}

    ExchangeShares(Stage stage, int slots, InputSizes sizes) {
        this.slots = slots;
        this.sizes = sizes;
        if (sizes.measured() && stage.chosen() == null && !numbersPartitions(stage.plan())) {
            divideRegions(stage.plan());
        }
    }

    /// The shares of one exchange, in order.
    List<LeafInput> of(ExchangeRead read) {
        if (read.reading() == ExchangeReading.BY_PRODUCER) {
            return byProducer(read);
        }
        List<LeafInput> known = shares.get(read.leaf());
        return known != null
                ? known
                : shares(read, plain(sizes.partitionBytes(read.exchange()).length), -1);
    }

    /// Python code is told which partition it works on.
    private static boolean numbersPartitions(PhysicalPlan plan) {
        return plan instanceof PhysicalPlan.PythonMap
                || plan.children().stream().anyMatch(ExchangeShares::numbersPartitions);
    }

    /// Each child of a union has tasks of its own.
    private void divideRegions(PhysicalPlan plan) {
        List<ExchangeRead> reads = new ArrayList<>();
        if (collect(plan, reads)) {
            divide(plan, reads);
            return;
        }
        PhysicalPlans.forEach(
                plan,
                node -> {
                    if (node instanceof PhysicalPlan.Union union) {
                        for (PhysicalPlan child : union.children()) {
                            List<ExchangeRead> own = new ArrayList<>();
                            if (collect(child, own)) {
                                divide(child, own);
                            }
                        }
                    }
                });
    }

    /// Gathers what is read side by side.
    ///
    /// @return whether the sizes may decide
    private static boolean collect(PhysicalPlan plan, List<ExchangeRead> reads) {
        if (plan instanceof ExchangeRead read) {
            if (!read.broadcast()) {
                reads.add(read);
            }
            return read.broadcast() || read.reading() == ExchangeReading.BY_SIZE;
        }
        if (plan instanceof PhysicalPlan.Leaf || plan instanceof PhysicalPlan.Union) {
            return false;
        }
        return plan.children().stream().allMatch(child -> collect(child, reads));
    }

    private void divide(PhysicalPlan region, List<ExchangeRead> reads) {
        if (reads.isEmpty()) {
            return;
        }
        long[] all = sizes.partitionBytes(reads.getFirst().exchange()).clone();
        for (ExchangeRead read : reads.subList(1, reads.size())) {
            long[] own = sizes.partitionBytes(read.exchange());
            if (own.length != all.length) {
                return;
            }
            for (int p = 0; p < own.length; p++) {
                all[p] += own[p];
            }
        }
        ExchangeRead probe = probe(region, false);
        List<Slice> slices = slices(all, probe);
        for (ExchangeRead read : reads) {
            shares.put(
                    read.leaf(),
                    shares(read, slices, read == probe ? sizes.producers(read.exchange()) : -1));
        }
    }

    private List<Slice> slices(long[] all, ExchangeRead probe) {
        long total = 0;
        for (long bytes : all) {
            total += bytes;
        }
        long target = Math.clamp(total / ((long) slots * TASKS_PER_SLOT), MIN_BYTES, MAX_BYTES);
        List<Slice> slices = new ArrayList<>();
        int from = 0;
        long held = 0;
        for (int p = 0; p < all.length; p++) {
            int pieces = probe == null ? 1 : pieces(all[p], p, probe, target);
            if (p > from && (pieces > 1 || held + all[p] > target)) {
                slices.add(new Slice(from, p, 0, 1));
                from = p;
                held = 0;
            }
            held += all[p];
            if (pieces > 1) {
                for (int piece = 0; piece < pieces; piece++) {
                    slices.add(new Slice(p, p + 1, piece, pieces));
                }
                from = p + 1;
                held = 0;
            }
        }
        if (from < all.length) {
            slices.add(new Slice(from, all.length, 0, 1));
        }
        return slices;
    }

    /// Into how many parts a partition is divided. Each part builds the other side's table once
    /// more, so that side must be small against it.
    private int pieces(long bytes, int partition, ExchangeRead probe, long target) {
        long probed = sizes.partitionBytes(probe.exchange())[partition];
        if (probed < DIVIDED_BYTES || probed < 2 * target) {
            return 1;
        }
        long wanted = Math.ceilDiv(probed, target);
        long worthwhile = 1 + probed / Math.max(1, 4 * (bytes - probed));
        return (int) Math.min(Math.min(wanted, worthwhile), sizes.producers(probe.exchange()));
    }

    private static List<Slice> plain(int partitions) {
        List<Slice> slices = new ArrayList<>();
        for (int p = 0; p < partitions; p++) {
            slices.add(new Slice(p, p + 1, 0, 1));
        }
        return slices;
    }

    /// @param producers tasks that wrote what is divided; -1 for what every part reads whole
    private static List<LeafInput> shares(ExchangeRead read, List<Slice> slices, int producers) {
        List<LeafInput> inputs = new ArrayList<>();
        for (Slice slice : slices) {
            boolean part = producers >= 0 && slice.pieces() > 1;
            inputs.add(
                    new LeafInput.Partitions(
                            read.leaf(),
                            inputs.size(),
                            slice.from(),
                            slice.to(),
                            part ? part(producers, slice.piece(), slice.pieces()) : 0,
                            part
                                    ? part(producers, slice.piece() + 1, slice.pieces())
                                    : Integer.MAX_VALUE));
        }
        return inputs;
    }

    private static int part(int producers, int piece, int pieces) {
        return (int) ((long) producers * piece / pieces);
    }

    private List<LeafInput> byProducer(ExchangeRead read) {
        int producers = sizes.producers(read.exchange());
        int tasks = Math.min(producers, slots * TASKS_PER_SLOT);
        List<LeafInput> inputs = new ArrayList<>();
        for (int task = 0; task < tasks; task++) {
            inputs.add(
                    new LeafInput.Producers(
                            read.leaf(),
                            read.exchange(),
                            part(producers, task, tasks),
                            part(producers, task + 1, tasks)));
        }
        return inputs;
    }

    /// The exchange whose rows may meet a join in several parts: each row passes up to the stage's
    /// end by itself.
    ///
    /// @param joined whether a join that was not broadcast lies above
    private static ExchangeRead probe(PhysicalPlan plan, boolean joined) {
        return switch (plan) {
            case ExchangeRead read -> joined && !read.broadcast() ? read : null;
            case PhysicalPlan.HashJoin join -> {
                boolean buildLeft = join.build() == BuildSide.LEFT;
                yield passesRowsByThemselves(join)
                        ? probe(
                                buildLeft ? join.right() : join.left(),
                                joined || !join.broadcastBuild())
                        : null;
            }
            case PhysicalPlan.HashAggregate aggregate ->
                    aggregate.mode() == AggregateMode.PARTIAL
                            ? probe(aggregate.child(), joined)
                            : null;
            case PhysicalPlan.Project node -> probe(node.child(), joined);
            case PhysicalPlan.Filter node -> probe(node.child(), joined);
            case PhysicalPlan.TopN node -> probe(node.child(), joined);
            case PhysicalPlan.GroupTop node -> probe(node.child(), joined);
            case PhysicalPlan.Limit node -> probe(node.child(), joined);
            case PhysicalPlan.Expand node -> probe(node.child(), joined);
            case PhysicalPlan.Generate node -> probe(node.child(), joined);
            case PhysicalPlan.PythonEvaluate node -> probe(node.child(), joined);
            case PhysicalPlan.CollectMetrics node -> probe(node.child(), joined);
            case PhysicalPlan.WriteFiles node -> probe(node.child(), joined);
            default -> null;
        };
    }

    /// Whether what a join gives for a probe row depends on no other probe row.
    private static boolean passesRowsByThemselves(PhysicalPlan.HashJoin join) {
        return switch (join.kind()) {
            case INNER -> true;
            case LEFT, LEFT_SEMI, LEFT_ANTI, EXISTENCE -> join.build() == BuildSide.RIGHT;
            case RIGHT -> join.build() == BuildSide.LEFT;
            case FULL, NULL_AWARE_ANTI -> false;
        };
    }
}
