/// Batches to Arrow IPC streams and back, by bulk copies between heap arrays and message bodies:
/// what pipes to Python, results and uploads carry. Uses vectors and types only; no Arrow vectors
/// are allocated.
package io.troupe.columnar.arrow;
