package io.troupe.driver.session;

import io.troupe.driver.command.Answer;
import io.troupe.planner.expression.Attribute;
import io.troupe.planner.json.ExpressionJson;
import io.troupe.planner.logical.LocalData;
import io.troupe.planner.logical.LocalTable;
import io.troupe.planner.logical.LogicalPlan;
import io.troupe.planner.parsed.ParsedExpression;
import io.troupe.planner.parsed.ParsedPlan;
import io.troupe.planner.sql.Parameters;
import io.troupe.planner.sql.SqlParser;
import io.troupe.planner.sql.Statement;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// `spark.sql`: queries are analysed, commands run at once and give their result as a plan.
final class SqlStatements {
    private final Session session;

    SqlStatements(Session session) {
        this.session = session;
    }

    LogicalPlan run(Request request) {
        Statement statement =
                SqlParser.parseStatement(
                        request.text("text"),
                        session.parserSettings(),
                        parameters(request.get("args")));
        return switch (statement) {
            case Statement.Query query ->
                    session.analyze(located(query.plan(), request.site()), request.text("text"));
            case Statement.Execution execution -> plan(session.execute(execution.command()));
        };
    }

    private LogicalPlan plan(Answer answer) {
        return switch (answer) {
            case Answer.Query query -> query.plan();
            case Answer.Rows rows -> {
                List<Attribute> columns =
                        rows.schema().fields().stream()
                                .map(field ->
                                        session.application()
                                                .ids()
                                                .attribute(
                                                        field.name(),
                                                        field.type(),
                                                        field.nullable()))
                                .toList();
                yield new LocalData(columns, new LocalTable.Rows(rows.rows()));
            }
        };
    }

    private static ParsedPlan located(ParsedPlan plan, String site) {
        return site == null ? plan : new ParsedPlan.LocatedPlan(plan, site, -1, -1);
    }

    private static Parameters parameters(Object args) {
        return switch (args) {
            case Map<?, ?> named -> {
                Map<String, ParsedExpression> values = new LinkedHashMap<>();
                named.forEach((name, value) ->
                        values.put(String.valueOf(name), ExpressionJson.read(value)));
                yield new Parameters(values, List.of());
            }
            case List<?> positional ->
                    new Parameters(
                            Map.of(),
                            positional.stream()
                                    .<ParsedExpression>map(ExpressionJson::read)
                                    .toList());
            case null, default -> Parameters.NONE;
        };
    }
}
