package io.troupe.planner.analysis;

import io.troupe.planner.catalog.CatalogEntry;
import io.troupe.planner.catalog.SessionCatalog;
import io.troupe.planner.error.TroupeException;
import io.troupe.planner.expression.Attribute;
import io.troupe.planner.expression.AttributeIds;
import io.troupe.planner.json.Json;
import io.troupe.planner.json.PlanJson;
import io.troupe.planner.json.TypeText;
import io.troupe.planner.logical.LocalData;
import io.troupe.planner.logical.LocalTable;
import io.troupe.planner.logical.LogicalPlan;
import io.troupe.planner.parsed.ParsedPlan;
import io.troupe.planner.sql.ParserSettings;
import io.troupe.planner.sql.SqlParser;
import io.troupe.planner.sql.Statement;
import io.troupe.planner.sql.TextReader;
import io.troupe.planner.type.StructField;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// A session for tests: tables by DDL, queries as SQL or as the client's JSON.
public final class AnalysisFixture {
    final SessionCatalog catalog = new SessionCatalog();
    public final AttributeIds ids = new AttributeIds();
    private final Map<Long, LogicalPlan> plans = new HashMap<>();
    private final Map<String, String> conf =
            new HashMap<>(Map.of("spark.sql.session.timeZone", "UTC"));

    public AnalysisFixture() {
        table(
                "t",
                "i int not null, l bigint, s string, d double, dec decimal(10,2), b boolean, dt date, ts timestamp");
        table("u", "i int, x string");
        table("n", "arr array<int>, m map<string,int>, st struct<f: int, g: string>");
    }

    AnalysisFixture set(String name, String value) {
        conf.put(name, value);
        return this;
    }

    public void table(String name, String ddl) {
        List<Attribute> output = new ArrayList<>();
        for (StructField field : TypeText.schema(ddl).fields()) {
            output.add(ids.attribute(field.name(), field.type(), field.nullable()));
        }
        LogicalPlan plan = new LocalData(output, new LocalTable.Rows(List.of()));
        catalog.putTemporaryView(name, new CatalogEntry.TemporaryView(List.of(name), plan));
    }

    private AnalysisContext context(String text) {
        return new AnalysisContext(
                conf,
                catalog,
                null,
                ids,
                plans::get,
                new TextReader(ParserSettings.DEFAULT),
                text,
                Map.of());
    }

    public LogicalPlan sql(String text) {
        Statement statement = SqlParser.parseStatement(text, ParserSettings.DEFAULT);
        return analyze(((Statement.Query) statement).plan(), text);
    }

    LogicalPlan analyze(ParsedPlan plan, String text) {
        return Analyzer.analyze(plan, context(text));
    }

    /// Analyses a NODE object and keeps the plan under the id, as a session does.
    LogicalPlan node(long id, String json) {
        PlanJson reader = new PlanJson(_ -> new byte[0]);
        LogicalPlan plan = analyze(reader.read(Json.parse(json)), null);
        plans.put(id, plan);
        return plan;
    }

    /// Names, types and `!` for columns that are never null.
    static String schema(LogicalPlan plan) {
        return plan.output().stream()
                .map(column ->
                        column.name()
                                + " "
                                + column.type().simpleString()
                                + (column.nullable() ? "" : "!"))
                .collect(Collectors.joining("; "));
    }

    String schema(String sql) {
        return schema(sql(sql));
    }

    /// The error that the query raises.
    TroupeException error(String sql) {
        try {
            LogicalPlan plan = sql(sql);
            throw new AssertionError("no error, but " + schema(plan));
        } catch (TroupeException e) {
            return e;
        }
    }
}
