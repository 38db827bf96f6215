/// Spark SQL's data types as a sealed hierarchy, with their names, JSON form and value
/// representation in the engine. Uses nothing else of the planner; everything uses it.
package io.troupe.planner.type;
