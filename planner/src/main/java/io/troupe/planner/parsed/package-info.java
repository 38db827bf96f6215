/// Unresolved trees, as SQL text or DataFrame calls give them: names are not looked up, types not
/// known. Made by `sql` and `json`, consumed by `analysis`.
package io.troupe.planner.parsed;
