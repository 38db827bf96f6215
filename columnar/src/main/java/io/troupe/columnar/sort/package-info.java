/// Orders of values and rows: comparators, normalised sort keys, sorting of row numbers. Uses
/// vectors and column builders; operators use it.
package io.troupe.columnar.sort;
