package io.troupe.planner.expression;

import java.util.List;

/// What an expression knows of a plan nested in it. Implemented by the logical plans only.
public interface QueryPlan {
    List<Attribute> output();
}
