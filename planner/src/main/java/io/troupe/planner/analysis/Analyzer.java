package io.troupe.planner.analysis;

import io.troupe.planner.logical.LogicalPlan;
import io.troupe.planner.parsed.ParsedPlan;

/// The way in: gives parsed queries their meaning, or raises the error that Spark raises.
public final class Analyzer {
    private Analyzer() {}

    /// @throws io.troupe.planner.error.TroupeException when the query has no meaning
    public static LogicalPlan analyze(ParsedPlan plan, AnalysisContext context) {
        return new QueryAnalyzer(context, null, CommonTables.NONE).analyze(plan);
    }
}
