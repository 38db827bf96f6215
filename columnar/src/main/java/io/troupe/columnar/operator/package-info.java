/// Physical operators over batches, one chain per task, on the task's thread. Built from physical
/// plans by [io.troupe.columnar.operator.OperatorBuilder].
package io.troupe.columnar.operator;
