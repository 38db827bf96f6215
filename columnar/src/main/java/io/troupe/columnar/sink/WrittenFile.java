package io.troupe.columnar.sink;

/// A file that a task has completed under the job's staging folder: its absolute path, rows and
/// bytes.
public record WrittenFile(String path, long rows, long bytes) {}
