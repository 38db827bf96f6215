package io.troupe.planner.explain;

import io.troupe.planner.expression.Attribute;
import io.troupe.planner.expression.Expression;
import io.troupe.planner.expression.Expressions;
import io.troupe.planner.logical.LogicalPlan;
import io.troupe.planner.logical.Plans;
import io.troupe.planner.physical.Partitioning;
import io.troupe.planner.physical.PhysicalPlan;
import io.troupe.planner.physical.PythonColumn;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/// Trees of operators as Spark's `explain` draws them, a line per operator.
public final class PlanText {
    private PlanText() {}

    public static String logical(LogicalPlan plan) {
        StringBuilder text = new StringBuilder();
        draw(plan, LogicalPlan::children, PlanText::line, "", "", text);
        return text.toString();
    }

    /// @param notes text behind an operator's line, by its number (pre-order from 1), such as its
    ///   measured rows; may be empty
    public static String physical(PhysicalPlan plan, Map<Integer, String> notes) {
        StringBuilder text = new StringBuilder();
        int[] number = {0};
        draw(
                plan,
                PhysicalPlan::children,
                node -> "*(" + ++number[0] + ") " + line(node) + notes.getOrDefault(number[0], ""),
                "",
                "",
                text);
        return text.toString();
    }

    private static <T> void draw(
            T node,
            Function<T, List<T>> children,
            Function<T, String> line,
            String lead,
            String indent,
            StringBuilder text) {
        text.append(lead).append(line.apply(node)).append('\n');
        List<T> below = children.apply(node);
        for (int i = 0; i < below.size(); i++) {
            boolean last = i == below.size() - 1;
            draw(
                    below.get(i),
                    children,
                    line,
                    indent + (last ? "+- " : ":- "),
                    indent + (last ? "   " : ":  "),
                    text);
        }
    }

    private static String line(LogicalPlan plan) {
        String name = plan.getClass().getSimpleName();
        List<Expression> expressions = Plans.expressions(plan);
        String detail =
                switch (plan) {
                    case io.troupe.planner.logical.Project project ->
                            " [" + ExpressionText.named(project.columns()) + "]";
                    case io.troupe.planner.logical.Join join ->
                            " "
                                    + join.kind()
                                    + (join.condition() == null
                                            ? ""
                                            : ", " + ExpressionText.of(join.condition()));
                    case io.troupe.planner.logical.Aggregation aggregation ->
                            " ["
                                    + ExpressionText.named(aggregation.groupings())
                                    + "], ["
                                    + aggregation.aggregates().stream()
                                            .map(a ->
                                                    ExpressionText.aggregate(a.call())
                                                            + " AS "
                                                            + ExpressionText.of(a.output()))
                                            .collect(Collectors.joining(", "))
                                    + "]";
                    case io.troupe.planner.logical.Scan scan ->
                            " "
                                    + scan.relation().format()
                                    + " ["
                                    + columns(scan.output())
                                    + "]"
                                    + filters(scan.filters());
                    default ->
                            expressions.isEmpty()
                                    ? columnsOfLeaf(plan)
                                    : " " + ExpressionText.list(expressions);
                };
        return name + detail;
    }

    private static String columnsOfLeaf(LogicalPlan plan) {
        return plan.children().isEmpty() ? " [" + columns(plan.output()) + "]" : "";
    }

    private static String columns(List<Attribute> output) {
        return ExpressionText.list(output);
    }

    private static String filters(List<Expression> filters) {
        return filters.isEmpty() ? "" : ", filters: [" + ExpressionText.list(filters) + "]";
    }

    /// An operator's line, without its children.
    @SuppressWarnings("checkstyle:MethodLength")
    static String line(PhysicalPlan plan) {
        return switch (plan) {
            case PhysicalPlan.FileScan scan ->
                    "FileScan "
                            + scan.relation().format()
                            + " ["
                            + columns(scan.output())
                            + "] Files: "
                            + scan.relation().files().size()
                            + ", PushedFilters: ["
                            + ExpressionText.list(scan.filters())
                            + "]"
                            + runtime(scan);
            case PhysicalPlan.LocalScan scan -> "LocalTableScan [" + columns(scan.output()) + "]";
            case PhysicalPlan.RangeScan range ->
                    "Range (" + range.start() + ", " + range.end() + ", step=" + range.step() + ")";
            case PhysicalPlan.CacheScan scan ->
                    "InMemoryTableScan [" + columns(scan.output()) + "]";
            case PhysicalPlan.ExchangeRead read ->
                    "ReusedExchange " + read.exchange() + " [" + columns(read.output()) + "]";
            case PhysicalPlan.Project project ->
                    "Project [" + ExpressionText.named(project.columns()) + "]";
            case PhysicalPlan.Filter filter -> "Filter " + ExpressionText.of(filter.condition());
            case PhysicalPlan.HashAggregate aggregate ->
                    "HashAggregate "
                            + aggregate.mode()
                            + "(keys=["
                            + ExpressionText.named(aggregate.groupings())
                            + "], functions=["
                            + aggregate.aggregates().stream()
                                    .map(step -> ExpressionText.aggregate(step.aggregate().call()))
                                    .collect(Collectors.joining(", "))
                            + "])";
            case PhysicalPlan.Sort sort -> "Sort [" + ExpressionText.orders(sort.orders()) + "]";
            case PhysicalPlan.TopN top ->
                    "TakeOrdered (limit="
                            + top.count()
                            + offset(top.offset())
                            + ", orderBy=["
                            + ExpressionText.orders(top.orders())
                            + "])";
            case PhysicalPlan.Limit limit -> "Limit " + limit.count() + offset(limit.offset());
            case PhysicalPlan.Tail tail -> "CollectTail " + tail.count();
            case PhysicalPlan.HashJoin join ->
                    (join.broadcastBuild() ? "BroadcastHashJoin [" : "ShuffledHashJoin [")
                            + ExpressionText.list(join.leftKeys())
                            + "], ["
                            + ExpressionText.list(join.rightKeys())
                            + "], "
                            + join.kind()
                            + ", build "
                            + join.build()
                            + (join.residual() == null
                                    ? ""
                                    : ", " + ExpressionText.of(join.residual()));
            case PhysicalPlan.NestedLoopJoin join ->
                    "BroadcastNestedLoopJoin "
                            + join.kind()
                            + ", build "
                            + join.build()
                            + (join.condition() == null
                                    ? ""
                                    : ", " + ExpressionText.of(join.condition()));
            case PhysicalPlan.Exchange exchange ->
                    "Exchange " + partitioning(exchange.partitioning());
            case PhysicalPlan.Window window ->
                    "Window ["
                            + window.columns().stream()
                                    .map(column ->
                                            ExpressionText.aggregate(column.call().function()))
                                    .collect(Collectors.joining(", "))
                            + "], ["
                            + ExpressionText.list(window.partitionBy())
                            + "], ["
                            + ExpressionText.orders(window.orderBy())
                            + "]";
            case PhysicalPlan.GroupTop top ->
                    "WindowGroupLimit ["
                            + ExpressionText.list(top.partitionBy())
                            + "], ["
                            + ExpressionText.orders(top.orderBy())
                            + "], "
                            + top.rank().name().toLowerCase(Locale.ROOT)
                            + "(), "
                            + top.count();
            case PhysicalPlan.PythonEvaluate evaluate ->
                    "ArrowEvalPython ["
                            + evaluate.calls().stream()
                                    .map(PlanText::call)
                                    .collect(Collectors.joining(", "))
                            + "]";
            default -> plan.getClass().getSimpleName() + " [" + columns(plan.output()) + "]";
        };
    }

    private static String call(PythonColumn column) {
        String text =
                ExpressionText.of(column.call()) + " AS " + ExpressionText.of(column.output());
        PythonColumn.Known known = column.known();
        if (known == null) {
            return text;
        }
        String value = ExpressionText.of(known.value());
        String holds = known.holds() == null ? "" : "not " + ExpressionText.of(known.holds());
        String nulls = known.nullsAreOpen() ? value + " is null" : "";
        String either = holds.isEmpty() || nulls.isEmpty() ? "" : " or ";
        return text + " where " + holds + either + nulls + ", else " + value;
    }

    private static String runtime(PhysicalPlan.FileScan scan) {
        return scan.runtimeFilters().isEmpty()
                ? ""
                : ", RuntimeFilters: ["
                        + scan.runtimeFilters().stream()
                                .map(use -> ExpressionText.of(use.column()))
                                .collect(Collectors.joining(", "))
                        + "]";
    }

    private static String offset(long offset) {
        return offset == 0 ? "" : ", offset=" + offset;
    }

    private static String partitioning(Partitioning partitioning) {
        return switch (partitioning) {
            case Partitioning.Single _ -> "SinglePartition";
            case Partitioning.Hash hash ->
                    "hashpartitioning("
                            + ExpressionText.list(hash.keys())
                            + ", "
                            + hash.partitions()
                            + ")";
            case Partitioning.Range range ->
                    "rangepartitioning("
                            + ExpressionText.orders(range.orders())
                            + ", "
                            + range.partitions()
                            + ")";
            case Partitioning.ById id ->
                    "shufflepartitionid("
                            + ExpressionText.list(List.of(id.id()))
                            + ", "
                            + id.partitions()
                            + ")";
            case Partitioning.RoundRobin robin ->
                    "RoundRobinPartitioning(" + robin.partitions() + ")";
            case Partitioning.Broadcast _ -> "Broadcast";
            case Partitioning.Unmoved _ -> "Unmoved";
        };
    }

    /// True when a plan runs Python code anywhere.
    public static boolean usesPython(LogicalPlan plan) {
        return Plans.exists(
                plan,
                node ->
                        node instanceof io.troupe.planner.logical.PythonMap
                                || node instanceof io.troupe.planner.logical.PythonGroupMap
                                || node instanceof io.troupe.planner.logical.PythonCogroupMap
                                || Plans.expressions(node).stream()
                                        .anyMatch(Expressions::hasPython));
    }
}
