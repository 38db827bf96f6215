/// Batches as bytes, and files of them: what leaves memory for a while, and what travels between
/// executors. Uses vectors and column builders; operators and the block store use it.
package io.troupe.columnar.spill;
