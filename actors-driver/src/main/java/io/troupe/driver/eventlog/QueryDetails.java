package io.troupe.driver.eventlog;

import io.troupe.planner.explain.PlanGraph;
import java.util.Map;

/// A planned query, for people and for tools that draw it.
///
/// @param session the session that runs it
/// @param line the line of the user's script that asked for it; may be empty
/// @param description what the user called it (`setJobDescription`), or empty
/// @param group the user's group of jobs (`setJobGroup`), or empty
/// @param graph its operators
/// @param texts its plans as text, by their name (`analyzed`, `optimized`, `physical`)
/// @param planningNanos time spent by phase (`optimize`, `plan`)
public record QueryDetails(
        long session,
        String line,
        String description,
        String group,
        PlanGraph graph,
        Map<String, String> texts,
        Map<String, Long> planningNanos) {}
