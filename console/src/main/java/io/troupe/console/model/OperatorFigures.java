package io.troupe.console.model;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// What an operator of a query measured so far, over all tasks.
///
/// @param operator the operator
/// @param rows that it gave
/// @param bytes for an exchange what was written to it, for a scan what was read; otherwise 0
/// @param ownNanos time spent in it, without that of the operators that feed it within its stage
/// @param spillBytes that it wrote to disk
public record OperatorFigures(
        QueryModel.Operator operator, long rows, long bytes, long ownNanos, long spillBytes) {
    /// The figures of each operator of a query, in the order of its list.
    public static List<OperatorFigures> of(ApplicationModel model, QueryModel query) {
        Map<Integer, Map<String, Long>> byStage = new HashMap<>();
        for (StageModel stage : model.stagesOf(query.id())) {
            Map<String, Long> sums = byStage.computeIfAbsent(stage.stage(), s -> new HashMap<>());
            stage.counters().forEach((name, value) -> sums.merge(name, value, Long::sum));
        }
        Map<Integer, Long> below = new HashMap<>();
        for (QueryModel.Operator operator : query.operators()) {
            QueryModel.Operator parent = parent(query, operator);
            if (parent != null && parent.stage() == operator.stage()) {
                below.merge(parent.id(), counter(byStage, operator, "nanos"), Long::sum);
            }
        }
        List<OperatorFigures> figures = new ArrayList<>();
        for (QueryModel.Operator operator : query.operators()) {
            long nanos = counter(byStage, operator, "nanos");
            figures.add(
                    new OperatorFigures(
                            operator,
                            counter(byStage, operator, "rows"),
                            bytes(byStage, operator),
                            Math.max(0, nanos - below.getOrDefault(operator.id(), 0L)),
                            counter(byStage, operator, "spill.bytes")));
        }
        return figures;
    }

    /// Whether it runs the user's Python.
    public boolean isPython() {
        return operator.name().contains("Python") || operator.name().contains("Pandas");
    }

    private static QueryModel.Operator parent(QueryModel query, QueryModel.Operator operator) {
        int parent = operator.parent();
        return parent < 0 || parent >= query.operators().size()
                ? null
                : query.operators().get(parent);
    }

    private static long bytes(
            Map<Integer, Map<String, Long>> byStage, QueryModel.Operator operator) {
        if (operator.exchange() >= 0) {
            return byStage.getOrDefault(operator.exchange(), Map.of())
                    .getOrDefault("exchange.write.bytes", 0L);
        }
        return operator.name().endsWith("Scan")
                ? byStage.getOrDefault(operator.stage(), Map.of()).getOrDefault("input.bytes", 0L)
                : 0;
    }

    private static long counter(
            Map<Integer, Map<String, Long>> byStage, QueryModel.Operator operator, String name) {
        return byStage.getOrDefault(operator.stage(), Map.of())
                .getOrDefault("op." + operator.operator() + "." + name, 0L);
    }
}
