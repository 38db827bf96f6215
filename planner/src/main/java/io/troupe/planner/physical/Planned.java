package io.troupe.planner.physical;

/// A physical operator with what is known of its rows' distribution.
record Planned(PhysicalPlan plan, Distribution distribution) {}
