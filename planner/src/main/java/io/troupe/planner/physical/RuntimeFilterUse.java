package io.troupe.planner.physical;

import io.troupe.planner.expression.Attribute;

/// A scan's column `column` is compared with the filter `filter` made by a [PhysicalPlan.HashJoin]
/// that lists it.
public record RuntimeFilterUse(int filter, Attribute column) {}
