package io.troupe.planner.parsed;

/// The port by which the analyser reads SQL text: `expr("a + 1")`, views kept as text. Implemented
/// by the SQL parser.
public interface SqlReader {
    /// An expression, with an optional alias.
    ///
    /// @throws io.troupe.planner.error.TroupeException PARSE_SYNTAX_ERROR
    ParsedExpression expression(String text);

    /// A query.
    ParsedPlan query(String text);
}
