/// Reading of other tasks' outputs: from this process's store by reference, from other executors
/// over the data plane. Knows no actors.
package io.troupe.executor.fetch;
