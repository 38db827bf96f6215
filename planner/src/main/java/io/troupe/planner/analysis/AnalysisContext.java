package io.troupe.planner.analysis;

import io.troupe.planner.catalog.Catalog;
import io.troupe.planner.catalog.Sources;
import io.troupe.planner.expression.AttributeIds;
import io.troupe.planner.function.Dialect;
import io.troupe.planner.logical.LogicalPlan;
import io.troupe.planner.parsed.ParsedExpression;
import io.troupe.planner.parsed.SqlReader;
import java.util.Map;
import java.util.function.LongFunction;

/// All that analysis asks of its session.
///
/// @param conf the session's settings by name (`spark.sql.…`), those that were set
/// @param plans analysed plans of the session by id, null for an unknown one
/// @param sql reads SQL text
/// @param text the SQL text that the parsed trees' offsets point into, null for DataFrame calls
/// @param parameters values of `:name` and `?` marks (positional ones under "0", "1", …)
public record AnalysisContext(
        Map<String, String> conf,
        Catalog catalog,
        Sources sources,
        AttributeIds ids,
        LongFunction<LogicalPlan> plans,
        SqlReader sql,
        String text,
        Map<String, ParsedExpression> parameters) {

    public Dialect dialect() {
        return new Dialect(
                flag("spark.sql.ansi.enabled", true),
                flag("spark.sql.decimalOperations.allowPrecisionLoss", true),
                conf.getOrDefault(
                        "spark.sql.session.timeZone", java.time.ZoneId.systemDefault().getId()),
                ids);
    }

    public AnalysisContext withParameters(Map<String, ParsedExpression> parameters) {
        return new AnalysisContext(conf, catalog, sources, ids, plans, sql, text, parameters);
    }

    public AnalysisContext withText(String text) {
        return new AnalysisContext(conf, catalog, sources, ids, plans, sql, text, parameters);
    }

    public AnalysisContext withCatalog(Catalog catalog) {
        return new AnalysisContext(conf, catalog, sources, ids, plans, sql, text, parameters);
    }

    boolean flag(String name, boolean otherwise) {
        String value = conf.get(name);
        return value == null ? otherwise : Boolean.parseBoolean(value.strip());
    }
}
