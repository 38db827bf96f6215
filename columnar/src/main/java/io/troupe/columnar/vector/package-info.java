/// Columns and batches: heap arrays with validity bitmaps in Arrow's layout. Knows types only.
package io.troupe.columnar.vector;
