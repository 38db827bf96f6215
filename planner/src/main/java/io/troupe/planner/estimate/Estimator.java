package io.troupe.planner.estimate;

import io.troupe.planner.catalog.Sources;
import io.troupe.planner.expression.Attribute;
import io.troupe.planner.expression.Call;
import io.troupe.planner.expression.Expression;
import io.troupe.planner.expression.Expressions;
import io.troupe.planner.expression.Named;
import io.troupe.planner.logical.Aggregation;
import io.troupe.planner.logical.CachedData;
import io.troupe.planner.logical.CommonTableScan;
import io.troupe.planner.logical.Distinct;
import io.troupe.planner.logical.Expand;
import io.troupe.planner.logical.Filter;
import io.troupe.planner.logical.Generate;
import io.troupe.planner.logical.Join;
import io.troupe.planner.logical.JoinKind;
import io.troupe.planner.logical.Limit;
import io.troupe.planner.logical.LocalData;
import io.troupe.planner.logical.LogicalPlan;
import io.troupe.planner.logical.OneRow;
import io.troupe.planner.logical.Project;
import io.troupe.planner.logical.Range;
import io.troupe.planner.logical.RecursiveTable;
import io.troupe.planner.logical.Sample;
import io.troupe.planner.logical.Scan;
import io.troupe.planner.logical.SetOperation;
import io.troupe.planner.logical.Tail;
import io.troupe.planner.logical.Union;
import io.troupe.planner.logical.WithCommonTable;
import io.troupe.planner.statistics.ColumnStatistics;
import io.troupe.planner.statistics.TableStatistics;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/// Estimates plan results from table statistics by the textbook rules: selectivities by distinct
/// counts and ranges, joins by containment (|L|·|R| / max(d(l), d(r)) per key). Keeps what it
/// computed per plan node; not thread-safe.
public final class Estimator {
    private static final double BYTES_PER_UNKNOWN_ROW = 50;
    private final Sources sources;
    private final Map<LogicalPlan, Estimate> known = new IdentityHashMap<>();
    private final Map<Long, Estimate> commonTables = new HashMap<>();

    public Estimator(Sources sources) {
        this.sources = sources;
    }

    public Estimate estimate(LogicalPlan plan) {
        Estimate estimate = known.get(plan);
        if (estimate == null) {
            estimate = compute(plan);
            known.put(plan, estimate);
        }
        return estimate;
    }

    private Estimate compute(LogicalPlan plan) {
        return switch (plan) {
            case Scan scan -> scan(scan);
            case LocalData local -> new Estimate(local.table().rows(), Map.of(), true);
            case Range range -> range(range);
            case OneRow _ -> new Estimate(1, Map.of(), true);
            case CachedData cached -> estimate(cached.plan());
            case Project project -> project(project);
            case Filter filter -> filtered(estimate(filter.child()), filter.condition());
            case Aggregation aggregation -> aggregation(aggregation);
            case Join join -> join(join);
            case Limit limit -> capped(estimate(limit.child()), limit.count());
            case Tail tail -> capped(estimate(tail.child()), tail.count());
            case Union union -> union(union);
            case SetOperation operation ->
                    renamed(
                            estimate(operation.left()),
                            operation.left().output(),
                            operation.output());
            case Distinct distinct -> {
                Estimate input = estimate(distinct.child());
                yield input.withRows(groups(distinct.child().output(), input));
            }
            case Expand expand -> {
                Estimate input = estimate(expand.child());
                yield input.withRows(input.rows() * expand.projections().size());
            }
            case Generate generate -> {
                Estimate input = estimate(generate.child());
                yield input.withRows(input.rows() * 5);
            }
            case Sample sample -> {
                Estimate input = estimate(sample.child());
                yield input.withRows(input.rows() * (sample.upper() - sample.lower()));
            }
            case WithCommonTable with -> {
                commonTables.put(with.id(), estimate(with.definition()));
                yield estimate(with.child());
            }
            case CommonTableScan scan ->
                    renamed(
                            commonTables.getOrDefault(
                                    scan.id(), new Estimate(1000, Map.of(), false)),
                            scan.source(),
                            scan.output());
            case RecursiveTable recursive -> {
                Estimate anchor = estimate(recursive.anchor());
                commonTables.put(recursive.id(), anchor);
                yield new Estimate(anchor.rows() * 10, Map.of(), false);
            }
            default ->
                    plan.children().isEmpty()
                            ? new Estimate(1, Map.of(), false)
                            : estimate(plan.children().getFirst());
        };
    }

    private Estimate scan(Scan scan) {
        TableStatistics statistics = sources.statistics(scan.relation());
        boolean exact = statistics.rows().isPresent();
        double rows =
                exact
                        ? statistics.rows().getAsLong()
                        : Math.max(1, statistics.bytes() / BYTES_PER_UNKNOWN_ROW);
        Map<Attribute, ColumnEstimate> columns = new HashMap<>();
        for (Attribute attribute : scan.output()) {
            ColumnStatistics column = statistics.columns().get(attribute.name());
            if (column != null) {
                columns.put(attribute, column(column, rows));
            }
        }
        Estimate all = new Estimate(rows, columns, exact);
        Expression condition = Expressions.conjunction(scan.filters());
        return condition == null ? all : filtered(all, condition);
    }

    private static ColumnEstimate column(ColumnStatistics column, double rows) {
        double minimum = Selectivity.number(column.minimum());
        double maximum = Selectivity.number(column.maximum());
        double distinct = column.distinct();
        if (distinct < 0 && isWhole(column.minimum()) && isWhole(column.maximum())) {
            distinct = Math.min(rows, maximum - minimum + 1);
        }
        double nulls = column.nulls() < 0 || rows == 0 ? 0 : column.nulls() / rows;
        return new ColumnEstimate(distinct, minimum, maximum, nulls, column.meanBytes());
    }

    private static boolean isWhole(Object value) {
        return value instanceof Integer
                || value instanceof Long
                || value instanceof Short
                || value instanceof Byte;
    }

    private static Estimate range(Range range) {
        double rows = Range.rows(range.start(), range.end(), range.step());
        ColumnEstimate column =
                new ColumnEstimate(
                        rows,
                        Math.min(range.start(), range.end()),
                        Math.max(range.start(), range.end()),
                        0,
                        8);
        return new Estimate(rows, Map.of(range.output().getFirst(), column), true);
    }

    private Estimate project(Project project) {
        Estimate input = estimate(project.child());
        Map<Attribute, ColumnEstimate> columns = new HashMap<>();
        for (Named column : project.columns()) {
            Attribute source = Selectivity.column(column.expression());
            if (source != null) {
                columns.put(column.output(), input.column(source));
            } else {
                columns.put(
                        column.output(),
                        ColumnEstimate.UNKNOWN.withDistinct(
                                DistinctValues.of(column.expression(), input)));
            }
        }
        return new Estimate(input.rows(), columns, input.known());
    }

    private static Estimate filtered(Estimate input, Expression condition) {
        double rows = input.rows() * Selectivity.of(condition, input);
        Map<Attribute, ColumnEstimate> columns = new HashMap<>(input.columns());
        for (Expression part : Expressions.conjuncts(condition)) {
            if (part instanceof Call call && call.arguments().size() == 2) {
                narrow(call, columns);
            }
        }
        return new Estimate(rows, columns, input.known());
    }

    private static void narrow(Call call, Map<Attribute, ColumnEstimate> columns) {
        Attribute column = Selectivity.column(call.argument(0));
        double value = Selectivity.number(call.argument(1));
        ColumnEstimate known = column == null ? null : columns.get(column);
        if (known == null || Double.isNaN(value)) {
            return;
        }
        double minimum = known.minimum();
        double maximum = known.maximum();
        ColumnEstimate narrowed =
                switch (call.function()) {
                    case "=", "<=>" -> known.withRange(value, value).withDistinct(1);
                    case "<", "<=" -> known.withRange(minimum, Math.min(maximum, value));
                    case ">", ">=" -> known.withRange(Math.max(minimum, value), maximum);
                    default -> known;
                };
        if (known.distinct() > 0
                && known.hasRange()
                && maximum > minimum
                && narrowed.distinct() == known.distinct()) {
            double share =
                    Math.clamp(
                            (narrowed.maximum() - narrowed.minimum()) / (maximum - minimum), 0, 1);
            narrowed = narrowed.withDistinct(Math.max(1, known.distinct() * share));
        }
        columns.put(column, narrowed);
    }

    private Estimate aggregation(Aggregation aggregation) {
        Estimate input = estimate(aggregation.child());
        if (aggregation.groupings().isEmpty()) {
            return new Estimate(1, Map.of(), true);
        }
        double groups = 1;
        Map<Attribute, ColumnEstimate> columns = new HashMap<>();
        for (Named grouping : aggregation.groupings()) {
            double distinct = DistinctValues.of(grouping.expression(), input);
            groups *= distinct < 0 ? input.rows() : distinct;
            Attribute source = Selectivity.column(grouping.expression());
            columns.put(
                    grouping.output(),
                    source == null
                            ? ColumnEstimate.UNKNOWN.withDistinct(distinct)
                            : input.column(source));
        }
        return new Estimate(
                damped(groups, input.rows(), aggregation.groupings().size()),
                columns,
                input.known());
    }

    /// Whether something bounds the number of an aggregation's groups other than its rows.
    public boolean boundsGroups(Aggregation aggregation) {
        Estimate input = estimate(aggregation.child());
        return aggregation.groupings().stream()
                .allMatch(grouping -> DistinctValues.of(grouping.expression(), input) >= 0);
    }

    private static double groups(List<Attribute> keys, Estimate input) {
        double groups = 1;
        for (Attribute key : keys) {
            groups *= input.distinct(key);
        }
        return damped(groups, input.rows(), keys.size());
    }

    /// Keys correlate, so a product near the row count is not believed in full.
    private static double damped(double groups, double rows, int keys) {
        return Math.max(1, Math.min(groups, keys > 1 && groups > rows ? rows * 0.7 : rows));
    }

    private Estimate join(Join join) {
        Estimate left = estimate(join.left());
        Estimate right = estimate(join.right());
        return JoinEstimate.of(left, right, join.kind(), join.condition());
    }

    private Estimate union(Union union) {
        double rows = 0;
        boolean all = true;
        for (LogicalPlan child : union.children()) {
            Estimate estimate = estimate(child);
            rows += estimate.rows();
            all &= estimate.known();
        }
        Estimate first = estimate(union.children().getFirst());
        return renamed(first, union.children().getFirst().output(), union.output()).withRows(rows);
    }

    private static Estimate renamed(Estimate estimate, List<Attribute> from, List<Attribute> to) {
        Map<Attribute, ColumnEstimate> columns = new HashMap<>();
        for (int i = 0; i < to.size(); i++) {
            columns.put(to.get(i), estimate.column(from.get(i)));
        }
        return new Estimate(estimate.rows(), columns, estimate.known());
    }

    private static Estimate capped(Estimate input, long rows) {
        return rows < input.rows() ? new Estimate(rows, input.columns(), true) : input;
    }

    /// The estimate of an inner join of two inputs, for join ordering.
    public static Estimate innerJoin(Estimate left, Estimate right, Expression condition) {
        return JoinEstimate.of(left, right, JoinKind.INNER, condition);
    }
}
