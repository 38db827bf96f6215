/// Dividing a stage's output among the partitions of its exchange. Uses key hashes, sort
/// comparators and column builders.
package io.troupe.columnar.operator.exchange;
