package io.troupe.planner.physical;

import java.util.List;
import java.util.Set;

/// A planned query: its root, the exchanges of common tables that several places in it read, and
/// the leaves that the plan relies on being read by one task alone.
public record PhysicalQuery(
        PhysicalPlan root, List<PhysicalPlan.Exchange> shared, Set<Integer> singleLeaves) {}
