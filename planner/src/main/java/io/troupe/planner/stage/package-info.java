/// Stages and tasks: a physical plan cut at its exchanges, and the shares of input that each task
/// gets.
package io.troupe.planner.stage;
