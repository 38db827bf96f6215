/// The functions: names, arities, type rules, nullability, and how Spark shows a call of each. One
/// entry per function, in a table per family. Uses types, expressions and errors; the analyser
/// looks functions up here.
package io.troupe.planner.function;
