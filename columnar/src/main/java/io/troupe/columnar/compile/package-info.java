/// Compiles resolved expressions into functions over vectors.
package io.troupe.columnar.compile;
