package io.troupe.planner.physical;

import io.troupe.planner.expression.Attribute;
import io.troupe.planner.expression.Call;
import io.troupe.planner.expression.Literal;
import io.troupe.planner.expression.Named;
import io.troupe.planner.expression.SortOrder;
import io.troupe.planner.logical.Limit;
import io.troupe.planner.logical.Sort;
import io.troupe.planner.type.AtomicType;
import java.util.ArrayList;
import java.util.List;

/// Plans orders of rows: of a whole result, of its first rows, and partitions by order.
final class SortPlanner {
    /// Below this one task sorts all: dividing rows by order costs three more stages.
    private static final double RANGE_BYTES = 32 << 20;

    /// Rows of the sample for each partition. Spark's is three times 20 (`RangePartitioner`), of
    /// which it weighs those of larger partitions more; here each row has the same chance.
    private static final long SAMPLE_ROWS = 100;

    private final PhysicalPlanner planner;

    SortPlanner(PhysicalPlanner planner) {
        this.planner = planner;
    }

    Planned sort(Sort sort) {
        Planned child = planner.planned(sort.child());
        PhysicalPlan local = new PhysicalPlan.Sort(child.plan(), sort.orders());
        if (!sort.global() || child.distribution().isSingle()) {
            return new Planned(local, child.distribution());
        }
        double bytes = planner.bytes(sort.child());
        int partitions = planner.context.partitions(bytes);
        Planned divided =
                bytes < RANGE_BYTES || partitions == 1
                        ? planner.toSingle(child)
                        : ranges(child, sort.orders(), partitions, planner.bySize());
        return new Planned(
                new PhysicalPlan.Sort(divided.plan(), sort.orders()), divided.distribution());
    }

    /// Divides rows by order. What the child gives stays where it was made until bounds are known:
    /// it is read twice, for a sample and to be divided, and computed once.
    Planned ranges(Planned child, List<SortOrder> orders, int partitions, ExchangeReading reading) {
        PhysicalPlan.Exchange unmoved =
                (PhysicalPlan.Exchange)
                        planner.exchange(child, new Partitioning.Unmoved(), Distribution.SPREAD)
                                .plan();
        PhysicalPlan.Exchange bounds = bounds(unmoved, orders, SAMPLE_ROWS * partitions);
        return new Planned(
                new PhysicalPlan.Exchange(
                        unmoved,
                        planner.nextExchange(),
                        new Partitioning.Range(orders, partitions, bounds.exchange()),
                        reading,
                        bounds),
                Distribution.SPREAD);
    }

    /// Some rows of the sort keys, taken at random, in order: those with the smallest random
    /// numbers, first of each task, then of all.
    private PhysicalPlan.Exchange bounds(
            PhysicalPlan.Exchange rows, List<SortOrder> orders, long count) {
        List<Named> columns = new ArrayList<>();
        List<SortOrder> sampled = new ArrayList<>();
        for (SortOrder order : orders) {
            Attribute key =
                    planner.context
                            .ids()
                            .attribute(
                                    "key",
                                    order.expression().type(),
                                    order.expression().nullable());
            columns.add(new Named(key, order.expression()));
            sampled.add(new SortOrder(key, order.ascending(), order.nullsFirst()));
        }
        List<Named> keys = columns.stream().map(Named::output).map(Named::of).toList();
        Attribute lot = planner.context.ids().attribute("lot", AtomicType.DOUBLE, false);
        columns.add(
                new Named(
                        lot, new Call("rand", List.of(Literal.of(0L)), AtomicType.DOUBLE, false)));
        List<SortOrder> byLot = List.of(new SortOrder(lot, true, true));
        PhysicalPlan read =
                new PhysicalPlan.ExchangeRead(
                        planner.nextLeaf(), rows.exchange(), rows.output(), rows.reading());
        PhysicalPlan ofTask =
                new PhysicalPlan.TopN(new PhysicalPlan.Project(read, columns), byLot, count, 0);
        Planned gathered = planner.toSingle(new Planned(ofTask, Distribution.SPREAD));
        PhysicalPlan sample =
                new PhysicalPlan.Project(
                        new PhysicalPlan.Sort(
                                new PhysicalPlan.TopN(gathered.plan(), byLot, count, 0), sampled),
                        keys);
        return (PhysicalPlan.Exchange)
                planner.exchange(
                                new Planned(sample, Distribution.SINGLE),
                                new Partitioning.Broadcast(),
                                Distribution.SPREAD)
                        .plan();
    }

    /// The first rows of a sort are found without sorting all.
    Planned limit(Limit limit) {
        boolean bounded = limit.count() != Limit.NO_LIMIT;
        if (bounded && limit.child() instanceof Sort sort && sort.global()) {
            Planned child = planner.planned(sort.child());
            if (!child.distribution().isSingle()) {
                long needed = Math.addExact(limit.count(), limit.offset());
                PhysicalPlan partial =
                        new PhysicalPlan.TopN(child.plan(), sort.orders(), needed, 0);
                child = planner.toSingle(new Planned(partial, Distribution.SPREAD));
            }
            return new Planned(
                    new PhysicalPlan.TopN(
                            child.plan(), sort.orders(), limit.count(), limit.offset()),
                    Distribution.SINGLE);
        }
        Planned child = planner.planned(limit.child());
        if (!child.distribution().isSingle()) {
            if (bounded) {
                long needed = Math.addExact(limit.count(), limit.offset());
                child =
                        new Planned(
                                new PhysicalPlan.Limit(child.plan(), needed, 0),
                                Distribution.SPREAD);
            }
            child = planner.toSingle(child);
        }
        return new Planned(
                new PhysicalPlan.Limit(child.plan(), limit.count(), limit.offset()),
                Distribution.SINGLE);
    }
}
