/// Loops over columns: the interface of vector kernels, access to rows and results, arithmetic,
/// comparison, decimals and hashing. Uses vectors, builders and types; knows no expressions.
package io.troupe.columnar.kernel;
