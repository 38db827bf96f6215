package io.troupe.console.finding;

/// Something that costs time, and what would help.
///
/// @param rule the rule that found it, as `docs/console.md` lists them
/// @param query the query that it concerns, or -1 - its id for a cached plan
/// @param stage the number of its stage in the application, or -1
/// @param title what is wrong, in a few words
/// @param evidence the figures that show it, with the bound that they exceed
/// @param suggestion one change that would help
/// @param seconds of the cores' time that it costs, an estimate by which findings are ordered
public record Finding(
        String rule,
        long query,
        int stage,
        String title,
        String evidence,
        String suggestion,
        double seconds) {}
