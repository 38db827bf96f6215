package io.troupe.planner.optimizer;

import io.troupe.planner.analysis.AnalysisFixture;
import io.troupe.planner.catalog.FileEntry;
import io.troupe.planner.catalog.FileRelation;
import io.troupe.planner.catalog.Sources;
import io.troupe.planner.estimate.Estimator;
import io.troupe.planner.explain.PlanText;
import io.troupe.planner.expression.Attribute;
import io.troupe.planner.expression.AttributeIds;
import io.troupe.planner.expression.Expression;
import io.troupe.planner.expression.Expressions;
import io.troupe.planner.expression.Subquery;
import io.troupe.planner.logical.LocalData;
import io.troupe.planner.logical.LogicalPlan;
import io.troupe.planner.logical.Plans;
import io.troupe.planner.logical.Scan;
import io.troupe.planner.optimizer.rule.Rule;
import io.troupe.planner.optimizer.rule.RuleContext;
import io.troupe.planner.physical.PhysicalPlanner;
import io.troupe.planner.physical.PlanningContext;
import io.troupe.planner.statistics.ColumnStatistics;
import io.troupe.planner.statistics.TableStatistics;
import io.troupe.planner.type.StructType;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/// Stored tables with statistics, and plans before and after rules as text without column ids.
final class RuleFixture implements Sources {
    private final AnalysisFixture analysis = new AnalysisFixture();
    private final Map<Long, Long> rows = new HashMap<>();
    final RuleContext context =
            new RuleContext(analysis.ids, this, _ -> Optional.empty(), 100_000, true);

    /// `fact` is large, its `k` one of a million; `dim` small with keys of its own; `mid` between.
    RuleFixture() {
        table("fact", "k bigint, d bigint, v bigint, w bigint not null", 10_000_000);
        table("mid", "k bigint, d bigint, v bigint, w bigint not null", 1_000_000);
        table("dim", "k bigint, d bigint, v bigint, w bigint not null", 1_000);
    }

    private void table(String name, String ddl, long count) {
        analysis.table(name, ddl);
        Plans.forEach(
                analysis.sql("select * from " + name),
                node -> {
                    if (node instanceof LocalData local) {
                        rows.put(local.output().getFirst().id(), count);
                    }
                });
    }

    AttributeIds ids() {
        return analysis.ids;
    }

    /// The analysed query over scans of the tables.
    LogicalPlan sql(String text) {
        return stored(analysis.sql(text));
    }

    private LogicalPlan stored(LogicalPlan plan) {
        return Plans.transformUp(
                plan,
                node ->
                        node instanceof LocalData local
                                ? scan(local)
                                : Plans.mapExpressions(
                                        node, root -> Expressions.transformUp(root, this::stored)));
    }

    private Expression stored(Expression expression) {
        return expression instanceof Subquery subquery
                ? new Subquery(
                        subquery.kind(), stored((LogicalPlan) subquery.plan()), subquery.values())
                : expression;
    }

    private LogicalPlan scan(LocalData local) {
        Attribute first = local.output().getFirst();
        Long count = rows.get(first.id());
        if (count == null) {
            return local;
        }
        FileEntry file = new FileEntry("/" + count, count * 32, 0, List.of());
        FileRelation relation =
                new FileRelation(
                        "parquet",
                        List.of(file),
                        new StructType(List.of()),
                        new StructType(List.of()),
                        Map.of());
        return new Scan(relation, local.output(), List.of());
    }

    /// The plan after the rules, as text.
    String after(String text, Rule... rules) {
        LogicalPlan plan = sql(text);
        for (Rule rule : rules) {
            LogicalPlan next = rule.apply(plan, context);
            if (!next.output().equals(plan.output())) {
                throw new AssertionError(rule.name() + " changed the output");
            }
            plan = next;
        }
        return text(plan);
    }

    String optimized(String text) {
        return text(Optimizer.optimize(sql(text), context, Set.of()));
    }

    String physical(String text) {
        LogicalPlan plan = Optimizer.optimize(sql(text), context, Set.of());
        PlanningContext planning =
                new PlanningContext(
                        ids(), new Estimator(this), 4, 10L << 20, 0, 100_000, true, true);
        return PlanText.physical(PhysicalPlanner.plan(plan, planning).root(), Map.of())
                .replaceAll("#\\d+", "");
    }

    private static String text(LogicalPlan plan) {
        return PlanText.logical(plan).replaceAll("#\\d+", "");
    }

    @Override
    public FileRelation open(
            String format, List<String> paths, Map<String, String> options, StructType schema) {
        throw new UnsupportedOperationException();
    }

    @Override
    public TableStatistics statistics(FileRelation relation) {
        long count = Long.parseLong(relation.files().getFirst().path().substring(1));
        return new TableStatistics(
                OptionalLong.of(count),
                count * 32,
                Map.of(
                        "k", column(Math.min(count, 1_000_000)),
                        "d", column(1_000),
                        "v", column(100),
                        "w", column(100)));
    }

    private static ColumnStatistics column(long distinct) {
        return new ColumnStatistics(0L, distinct - 1, 0, distinct, 8);
    }
}
