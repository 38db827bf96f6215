/// Hash aggregation: accumulators that hold one value per group in arrays, and the operator that
/// feeds them. Uses vectors, column builders, hash tables and spill files.
package io.troupe.columnar.operator.aggregate;
