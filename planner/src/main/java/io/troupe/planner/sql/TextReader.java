package io.troupe.planner.sql;

import io.troupe.planner.error.TroupeException;
import io.troupe.planner.parsed.ParsedExpression;
import io.troupe.planner.parsed.ParsedPlan;
import io.troupe.planner.parsed.SqlReader;
import java.util.Map;

/// Reads SQL text for the analyser under a session's settings.
public record TextReader(ParserSettings settings) implements SqlReader {
    @Override
    public ParsedExpression expression(String text) {
        return SqlParser.parseExpression(text, settings);
    }

    @Override
    public ParsedPlan query(String text) {
        if (SqlParser.parseStatement(text, settings) instanceof Statement.Query(ParsedPlan plan)) {
            return plan;
        }
        throw new TroupeException(
                TroupeException.Kind.ParseException,
                "PARSE_SYNTAX_ERROR",
                "42601",
                "A query is expected, found a command: " + text,
                Map.of());
    }
}
