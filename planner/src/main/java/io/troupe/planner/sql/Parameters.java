package io.troupe.planner.sql;

import io.troupe.planner.parsed.ParsedExpression;
import java.util.List;
import java.util.Map;

/// Values for `:name` and `?`. With [#NONE], markers stay in the tree for the analyser to refuse.
///
/// @param columns what column names of one part, in lower case, stand for: the parameters of a SQL
///   function in its body
public record Parameters(
        Map<String, ParsedExpression> named,
        List<ParsedExpression> positional,
        Map<String, ParsedExpression> columns) {
    public static final Parameters NONE = new Parameters(Map.of(), List.of());

    public Parameters(Map<String, ParsedExpression> named, List<ParsedExpression> positional) {
        this(named, positional, Map.of());
    }
}
