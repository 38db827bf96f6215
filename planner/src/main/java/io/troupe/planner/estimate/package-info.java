/// Estimates of the size and distribution of a logical plan's result, by which join order and
/// physical forms are chosen.
package io.troupe.planner.estimate;
