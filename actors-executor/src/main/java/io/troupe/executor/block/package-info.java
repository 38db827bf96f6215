/// Outputs of tasks, held as batches in memory first and as checksummed frames on disk when memory
/// is short; and the scratch folder they spill to. Knows no actors.
package io.troupe.executor.block;
