package io.troupe.planner.catalog;

import io.troupe.planner.type.StructType;
import java.util.List;
import java.util.Map;

/// A set of files read as one table. `dataSchema` are the columns inside the files (the user's
/// order), `partitionSchema` those from folder names; the table's columns are both in this order.
/// `format` is `parquet`, `csv`, `json`, `text`, `binaryFile`; option names are in lower case.
public record FileRelation(
        String format,
        List<FileEntry> files,
        StructType dataSchema,
        StructType partitionSchema,
        Map<String, String> options) {
    public FileRelation {
        files = List.copyOf(files);
        options = Map.copyOf(options);
    }

    public long bytes() {
        long sum = 0;
        for (FileEntry file : files) {
            sum += file.size();
        }
        return sum;
    }
}
