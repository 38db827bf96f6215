/// Plans as text for people.
package io.troupe.planner.explain;
