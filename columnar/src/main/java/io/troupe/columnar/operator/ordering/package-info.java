/// Operators that order the rows of a task: sort, with spilling, and the first n in order. Uses the
/// sorters, column builders and spill files.
package io.troupe.columnar.operator.ordering;
