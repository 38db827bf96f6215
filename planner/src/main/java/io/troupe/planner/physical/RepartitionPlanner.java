package io.troupe.planner.physical;

import io.troupe.planner.expression.Attribute;
import io.troupe.planner.expression.Cast;
import io.troupe.planner.expression.Expression;
import io.troupe.planner.expression.SortOrder;
import io.troupe.planner.logical.Repartition;
import io.troupe.planner.type.AtomicType;
import java.util.List;

/// Plans the exchanges that users ask for.
final class RepartitionPlanner {
    private final PhysicalPlanner planner;

    RepartitionPlanner(PhysicalPlanner planner) {
        this.planner = planner;
    }

    Planned plan(Repartition repartition) {
        Planned child = planner.planned(repartition.child());
        int partitions =
                repartition.partitions() > 0
                        ? repartition.partitions()
                        : planner.context.partitions(planner.bytes(repartition.child()));
        if (partitions == 1) {
            return planner.toSingle(child);
        }
        boolean byKeys = !repartition.by().isEmpty();
        ExchangeReading reading =
                repartition.partitions() > 0 ? ExchangeReading.EACH : planner.bySize();
        return switch (repartition.kind()) {
            case COALESCE ->
                    child.distribution().isSingle() ? child : roundRobin(child, partitions);
            case ROUND_ROBIN -> roundRobin(child, partitions);
            case ID ->
                    planner.exchange(
                            child,
                            new Partitioning.ById(
                                    new Cast(
                                            repartition.by().getFirst().expression(),
                                            AtomicType.INTEGER,
                                            Cast.Mode.ANSI),
                                    partitions),
                            Distribution.SPREAD);
            case HASH -> {
                List<Expression> keys =
                        repartition.by().stream().map(SortOrder::expression).toList();
                yield byKeys
                        ? planner.exchange(
                                child,
                                new Partitioning.Hash(keys, partitions),
                                reading,
                                hashed(keys, partitions))
                        : roundRobin(child, partitions);
            }
            case RANGE ->
                    byKeys
                            ? new SortPlanner(planner)
                                    .ranges(child, repartition.by(), partitions, reading)
                            : roundRobin(child, partitions);
        };
    }

    Planned roundRobin(Planned child, int partitions) {
        return planner.exchange(
                child, new Partitioning.RoundRobin(partitions), Distribution.SPREAD);
    }

    private static Distribution hashed(List<Expression> keys, int partitions) {
        boolean plain = keys.stream().allMatch(Attribute.class::isInstance);
        return plain
                ? new Distribution.Hashed(
                        keys.stream().map(Attribute.class::cast).toList(), partitions)
                : Distribution.SPREAD;
    }
}
