/// Operators whose work is done by a Python worker: they send batches ahead, read results, and put
/// rows together again.
package io.troupe.pybridge.operator;
