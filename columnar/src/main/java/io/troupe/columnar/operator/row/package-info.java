/// Operators that look at rows one by one and hold no state to speak of: scans of given rows,
/// projections, filters, limits, generators. Uses vectors and column builders; expressions arrive
/// compiled.
package io.troupe.columnar.operator.row;
