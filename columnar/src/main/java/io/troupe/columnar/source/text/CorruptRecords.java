package io.troupe.columnar.source.text;

import io.troupe.columnar.source.filter.ScanSpec;
import io.troupe.planner.error.TroupeException;
import java.util.Map;

/// The check that CSV and JSON scans share about the column of corrupt records.
public final class CorruptRecords {
    private CorruptRecords() {}

    /// Refuses scans of nothing but the corrupt-record column: without other columns no record
    /// would be found corrupt.
    public static void check(ScanSpec spec, String column) {
        int data = 0;
        int corrupt = 0;
        for (int i = 0; i < spec.output().size(); i++) {
            if (!spec.isPartition(i)) {
                data++;
                corrupt += spec.output().get(i).name().equals(column) ? 1 : 0;
            }
        }
        if (data > 0 && data == corrupt) {
            throw TroupeException.analysis(
                    "UNSUPPORTED_FEATURE.QUERY_ONLY_CORRUPT_RECORD_COLUMN",
                    "0A000",
                    "The feature is not supported: Queries from raw JSON/CSV/XML files are disallowed when the\nreferenced columns only"
                            + " include the internal corrupt record column\n(named `_corrupt_record` by default). For example:\n"
                            + "`spark.read.schema(schema).json(file).filter($\"_corrupt_record\".isNotNull).count()`\nand"
                            + " `spark.read.schema(schema).json(file).select(\"_corrupt_record\").show()`.\nInstead, you can cache or save the"
                            + " parsed results and then send the same query.\nFor example,"
                            + " `val df = spark.read.schema(schema).json(file).cache()` and then\n"
                            + "`df.filter($\"_corrupt_record\".isNotNull).count()`.",
                    Map.of());
        }
    }
}
