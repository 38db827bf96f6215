/// Window functions over sorted rows: partition by partition, frame bounds as row numbers, then one
/// function after another over them. Uses the accumulators of aggregation, comparators and column
/// builders.
package io.troupe.columnar.operator.window;
