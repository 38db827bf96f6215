/// The function registry: which functions exist, their arguments, result types and intermediate
/// states.
package io.troupe.planner.function;
