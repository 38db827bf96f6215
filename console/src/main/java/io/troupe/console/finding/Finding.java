package io.troupe.console.finding;

import io.troupe.console.model.QueryModel;
import io.troupe.console.model.StageModel;

/// Something that costs time, and what would help.
///
/// @param rule the rule that found it, as `docs/console.md` lists them
/// @param query the query that it concerns, or -1 - its id for a cached plan
/// @param stage the number of its stage in the application, or -1
/// @param attempt the attempt of that stage, from 0
/// @param title what is wrong, in a few words
/// @param evidence the figures that show it, with the bound that they exceed
/// @param suggestion one change that would help
/// @param seconds of the cores' time that it costs, an estimate by which findings are ordered
public record Finding(
        String rule,
        long query,
        int stage,
        int attempt,
        String title,
        String evidence,
        String suggestion,
        double seconds) {
    /// What is found, in words.
    ///
    /// @param title what is wrong, in a few words
    /// @param evidence the figures that show it
    /// @param suggestion one change that would help
    record Text(String title, String evidence, String suggestion) {}

    static Finding ofStage(Rule rule, StageModel stage, double nanos, Text text) {
        return new Finding(
                rule.name(),
                stage.query(),
                stage.number(),
                stage.attempt(),
                text.title(),
                text.evidence(),
                text.suggestion(),
                nanos / 1e9);
    }

    static Finding ofQuery(Rule rule, QueryModel query, double nanos, Text text) {
        return new Finding(
                rule.name(),
                query.id(),
                -1,
                0,
                text.title(),
                text.evidence(),
                text.suggestion(),
                nanos / 1e9);
    }
}
