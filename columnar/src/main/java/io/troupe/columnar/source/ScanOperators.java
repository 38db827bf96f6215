package io.troupe.columnar.source;

import io.troupe.columnar.operator.Operator;
import io.troupe.columnar.operator.TaskContext;
import io.troupe.columnar.source.csv.CsvRows;
import io.troupe.columnar.source.filter.PredicateCompiler;
import io.troupe.columnar.source.filter.ScanSpec;
import io.troupe.columnar.source.json.JsonRows;
import io.troupe.columnar.source.parquet.ParquetScan;
import io.troupe.columnar.source.text.BinaryFileRows;
import io.troupe.columnar.source.text.RowBatches;
import io.troupe.columnar.source.text.TextRows;
import io.troupe.planner.physical.PhysicalPlan.FileScan;
import io.troupe.planner.stage.LeafInput;

/// Opens scans of files.
public final class ScanOperators {
    private ScanOperators() {}

    /// The rows of the task's share of the relation's files: the wanted columns, with the scan's
    /// conditions applied.
    ///
    /// @param compiler compiles the scan's conditions
    public static Operator open(
            FileScan scan, LeafInput.Files input, TaskContext context, PredicateCompiler compiler) {
        ScanSpec spec = new ScanSpec(scan, context, compiler);
        return switch (scan.relation().format()) {
            case "parquet" -> new ParquetScan(spec, input.splits());
            case "csv" -> new RowBatches(spec, input.splits(), new CsvRows(spec));
            case "json" -> new RowBatches(spec, input.splits(), new JsonRows(spec));
            case "text" -> new RowBatches(spec, input.splits(), new TextRows(spec));
            case "binaryFile" -> new RowBatches(spec, input.splits(), new BinaryFileRows(spec));
            default ->
                    throw new IllegalArgumentException(
                            "no scan for format " + scan.relation().format());
        };
    }
}
