package io.troupe.planner.catalog;

import io.troupe.planner.statistics.TableStatistics;
import io.troupe.planner.type.StructType;
import java.util.List;
import java.util.Map;

/// The port to storage: lists files, infers schemas, reads statistics. Implemented in `columnar`.
public interface Sources {
    /// Lists the files behind the paths (files, folders, globs) and finds the schema (given, from
    /// footers, or inferred).
    ///
    /// @param schema the user's schema, or null
    /// @throws io.troupe.planner.error.TroupeException PATH_NOT_FOUND, UNABLE_TO_INFER_SCHEMA,
    ///   FAILED_READ_FILE …
    FileRelation open(
            String format, List<String> paths, Map<String, String> options, StructType schema);

    /// What footers and sampling tell; never null, unknown parts are absent. Cached by file and
    /// modification time.
    TableStatistics statistics(FileRelation relation);
}
