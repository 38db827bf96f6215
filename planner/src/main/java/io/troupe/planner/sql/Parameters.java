package io.troupe.planner.sql;

import io.troupe.planner.parsed.ParsedExpression;
import java.util.List;
import java.util.Map;

/// Values for `:name` and `?`. With [#NONE], markers stay in the tree for the analyser to refuse.
public record Parameters(Map<String, ParsedExpression> named, List<ParsedExpression> positional) {
    public static final Parameters NONE = new Parameters(Map.of(), List.of());
}
