package io.troupe.planner.physical;

import io.troupe.planner.error.TroupeException;
import io.troupe.planner.expression.Attribute;
import io.troupe.planner.expression.Expression;
import io.troupe.planner.expression.Named;
import io.troupe.planner.logical.Aggregation;
import io.troupe.planner.logical.CachedData;
import io.troupe.planner.logical.CommonTableScan;
import io.troupe.planner.logical.Expand;
import io.troupe.planner.logical.Filter;
import io.troupe.planner.logical.Generate;
import io.troupe.planner.logical.Hinted;
import io.troupe.planner.logical.Join;
import io.troupe.planner.logical.Limit;
import io.troupe.planner.logical.LocalData;
import io.troupe.planner.logical.LocalTable;
import io.troupe.planner.logical.LogicalPlan;
import io.troupe.planner.logical.Observe;
import io.troupe.planner.logical.OneRow;
import io.troupe.planner.logical.Project;
import io.troupe.planner.logical.PythonCogroupMap;
import io.troupe.planner.logical.PythonGroupMap;
import io.troupe.planner.logical.PythonMap;
import io.troupe.planner.logical.Range;
import io.troupe.planner.logical.Repartition;
import io.troupe.planner.logical.Sample;
import io.troupe.planner.logical.Scan;
import io.troupe.planner.logical.Sort;
import io.troupe.planner.logical.Tail;
import io.troupe.planner.logical.Union;
import io.troupe.planner.logical.Window;
import io.troupe.planner.logical.WithCommonTable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Turns an optimized logical plan into physical operators: chooses join forms and build sides,
/// splits aggregations and top-N into a partial and a final part, and puts an
/// [PhysicalPlan.Exchange] wherever rows must move.
///
/// Logical forms that only the optimizer removes (Distinct, SetOperation, subqueries, lateral
/// joins) must not reach it.
public final class PhysicalPlanner {
    final PlanningContext context;
    private final JoinPlanner joins;
    private final AggregationPlanner aggregations;
    private final PythonPlanner python;
    private final Map<Long, PhysicalPlan.ExchangeRead> commonTables = new HashMap<>();
    private final List<PhysicalPlan.Exchange> shared = new ArrayList<>();
    private final Set<Integer> singleLeaves = new HashSet<>();
    private int leaves;
    private int exchanges;

    private PhysicalPlanner(PlanningContext context) {
        this.context = context;
        this.joins = new JoinPlanner(this);
        this.aggregations = new AggregationPlanner(this);
        this.python = new PythonPlanner(this);
    }

    public static PhysicalQuery plan(LogicalPlan plan, PlanningContext context) {
        PhysicalPlanner planner = new PhysicalPlanner(context);
        PhysicalPlan root = planner.planned(plan).plan();
        return RuntimeFilterPlacement.place(
                new PhysicalQuery(
                        root, List.copyOf(planner.shared), Set.copyOf(planner.singleLeaves)));
    }

    int nextLeaf() {
        return leaves++;
    }

    ExchangeReading bySize() {
        return context.adaptive() ? ExchangeReading.BY_SIZE : ExchangeReading.EACH;
    }

    int nextExchange() {
        return exchanges++;
    }

    Planned exchange(Planned child, Partitioning partitioning, Distribution distribution) {
        ExchangeReading reading = ExchangeReading.of(partitioning);
        return exchange(
                child,
                partitioning,
                reading == ExchangeReading.BY_SIZE ? bySize() : reading,
                distribution);
    }

    Planned exchange(
            Planned child,
            Partitioning partitioning,
            ExchangeReading reading,
            Distribution distribution) {
        return new Planned(
                new PhysicalPlan.Exchange(
                        child.plan(), nextExchange(), partitioning, reading, null),
                distribution);
    }

    Planned toSingle(Planned child) {
        return child.distribution().isSingle()
                ? child
                : exchange(child, new Partitioning.Single(), Distribution.SINGLE);
    }

    /// Brings rows with equal `keys` together; keys that are not plain columns are computed first.
    Planned cluster(Planned child, List<Attribute> keys, double bytes) {
        if (child.distribution().clusters(keys)) {
            return child;
        }
        if (keys.isEmpty()) {
            return toSingle(child);
        }
        int partitions = context.partitions(bytes);
        return exchange(
                child,
                new Partitioning.Hash(List.<Expression>copyOf(keys), partitions),
                new Distribution.Hashed(keys, partitions));
    }

    double rows(LogicalPlan plan) {
        return context.estimator().estimate(plan).rows();
    }

    double bytes(LogicalPlan plan) {
        return context.estimator().estimate(plan).bytes(plan.output());
    }

    @SuppressWarnings("checkstyle:MethodLength")
    Planned planned(LogicalPlan plan) {
        return switch (plan) {
            case Scan scan -> scan(scan);
            case LocalData local ->
                    leaf(
                            new PhysicalPlan.LocalScan(nextLeaf(), local.table(), local.output()),
                            local.table().rows());
            case Range range -> range(range);
            case OneRow _ ->
                    leaf(
                            new PhysicalPlan.LocalScan(
                                    nextLeaf(), new LocalTable.Rows(List.of(List.of())), List.of()),
                            1);
            case CachedData cached -> {
                List<Attribute> all = cached.plan().output();
                List<Integer> positions = cached.output().stream().map(all::indexOf).toList();
                yield new Planned(
                        new PhysicalPlan.CacheScan(
                                nextLeaf(), cached.cacheId(), positions, cached.output()),
                        Distribution.SPREAD);
            }
            case Project project -> python.project(project, planned(project.child()));
            case Filter filter ->
                    python.filter(
                            filter,
                            filter.child() instanceof Window window
                                    ? new WindowPlanner(this).below(filter, window)
                                    : planned(filter.child()));
            case Aggregation aggregation -> aggregations.plan(aggregation);
            case Join join -> joins.plan(join);
            case Sort sort -> new SortPlanner(this).sort(sort);
            case Limit limit -> new SortPlanner(this).limit(limit);
            case Tail tail -> {
                Planned child = planned(tail.child());
                yield new Planned(
                        new PhysicalPlan.Tail(toSingle(child).plan(), tail.count()),
                        Distribution.SINGLE);
            }
            case Union union -> union(union);
            case Window window -> new WindowPlanner(this).plan(window);
            case Expand expand -> {
                Planned child = planned(expand.child());
                yield new Planned(
                        new PhysicalPlan.Expand(
                                child.plan(), expand.projections(), expand.output()),
                        spreadUnlessSingle(child));
            }
            case Generate generate -> python.generate(generate, planned(generate.child()));
            case Sample sample -> {
                Planned child = planned(sample.child());
                yield new Planned(
                        new PhysicalPlan.Sample(
                                child.plan(),
                                sample.lower(),
                                sample.upper(),
                                sample.replacement(),
                                sample.seed()),
                        child.distribution());
            }
            case Repartition repartition -> new RepartitionPlanner(this).plan(repartition);
            case WithCommonTable with -> commonTable(with);
            case CommonTableScan scan -> commonTableScan(scan);
            case PythonMap map -> python.map(map);
            case PythonGroupMap map -> python.groupMap(map);
            case PythonCogroupMap map -> python.cogroupMap(map);
            case Observe observe -> new AggregationPlanner(this).observe(observe);
            case Hinted hinted -> planned(hinted.child());
            default ->
                    throw new TroupeException(
                            TroupeException.Kind.SparkException,
                            "INTERNAL_ERROR",
                            "XX000",
                            "No physical form for "
                                    + plan.getClass().getSimpleName()
                                    + " after optimization.",
                            Map.of());
        };
    }

    private static Distribution spreadUnlessSingle(Planned child) {
        return child.distribution().isSingle() ? Distribution.SINGLE : Distribution.SPREAD;
    }

    private Planned leaf(PhysicalPlan.Leaf leaf, double rows) {
        if (rows > context.singleTaskRows()) {
            return new Planned(leaf, Distribution.SPREAD);
        }
        singleLeaves.add(leaf.leaf());
        return new Planned(leaf, Distribution.SINGLE);
    }

    private Planned scan(Scan scan) {
        Scan unfiltered = new Scan(scan.relation(), scan.output(), List.of());
        return leaf(
                new PhysicalPlan.FileScan(
                        nextLeaf(), scan.relation(), scan.output(), scan.filters(), List.of()),
                Math.max(rows(unfiltered), scan.relation().bytes() / 16.0));
    }

    private Planned range(Range range) {
        PhysicalPlan.Leaf plan =
                new PhysicalPlan.RangeScan(
                        nextLeaf(),
                        range.start(),
                        range.end(),
                        range.step(),
                        range.output(),
                        range.partitions());
        return leaf(plan, range.partitions() > 1 ? Double.MAX_VALUE : rows(range));
    }

    private Planned union(Union union) {
        List<PhysicalPlan> children = new ArrayList<>();
        boolean single = true;
        for (LogicalPlan child : union.children()) {
            Planned planned = planned(child);
            single &= planned.distribution().isSingle();
            children.add(planned.plan());
        }
        return new Planned(
                new PhysicalPlan.Union(children, union.output()),
                single ? Distribution.SINGLE : Distribution.SPREAD);
    }

    /// Adds a projection when a key is not a plain column; `keys` receives, per expression, the
    /// column that holds it.
    Planned computed(Planned child, List<? extends Expression> expressions, List<Named> keys) {
        List<Named> columns = new ArrayList<>();
        child.plan().output().forEach(attribute -> columns.add(Named.of(attribute)));
        int before = columns.size();
        for (Expression expression : expressions) {
            if (expression instanceof Attribute attribute) {
                keys.add(Named.of(attribute));
            } else {
                Named key =
                        new Named(
                                context.ids()
                                        .attribute("key", expression.type(), expression.nullable()),
                                expression);
                keys.add(key);
                columns.add(key);
            }
        }
        return columns.size() == before
                ? child
                : new Planned(
                        new PhysicalPlan.Project(child.plan(), columns), child.distribution());
    }

    /// Drops helper columns that the logical plan does not have.
    static PhysicalPlan narrowed(PhysicalPlan plan, List<Attribute> output) {
        return plan.output().equals(output)
                ? plan
                : new PhysicalPlan.Project(plan, output.stream().map(Named::of).toList());
    }

    private Planned commonTable(WithCommonTable with) {
        // The estimator learns the table's size here, before its uses are asked for theirs.
        context.estimator().estimate(with);
        Planned definition = planned(with.definition());
        Planned exchange =
                definition.distribution().isSingle()
                        ? exchange(definition, new Partitioning.Single(), Distribution.SINGLE)
                        : new RepartitionPlanner(this)
                                .roundRobin(
                                        definition, context.partitions(bytes(with.definition())));
        PhysicalPlan.Exchange node = (PhysicalPlan.Exchange) exchange.plan();
        shared.add(node);
        commonTables.put(
                with.id(),
                new PhysicalPlan.ExchangeRead(
                        -1, node.exchange(), definition.plan().output(), node.reading()));
        return planned(with.child());
    }

    private Planned commonTableScan(CommonTableScan scan) {
        PhysicalPlan.ExchangeRead read = commonTables.get(scan.id());
        PhysicalPlan.Exchange producer =
                shared.stream()
                        .filter(node -> node.exchange() == read.exchange())
                        .findFirst()
                        .orElseThrow();
        PhysicalPlan leaf =
                new PhysicalPlan.ExchangeRead(
                        nextLeaf(), read.exchange(), read.output(), read.reading());
        List<Named> columns = new ArrayList<>();
        for (int i = 0; i < scan.output().size(); i++) {
            columns.add(new Named(scan.output().get(i), scan.source().get(i)));
        }
        return new Planned(
                new PhysicalPlan.Project(leaf, columns),
                producer.partitioning().partitions() == 1
                        ? Distribution.SINGLE
                        : Distribution.SPREAD);
    }
}
