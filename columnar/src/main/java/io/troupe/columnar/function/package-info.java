/// The scalar functions as kernels, in families; [FunctionTable] lists name and implementation of
/// each. Uses kernels, casts, text and time; knows no expressions.
package io.troupe.columnar.function;
