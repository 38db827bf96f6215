/// Estimates of sizes and distributions that the optimizer decides by.
package io.troupe.planner.statistics;
