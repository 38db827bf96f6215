/// Conversions between types as kernels: numbers, decimals, times, strings and nested values. Uses
/// kernels, text and time; knows no expressions.
package io.troupe.columnar.cast;
