/// Building columns: growable builders that gather rows of other columns, and the way from vectors
/// to single values and back. Uses vectors and types only.
package io.troupe.columnar.column;
