/// Hashing of rows and hash tables of our own: key rows become dense numbers, by which aggregates
/// and joins keep their state in arrays. Uses vectors and column builders; operators use it.
package io.troupe.columnar.hash;
