/// Joins: the build side's table, the hash join's probe in all join kinds, nested loops, runtime
/// filters, and the spilling of both sides. Uses hash tables, column builders and spill files.
package io.troupe.columnar.operator.join;
