/// Conditions inside scans: compiled filters over partly read batches, filters on dictionaries,
/// pruning by value ranges, constant columns. Knows no file format; the format packages use it.
package io.troupe.columnar.source.filter;
