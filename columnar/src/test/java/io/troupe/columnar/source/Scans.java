package io.troupe.columnar.source;

import io.troupe.columnar.compile.VectorPredicate;
import io.troupe.columnar.operator.Operator;
import io.troupe.columnar.source.filter.PredicateCompiler;
import io.troupe.columnar.vector.Batch;
import io.troupe.planner.catalog.FileEntry;
import io.troupe.planner.catalog.FileRelation;
import io.troupe.planner.expression.Attribute;
import io.troupe.planner.expression.Expression;
import io.troupe.planner.physical.PhysicalPlan.FileScan;
import io.troupe.planner.stage.LeafInput;
import io.troupe.planner.type.StructField;
import io.troupe.planner.type.StructType;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Runs scans to lists of rows.
public final class Scans {
    private Scans() {}

    public static FileEntry entry(Path file) {
        try {
            return new FileEntry(
                    file.toString(),
                    Files.size(file),
                    Files.getLastModifiedTime(file).toMillis(),
                    List.of());
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    public static FileRelation relation(String format, StructType schema, Path... files) {
        List<FileEntry> entries = java.util.Arrays.stream(files).map(Scans::entry).toList();
        return new FileRelation(format, entries, schema, new StructType(List.of()), Map.of());
    }

    public static FileScan scan(FileRelation relation) {
        return scan(relation, List.of());
    }

    public static FileScan scan(FileRelation relation, List<Expression> filters) {
        List<Attribute> output = new ArrayList<>();
        List<StructField> fields = new ArrayList<>(relation.dataSchema().fields());
        fields.addAll(relation.partitionSchema().fields());
        for (StructField field : fields) {
            output.add(
                    new Attribute(output.size() + 1, field.name(), field.type(), field.nullable()));
        }
        return new FileScan(0, relation, output, filters, List.of());
    }

    public static LeafInput.Files whole(FileRelation relation) {
        return new LeafInput.Files(
                0,
                relation.files().stream()
                        .map(file -> new LeafInput.FileSplit(file, 0, file.size()))
                        .toList());
    }

    public static List<List<Object>> rows(FileRelation relation) {
        return rows(scan(relation), whole(relation), (condition, input) -> null);
    }

    public static List<List<Object>> rows(
            FileScan scan, LeafInput.Files input, PredicateCompiler compiler) {
        List<List<Object>> rows = new ArrayList<>();
        try (Operator operator =
                ScanOperators.open(scan, input, new PlainTaskContext(), compiler)) {
            for (Batch batch = operator.next(); batch != null; batch = operator.next()) {
                for (int i = 0; i < batch.selected(); i++) {
                    List<Object> row = new ArrayList<>();
                    for (int c = 0; c < batch.columns().length; c++) {
                        row.add(
                                Cells.at(
                                        batch.column(c),
                                        scan.output().get(c).type(),
                                        batch.row(i)));
                    }
                    rows.add(row);
                }
            }
        }
        return rows;
    }

    /// A compiler that gives this predicate for every condition.
    public static PredicateCompiler always(VectorPredicate predicate) {
        return (condition, input) -> predicate;
    }
}
