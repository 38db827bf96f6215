package io.troupe.planner.stage;

import io.troupe.planner.catalog.FileEntry;
import java.util.List;

/// A task's share of one leaf's input. A leaf without one in a task gives no rows there.
public sealed interface LeafInput {
    int leaf();

    /// Parts of files. A row group (or line) belongs to the split in which its first byte lies.
    record Files(int leaf, List<FileSplit> splits) implements LeafInput {}

    record FileSplit(FileEntry file, long offset, long length) {}

    /// Rows `from` (inclusive) to `to` (exclusive) of a LocalScan or RangeScan.
    record Rows(int leaf, long from, long to) implements LeafInput {}

    /// Reduce partitions `from` (inclusive) to `to` (exclusive), of map tasks `fromMap` to `toMap`
    /// (all: 0 to Integer.MAX_VALUE). `share` numbers the shares of a leaf, from 0.
    record Partitions(int leaf, int share, int from, int to, int fromMap, int toMap)
            implements LeafInput {}

    /// All that the map tasks `from` (inclusive) to `to` (exclusive) of an exchange with one
    /// partition gave.
    record Producers(int leaf, int exchange, int from, int to) implements LeafInput {}

    /// All of a broadcast exchange.
    record Whole(int leaf) implements LeafInput {}

    /// Partitions of a cached plan.
    record Cached(int leaf, int from, int to) implements LeafInput {}
}
