/// JSON, CSV and variants as values: a small tree, its reader and writer, paths into it, and the
/// way to typed values and back. Uses kernels, text and time; knows no expressions.
package io.troupe.columnar.json;
