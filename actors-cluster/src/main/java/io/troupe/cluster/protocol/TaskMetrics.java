package io.troupe.cluster.protocol;

/// What a task attempt used and moved. Times in nanoseconds, sizes in bytes.
///
/// @param runNanos wall time from start to end
/// @param cpuNanos processor time of the task's thread
/// @param gcMillis time that the process spent in garbage collection meanwhile
/// @param rowsRead rows that entered the stage (sources and exchanges)
/// @param bytesRead bytes read from sources
/// @param shuffleBytesRead bytes fetched from other tasks' outputs
/// @param fetchWaitNanos time spent waiting for them
/// @param rowsWritten rows that left the stage
/// @param bytesWritten bytes of the task's output
/// @param spilledBytes bytes that operators wrote to disk for want of memory
/// @param peakMemory largest memory reservation of the task
/// @param pythonSendNanos time spent sending batches to Python
/// @param pythonComputeNanos time spent by Python functions
/// @param pythonReceiveNanos time spent receiving batches from Python
public record TaskMetrics(
        long runNanos,
        long cpuNanos,
        long gcMillis,
        long rowsRead,
        long bytesRead,
        long shuffleBytesRead,
        long fetchWaitNanos,
        long rowsWritten,
        long bytesWritten,
        long spilledBytes,
        long peakMemory,
        long pythonSendNanos,
        long pythonComputeNanos,
        long pythonReceiveNanos) {
    /// Nothing used, nothing moved.
    public static final TaskMetrics NONE = new TaskMetrics(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);

    /// Adds up two tasks' figures; `peakMemory` becomes the larger.
    public TaskMetrics plus(TaskMetrics o) {
        return new TaskMetrics(
                runNanos + o.runNanos,
                cpuNanos + o.cpuNanos,
                gcMillis + o.gcMillis,
                rowsRead + o.rowsRead,
                bytesRead + o.bytesRead,
                shuffleBytesRead + o.shuffleBytesRead,
                fetchWaitNanos + o.fetchWaitNanos,
                rowsWritten + o.rowsWritten,
                bytesWritten + o.bytesWritten,
                spilledBytes + o.spilledBytes,
                Math.max(peakMemory, o.peakMemory),
                pythonSendNanos + o.pythonSendNanos,
                pythonComputeNanos + o.pythonComputeNanos,
                pythonReceiveNanos + o.pythonReceiveNanos);
    }
}
