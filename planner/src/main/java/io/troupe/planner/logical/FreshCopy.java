package io.troupe.planner.logical;

import io.troupe.planner.expression.Aggregate;
import io.troupe.planner.expression.Attribute;
import io.troupe.planner.expression.AttributeIds;
import io.troupe.planner.expression.Expression;
import io.troupe.planner.expression.Expressions;
import io.troupe.planner.expression.Named;
import io.troupe.planner.expression.OuterReference;
import io.troupe.planner.expression.Subquery;
import io.troupe.planner.expression.WindowColumn;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// A copy of a plan in which every column has a new identity.
public final class FreshCopy {
    private final AttributeIds ids;
    private final Map<Attribute, Attribute> renamed = new HashMap<>();

    /// New ids of the common tables that are bound within the copied plan.
    private final Map<Long, Long> tables = new HashMap<>();

    private LogicalPlan plan;

    private FreshCopy(AttributeIds ids) {
        this.ids = ids;
    }

    public static FreshCopy of(LogicalPlan plan, AttributeIds ids) {
        FreshCopy copy = new FreshCopy(ids);
        copy.plan = copy.copy(plan);
        return copy;
    }

    public LogicalPlan plan() {
        return plan;
    }

    /// The copy's column for one of the original's.
    public Attribute renamed(Attribute attribute) {
        return renamed.getOrDefault(attribute, attribute);
    }

    private Attribute fresh(Attribute attribute) {
        return renamed.computeIfAbsent(attribute, ids::copy);
    }

    private List<Attribute> fresh(List<Attribute> attributes) {
        return attributes.stream().map(this::fresh).toList();
    }

    @SuppressWarnings("checkstyle:MethodLength")
    private LogicalPlan copy(LogicalPlan original) {
        if (original instanceof WithCommonTable with) {
            return bound(with);
        }
        LogicalPlan node = Plans.mapChildren(original, this::copy);
        LogicalPlan mapped = node instanceof Scan ? node : Plans.mapExpressions(node, this::rename);
        return switch (mapped) {
            case Scan scan -> {
                List<Attribute> output = fresh(scan.output());
                yield new Scan(
                        scan.relation(),
                        output,
                        scan.filters().stream().map(this::rename).toList());
            }
            case LocalData local -> new LocalData(fresh(local.output()), local.table());
            case Range range ->
                    new Range(
                            range.start(),
                            range.end(),
                            range.step(),
                            range.partitions(),
                            fresh(range.output()));
            case CachedData cached -> cached(cached);
            case CommonTableScan scan -> use(scan);
            case Project project ->
                    new Project(
                            project.child(),
                            outputs(((Project) original).columns(), project.columns()));
            case Aggregation aggregation ->
                    new Aggregation(
                            aggregation.child(),
                            outputs(((Aggregation) original).groupings(), aggregation.groupings()),
                            aggregation.aggregates().stream()
                                    .map(aggregate ->
                                            new Aggregate(
                                                    fresh(aggregate.output()), aggregate.call()))
                                    .toList());
            case Window window ->
                    new Window(
                            window.child(),
                            window.partitionBy(),
                            window.orderBy(),
                            window.columns().stream()
                                    .map(column ->
                                            new WindowColumn(fresh(column.output()), column.call()))
                                    .toList());
            case Expand expand ->
                    new Expand(expand.child(), expand.projections(), fresh(expand.output()));
            case Generate generate ->
                    new Generate(
                            generate.child(),
                            generate.generator(),
                            generate.outer(),
                            fresh(generate.generated()));
            case Union union -> new Union(union.children(), fresh(union.output()));
            case SetOperation op ->
                    new SetOperation(
                            op.left(), op.right(), op.kind(), op.all(), fresh(op.output()));
            case Join join when join.exists() != null ->
                    new Join(
                            join.left(),
                            join.right(),
                            join.kind(),
                            join.condition(),
                            fresh(join.exists()),
                            join.lateral());
            case RecursiveTable table ->
                    new RecursiveTable(
                            table.id(),
                            table.anchor(),
                            table.step(),
                            table.distinct(),
                            table.maximumRounds(),
                            fresh(table.output()));
            case PythonMap map -> new PythonMap(map.child(), map.function(), fresh(map.output()));
            case PythonGroupMap map ->
                    new PythonGroupMap(
                            map.child(),
                            map.grouping().stream().map(this::renamed).toList(),
                            map.arguments().stream().map(this::renamed).toList(),
                            map.function(),
                            fresh(map.output()));
            case PythonCogroupMap map ->
                    new PythonCogroupMap(
                            map.left(),
                            map.right(),
                            map.leftGrouping().stream().map(this::renamed).toList(),
                            map.rightGrouping().stream().map(this::renamed).toList(),
                            map.leftArguments().stream().map(this::renamed).toList(),
                            map.rightArguments().stream().map(this::renamed).toList(),
                            map.function(),
                            fresh(map.output()));
            case OneRow _,
                    Filter _,
                    Join _,
                    Sort _,
                    Limit _,
                    Tail _,
                    Distinct _,
                    Sample _,
                    Repartition _,
                    WithCommonTable _,
                    Observe _,
                    Hinted _ ->
                    mapped;
        };
    }

    /// The copy binds a table of its own: its definition's columns are others than the original's.
    private LogicalPlan bound(WithCommonTable with) {
        LogicalPlan definition = copy(with.definition());
        long id = ids.next();
        tables.put(with.id(), id);
        return new WithCommonTable(id, with.name(), definition, copy(with.child()));
    }

    private LogicalPlan use(CommonTableScan scan) {
        Long own = tables.get(scan.id());
        List<Attribute> output = fresh(scan.output());
        return own == null
                ? new CommonTableScan(scan.id(), scan.source(), output)
                : new CommonTableScan(
                        own, scan.source().stream().map(this::renamed).toList(), output);
    }

    private LogicalPlan cached(CachedData cached) {
        List<Named> columns =
                cached.output().stream().map(column -> new Named(fresh(column), column)).toList();
        return new Project(cached, columns);
    }

    /// Pass-through columns are told by the original: both sides have been renamed in the copy.
    private List<Named> outputs(List<Named> originals, List<Named> mapped) {
        List<Named> result = new java.util.ArrayList<>();
        for (int i = 0; i < originals.size(); i++) {
            Named original = originals.get(i);
            result.add(
                    original.isPassThrough()
                            ? Named.of(renamed(original.output()))
                            : new Named(fresh(original.output()), mapped.get(i).expression()));
        }
        return result;
    }

    private Expression rename(Expression expression) {
        return Expressions.transformUp(
                expression,
                node ->
                        switch (node) {
                            case Attribute attribute -> renamed(attribute);
                            case OuterReference outer ->
                                    new OuterReference(renamed(outer.attribute()));
                            case Subquery subquery ->
                                    new Subquery(
                                            subquery.kind(),
                                            copy((LogicalPlan) subquery.plan()),
                                            subquery.values());
                            default -> node;
                        });
    }
}
