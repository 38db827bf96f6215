/// From parsed trees to resolved plans: names, types, implicit conversions, aggregates and windows
/// in nodes of their own. Uses parsed, function, catalog, expression, logical.
/// [io.troupe.planner.analysis.Analyzer] is the way in.
package io.troupe.planner.analysis;
