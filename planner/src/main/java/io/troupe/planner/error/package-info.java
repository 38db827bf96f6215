/// Errors with Spark's error conditions. Uses nothing else of the planner.
package io.troupe.planner.error;
