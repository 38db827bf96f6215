package io.troupe.planner.physical;

import io.troupe.planner.expression.Attribute;
import java.util.List;
import java.util.Map;

/// Where and how a job writes: `staging` is a folder inside `path` that becomes visible by commit
/// only. `partitionBy` are columns that become folders and are not in the files.
public record WriteSpec(
        String format,
        String path,
        String staging,
        List<Attribute> columns,
        List<Attribute> partitionBy,
        Map<String, String> options) {}
