package io.troupe.driver.session;

import io.troupe.driver.setting.Quantity;
import io.troupe.planner.catalog.Sources;
import io.troupe.planner.estimate.Estimator;
import io.troupe.planner.expression.AttributeIds;
import io.troupe.planner.logical.LogicalPlan;
import io.troupe.planner.optimizer.Optimizer;
import io.troupe.planner.optimizer.rule.RuleContext;
import io.troupe.planner.physical.PhysicalPlanner;
import io.troupe.planner.physical.PhysicalQuery;
import io.troupe.planner.physical.PlanningContext;
import io.troupe.planner.stage.StageCutter;
import io.troupe.planner.stage.StageGraph;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/// From an analysed plan to stages, by the session's settings.
final class QueryCompiler {
    /// Inputs of up to this many rows are computed by one task: handing them out would cost more.
    private static final long SINGLE_TASK_ROWS = 100_000;

    static final String COALESCE = "spark.sql.adaptive.coalescePartitions.enabled";

    /// Build sides of this size are cheap to hold once in a process that shares them.
    private static final long LOCAL_BROADCAST_BYTES = 1L << 30;

    /// Whether Python functions that are plain expressions are computed by built-in ones.
    static final String TRANSLATE = "spark.troupe.udf.translate";

    /// The forms a query takes on its way.
    ///
    /// @param planningNanos time spent by phase
    record Compiled(
            LogicalPlan optimized,
            PhysicalQuery physical,
            StageGraph graph,
            Map<String, Long> planningNanos) {
        /// The same, of which only some partitions of the result are made.
        Compiled of(List<Integer> partitions) {
            return new Compiled(optimized, physical, graph.of(partitions), planningNanos);
        }
    }

    private final AttributeIds ids;
    private final Sources sources;

    QueryCompiler(AttributeIds ids, Sources sources) {
        this.ids = ids;
        this.sources = sources;
    }

    Compiled compile(
            LogicalPlan plan,
            SessionConf conf,
            int slots,
            boolean local,
            UnaryOperator<PhysicalQuery> finish) {
        long started = System.nanoTime();
        LogicalPlan optimized = optimize(plan, conf);
        long planning = System.nanoTime();
        PlanningContext context =
                new PlanningContext(
                        ids,
                        new Estimator(sources),
                        slots,
                        broadcastBytes(conf, local),
                        partitions(conf),
                        singleTaskRows(conf),
                        conf.flag(TRANSLATE),
                        conf.flag("spark.sql.adaptive.enabled") && conf.flag(COALESCE));
        PhysicalQuery physical = finish.apply(PhysicalPlanner.plan(optimized, context));
        StageGraph graph = StageCutter.cut(physical);
        return new Compiled(
                optimized,
                physical,
                graph,
                Map.of(
                        "optimize", planning - started,
                        "plan", System.nanoTime() - planning));
    }

    LogicalPlan optimize(LogicalPlan plan, SessionConf conf) {
        String excluded = conf.get("spark.sql.optimizer.excludedRules", "");
        Set<String> disabled =
                Arrays.stream(excluded.split(","))
                        .map(name -> name.strip().replaceFirst(".*\\.", ""))
                        .filter(name -> !name.isEmpty())
                        .collect(Collectors.toSet());
        RuleContext rules =
                new RuleContext(
                        ids,
                        sources,
                        new ConstantFolding(conf.querySettings("default")),
                        singleTaskRows(conf),
                        conf.flag(TRANSLATE));
        return Optimizer.optimize(plan, rules, disabled);
    }

    private static long singleTaskRows(SessionConf conf) {
        return Long.parseLong(
                conf.get("spark.troupe.singleTaskRows", String.valueOf(SINGLE_TASK_ROWS)));
    }

    private static long broadcastBytes(SessionConf conf, boolean local) {
        String set = conf.get("spark.sql.autoBroadcastJoinThreshold");
        if (local && set.equals("10485760b")) {
            return Math.min(LOCAL_BROADCAST_BYTES, Runtime.getRuntime().maxMemory() / 8);
        }
        return Quantity.SIZE.of("spark.sql.autoBroadcastJoinThreshold", set);
    }

    /// 0, for a number by size, unless the user chose one.
    private static int partitions(SessionConf conf) {
        String set = conf.get("spark.sql.shuffle.partitions");
        return set.equals("200") ? 0 : Integer.parseInt(set);
    }
}
