package io.troupe.planner.catalog;

import java.util.List;

/// One data file: its path, size in bytes, modification time (ms since the epoch) and, per
/// partition column of the relation, the value from the folder name (engine literal form, null for
/// the Hive default partition).
public record FileEntry(String path, long size, long modified, List<Object> partitionValues) {
    public FileEntry {
        partitionValues =
                java.util.Collections.unmodifiableList(new java.util.ArrayList<>(partitionValues));
    }
}
