package io.troupe.driver.command;

import java.util.List;
import java.util.Map;

/// Files to write.
///
/// @param format such as `parquet`
/// @param path the folder
/// @param overwrite whether the files that are there go away with the commit
/// @param partitionBy columns that become folders
/// @param options of the format, names in lower case
public record WriteTarget(
        String format,
        String path,
        boolean overwrite,
        List<String> partitionBy,
        Map<String, String> options) {
    public WriteTarget {
        partitionBy = List.copyOf(partitionBy);
        options = Map.copyOf(options);
    }
}
