package io.troupe.driver.session;

import io.troupe.driver.job.JobHandle;
import io.troupe.planner.explain.PlanText;
import io.troupe.planner.logical.LogicalPlan;
import io.troupe.planner.stage.Stage;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/// The text of `DataFrame.explain` in its modes; `analyze` runs the query and adds what it
/// measured.
final class Explanation {
    private final Session session;

    Explanation(Session session) {
        this.session = session;
    }

    String text(LogicalPlan plan, String mode) {
        QueryCompiler.Compiled compiled = session.compile(plan, UnaryOperator.identity());
        String physical =
                "== Physical Plan ==\n" + PlanText.physical(compiled.physical().root(), Map.of());
        return switch (mode) {
            case "extended" ->
                    "== Analyzed Logical Plan ==\n"
                            + PlanText.logical(plan)
                            + "\n== Optimized Logical Plan ==\n"
                            + PlanText.logical(compiled.optimized())
                            + "\n"
                            + physical;
            case "cost" ->
                    "== Optimized Logical Plan ==\n"
                            + PlanText.logical(compiled.optimized())
                            + "\n"
                            + physical;
            case "formatted" -> physical + "\n" + stages(compiled);
            case "analyze" -> analyzed(plan, physical);
            default -> physical;
        };
    }

    private static String stages(QueryCompiler.Compiled compiled) {
        StringBuilder text = new StringBuilder();
        for (Stage stage : compiled.graph().stages()) {
            text.append(stage.isResult() ? "(result stage)\n" : "(stage " + stage.id() + ")\n");
            text.append(PlanText.physical(stage.plan(), Map.of())).append('\n');
        }
        return text.toString();
    }

    private String analyzed(LogicalPlan plan, String physical) {
        long started = System.nanoTime();
        Map<String, Long> metrics;
        long rows = 0;
        try (JobHandle job = session.run(plan, "explain analyze")) {
            for (var batch = job.next(); batch != null; batch = job.next()) {
                rows += batch.selected();
            }
            metrics = new TreeMap<>(job.metrics());
        }
        StringBuilder text = new StringBuilder(physical);
        text.append("\n== Measured ==\n");
        text.append(
                String.format(
                        "time: %.3f s, result rows: %,d%n",
                        (System.nanoTime() - started) / 1e9, rows));
        metrics.forEach((name, value) ->
                text.append(
                        name.endsWith(".nanos")
                                ? String.format(
                                        "%s: %.3f s%n",
                                        name.substring(0, name.length() - 6), value / 1e9)
                                : String.format("%s: %,d%n", name, value)));
        return text.toString();
    }
}
