/**
 * Pure planning: types, expressions, plans, SQL, analysis, optimisation, stage cutting. No actors,
 * no I/O, no clock.
 */
package io.troupe.planner;
