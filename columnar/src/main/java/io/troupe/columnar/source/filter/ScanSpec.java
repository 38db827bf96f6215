package io.troupe.columnar.source.filter;

import io.troupe.columnar.operator.RuntimeFilter;
import io.troupe.columnar.operator.TaskContext;
import io.troupe.planner.catalog.FileEntry;
import io.troupe.planner.catalog.FileRelation;
import io.troupe.planner.expression.Attribute;
import io.troupe.planner.physical.PhysicalPlan.FileScan;
import io.troupe.planner.physical.RuntimeFilterUse;
import io.troupe.planner.type.StructField;
import java.util.ArrayList;
import java.util.List;

/// A scan made ready for a task: where each output column comes from, and its compiled conditions.
public final class ScanSpec {
    private final FileScan scan;
    private final TaskContext context;
    private final List<ScanFilter> filters = new ArrayList<>();
    private final int[] partitionOrdinals;
    private final RuntimeUse[] runtime;

    private static final class RuntimeUse {
        private final int number;
        private final int column;
        private RuntimeFilter filter;

        private RuntimeUse(int number, int column) {
            this.number = number;
            this.column = column;
        }
    }

    public ScanSpec(FileScan scan, TaskContext context, PredicateCompiler compiler) {
        this.scan = scan;
        this.context = context;
        scan.filters()
                .forEach(condition ->
                        filters.add(new ScanFilter(condition, scan.output(), compiler)));
        this.partitionOrdinals =
                scan.output().stream()
                        .mapToInt(column -> partition(scan.relation(), column.name()))
                        .toArray();
        this.runtime = new RuntimeUse[scan.runtimeFilters().size()];
        for (int i = 0; i < runtime.length; i++) {
            RuntimeFilterUse use = scan.runtimeFilters().get(i);
            runtime[i] = new RuntimeUse(use.filter(), scan.output().indexOf(use.column()));
        }
    }

    private static int partition(FileRelation relation, String name) {
        List<StructField> fields = relation.partitionSchema().fields();
        for (int i = 0; i < fields.size(); i++) {
            if (fields.get(i).name().equals(name)) {
                return i;
            }
        }
        return -1;
    }

    public FileScan scan() {
        return scan;
    }

    public TaskContext context() {
        return context;
    }

    public List<Attribute> output() {
        return scan.output();
    }

    public List<ScanFilter> filters() {
        return filters;
    }

    /// Whether the output column comes from folder names.
    public boolean isPartition(int column) {
        return partitionOrdinals[column] >= 0;
    }

    /// The output column's value in a file, for partition columns.
    public Object partitionValue(int column, FileEntry file) {
        return file.partitionValues().get(partitionOrdinals[column]);
    }

    public int runtimeFilters() {
        return runtime.length;
    }

    /// The i-th runtime filter, or null while its join has not made it.
    public RuntimeFilter runtimeFilter(int i) {
        RuntimeUse use = runtime[i];
        if (use.filter == null) {
            use.filter = context.runtimeFilters().find(use.number);
        }
        return use.filter;
    }

    public int runtimeColumn(int i) {
        return runtime[i].column;
    }

    /// A Spark setting of the session.
    public boolean flag(String name, boolean otherwise) {
        String value = context.settings().conf().get(name);
        return value == null ? otherwise : Boolean.parseBoolean(value);
    }

    /// False when the scan's conditions cannot hold for any row with these ranges.
    public boolean mayMatch(java.util.function.Function<Attribute, ColumnRange> ranges) {
        if (!RangePruner.mayMatch(scan.filters(), ranges)) {
            return false;
        }
        for (int i = 0; i < runtime.length; i++) {
            RuntimeFilter filter = runtimeFilter(i);
            if (filter != null) {
                ColumnRange range = ranges.apply(scan.output().get(runtime[i].column));
                if (filter.matchesNothing()
                        || !RangePruner.overlaps(range, filter.minimum(), filter.maximum())) {
                    return false;
                }
            }
        }
        return true;
    }

    /// The range of a partition column in a file: its one value.
    public ColumnRange partitionRange(Attribute column, FileEntry file) {
        int position = scan.output().indexOf(column);
        if (position < 0 || !isPartition(position)) {
            return null;
        }
        Object value = partitionValue(position, file);
        return new ColumnRange(value, value, value == null ? 1 : 0, 1);
    }
}
