/// Resolved logical plans: what to compute, not how. Built by the analyser, rewritten by the
/// optimizer, made physical by the physical planner.
package io.troupe.planner.logical;
