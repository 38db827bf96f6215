package io.troupe.driver.session;

import io.troupe.columnar.vector.Batch;
import io.troupe.console.finding.Finding;
import io.troupe.planner.error.TroupeException;
import io.troupe.planner.explain.PlanGraph;
import io.troupe.planner.explain.PlanText;
import io.troupe.planner.explain.PythonNotes;
import io.troupe.planner.logical.LogicalPlan;
import io.troupe.planner.stage.Stage;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.UnaryOperator;

/// The text of `DataFrame.explain` in its modes; `analyze` runs the query and adds what it
/// measured.
final class Explanation {
    private static final int MOST_FINDINGS = 3;

    private final Session session;

    Explanation(Session session) {
        this.session = session;
    }

    /// @param line the user's line
    String text(LogicalPlan plan, String mode, String line) {
        QueryCompiler.Compiled compiled = session.compile(plan, UnaryOperator.identity());
        String physical =
                "== Physical Plan ==\n"
                        + PlanText.physical(compiled.physical().root(), Map.of())
                        + pythonNotes(plan);
        return switch (mode.toLowerCase(Locale.ROOT)) {
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
            case "analyze" -> analyzed(plan, compiled, line);
            case "simple", "codegen" -> physical;
            default -> throw unknownMode(mode);
        };
    }

    private String pythonNotes(LogicalPlan plan) {
        return PythonNotes.text(plan, session.conf().flag(QueryCompiler.TRANSLATE));
    }

    private static String stages(QueryCompiler.Compiled compiled) {
        StringBuilder text = new StringBuilder();
        for (Stage stage : compiled.graph().stages()) {
            text.append(stage.isResult() ? "(result stage)\n" : "(stage " + stage.id() + ")\n");
            text.append(PlanText.physical(stage.plan(), Map.of())).append('\n');
        }
        return text.toString();
    }

    private static TroupeException unknownMode(String mode) {
        return new TroupeException(
                TroupeException.Kind.IllegalArgumentException,
                "_LEGACY_ERROR_TEMP_1102",
                null,
                "Unknown explain mode: "
                        + mode
                        + ". Accepted explain modes are 'simple', 'extended', 'codegen', 'cost', 'formatted', and 'analyze'.",
                Map.of("mode", mode));
    }

    private String analyzed(LogicalPlan plan, QueryCompiler.Compiled compiled, String line) {
        PlanGraph graph = new QueryNotes(session).graph(plan, compiled);
        session.materialise(plan, line);
        long started = System.nanoTime();
        long rows = 0;
        Measurements measured;
        List<Finding> found;
        try (RunningQuery job = session.start(plan, compiled, line)) {
            for (Batch batch = job.next(); batch != null; batch = job.next()) {
                rows += batch.selected();
            }
            measured = new Measurements(graph, job.metrics());
            found = session.application().telemetry().diagnosis().ofQuery(job.query());
        }
        return "== Physical Plan, measured ==\n"
                + graph.text(compiled.physical(), measured::note)
                + pythonNotes(plan)
                + FunctionMeasurements.text(measured.counters())
                + "\n== Stages ==\n"
                + measured.stages()
                + findings(found)
                + String.format(
                        Locale.ROOT,
                        "%n%,d rows in %s, planned in %s%n",
                        rows,
                        Measurements.time(System.nanoTime() - started),
                        Measurements.time(
                                compiled.planningNanos().values().stream()
                                        .mapToLong(Long::longValue)
                                        .sum()));
    }

    private static String findings(List<Finding> found) {
        StringBuilder text = new StringBuilder();
        for (Finding finding : found.subList(0, Math.min(MOST_FINDINGS, found.size()))) {
            text.append(text.isEmpty() ? "\n== Findings ==\n" : "")
                    .append(finding.title())
                    .append("\n  ")
                    .append(finding.evidence())
                    .append("\n  Try: ")
                    .append(finding.suggestion())
                    .append('\n');
        }
        return text.toString();
    }
}
