package io.troupe.driver.session;

import io.troupe.driver.eventlog.QueryDetails;
import io.troupe.planner.explain.PlanGraph;
import io.troupe.planner.explain.PlanOrigins;
import io.troupe.planner.explain.PlanText;
import io.troupe.planner.explain.PythonNotes;
import io.troupe.planner.logical.LogicalPlan;
import java.util.LinkedHashMap;
import java.util.Map;

/// Describes a compiled query to those who watch.
final class QueryNotes {
    private final Session session;

    QueryNotes(Session session) {
        this.session = session;
    }

    /// The operators, each with the line of the user's script that it comes from.
    PlanGraph graph(LogicalPlan plan, QueryCompiler.Compiled compiled) {
        PlanOrigins origins = PlanOrigins.of(plan, session.application().lines()::of);
        return PlanGraph.of(compiled.physical(), compiled.graph().result().id(), origins::lineOf);
    }

    QueryDetails of(
            LogicalPlan plan,
            QueryCompiler.Compiled compiled,
            String line,
            Map<String, String> properties) {
        Map<String, String> texts = new LinkedHashMap<>();
        texts.put("analyzed", PlanText.logical(plan));
        texts.put("optimized", PlanText.logical(compiled.optimized()));
        texts.put("physical", PlanText.physical(compiled.physical().root(), Map.of()));
        String python = PythonNotes.lines(plan, session.conf().flag(QueryCompiler.TRANSLATE));
        if (!python.isEmpty()) {
            texts.put("python", python);
        }
        return new QueryDetails(
                session.id(),
                line == null ? "" : line,
                properties.getOrDefault(JobProperties.DESCRIPTION, ""),
                properties.getOrDefault(JobProperties.GROUP, ""),
                graph(plan, compiled),
                texts,
                compiled.planningNanos());
    }
}
