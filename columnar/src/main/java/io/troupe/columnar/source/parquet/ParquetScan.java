package io.troupe.columnar.source.parquet;

import io.troupe.columnar.operator.Operator;
import io.troupe.columnar.operator.RuntimeFilter;
import io.troupe.columnar.source.filter.ColumnRange;
import io.troupe.columnar.source.filter.ConstantColumn;
import io.troupe.columnar.source.filter.ScanFilter;
import io.troupe.columnar.source.filter.ScanSpec;
import io.troupe.columnar.source.listing.FileErrors;
import io.troupe.columnar.vector.Batch;
import io.troupe.columnar.vector.Vector;
import io.troupe.planner.expression.Attribute;
import io.troupe.planner.stage.LeafInput.FileSplit;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Iterator;
import java.util.List;
import org.apache.parquet.format.RowGroup;

/// Scans the row groups that begin inside the given splits. Columns of conditions are read first;
/// the others only for stretches in which a row is left.
public final class ParquetScan implements Operator {
    private static final int MAX_WINDOW = 512 << 10;
    private static final int MIN_WINDOW = 32 << 10;
    private static final int WINDOW_BUDGET = 64 << 20;

    private final ScanSpec spec;
    private final Iterator<FileSplit> splits;
    private final int windowBytes;

    private FileSplit split;
    private ParquetFooter footer;
    private FileChannel channel;
    private ColumnSource[] sources;
    private int nextGroup;
    private int group;
    private long rowsLeft;
    private String at = "footer";

    private final Vector[] columns;

    public ParquetScan(ScanSpec spec, List<FileSplit> splits) {
        this.spec = spec;
        this.splits = splits.iterator();
        this.columns = new Vector[spec.output().size()];
        this.windowBytes =
                Math.clamp(WINDOW_BUDGET / Math.max(1, columns.length), MIN_WINDOW, MAX_WINDOW);
    }

    @Override
    public Batch next() {
        while (true) {
            spec.context().checkCancelled();
            while (rowsLeft == 0) {
                if (!nextGroup()) {
                    return null;
                }
            }
            int rows = (int) Math.min(Batch.TARGET_ROWS, rowsLeft);
            Batch batch = guarded(() -> read(rows));
            rowsLeft -= rows;
            if (batch != null) {
                return batch;
            }
        }
    }

    private boolean nextGroup() {
        while (footer == null || nextGroup >= footer.metadata().getRow_groups().size()) {
            closeFile();
            if (!splits.hasNext()) {
                return false;
            }
            split = splits.next();
            openFile();
        }
        group = nextGroup++;
        return guarded(this::openGroup);
    }

    private void openFile() {
        String path = split.file().path();
        at = "footer";
        nextGroup = 0;
        footer = ParquetFooter.of(path, split.file().modified(), split.file().size());
        sources = null;
        if (!spec.mayMatch(column -> spec.partitionRange(column, split.file()))) {
            nextGroup = footer.metadata().getRow_groups().size();
        }
    }

    private boolean openGroup() throws IOException {
        RowGroup rows = footer.metadata().getRow_groups().get(group);
        long start = ParquetFooter.start(rows);
        if (start < split.offset() || start >= split.offset() + split.length()) {
            return true;
        }
        at = "statistics";
        if (!spec.mayMatch(column -> range(rows, column))) {
            spec.context().metrics().add("input.groups.pruned", 1);
            return true;
        }
        if (sources == null) {
            openSources();
        }
        for (ColumnSource source : sources) {
            if (source != null) {
                at = source.name();
                source.open(channel, rows);
            }
        }
        rowsLeft = rows.getNum_rows();
        spec.context().metrics().add("input.groups", 1);
        spec.context().metrics().add("input.bytes", storedBytes(rows));
        return true;
    }

    private long storedBytes(RowGroup rows) {
        ColumnSources columnSources =
                new ColumnSources(footer, spec.flag("spark.sql.caseSensitive", false), 0);
        long bytes = 0;
        for (int i = 0; i < sources.length; i++) {
            if (sources[i] != null) {
                bytes += columnSources.storedBytes(rows, spec.output().get(i).name());
            }
        }
        return bytes;
    }

    private void openSources() throws IOException {
        if (channel == null) {
            channel = FileChannel.open(Path.of(split.file().path()), StandardOpenOption.READ);
        }
        sources = new ColumnSource[columns.length];
        ColumnSources make =
                new ColumnSources(footer, spec.flag("spark.sql.caseSensitive", false), windowBytes);
        for (int i = 0; i < sources.length; i++) {
            if (!spec.isPartition(i)) {
                Attribute column = spec.output().get(i);
                at = column.name();
                sources[i] = make.source(column.name(), column.type());
            }
        }
    }

    private ColumnRange range(RowGroup rows, Attribute column) {
        ColumnRange constant = spec.partitionRange(column, split.file());
        if (constant != null) {
            return constant;
        }
        ParquetNode node =
                new ColumnSources(footer, spec.flag("spark.sql.caseSensitive", false), 0)
                        .find(footer.root(), column.name());
        if (node == null) {
            return new ColumnRange(null, null, rows.getNum_rows(), rows.getNum_rows());
        }
        return node.isLeaf() && node.repetition() == 0
                ? StatisticsReader.range(
                        node, rows.getColumns().get(node.column()).getMeta_data(), column.type())
                : null;
    }

    /// The next rows with the conditions applied; null when none is left.
    private Batch read(int rows) throws IOException {
        java.util.Arrays.fill(columns, null);
        int[] selection = null;
        int selected = rows;
        Batch partial = new Batch(columns, rows);
        for (ScanFilter filter : spec.filters()) {
            for (int column : filter.columns()) {
                load(column, rows);
            }
            int[] result = selection == null ? new int[rows] : selection;
            selected = filter.select(partial, selection, selected, result);
            selection = result;
            if (selected == 0) {
                return skipRest(rows);
            }
        }
        for (int i = 0; i < spec.runtimeFilters(); i++) {
            RuntimeFilter filter = spec.runtimeFilter(i);
            if (filter != null) {
                load(spec.runtimeColumn(i), rows);
                int[] result = selection == null ? new int[rows] : selection;
                selected =
                        filter.apply(columns[spec.runtimeColumn(i)], selection, selected, result);
                selection = result;
                if (selected == 0) {
                    return skipRest(rows);
                }
            }
        }
        return batch(rows, selected == rows ? null : selection, selected);
    }

    private Batch batch(int rows, int[] selection, int selected) throws IOException {
        Vector[] output = new Vector[columns.length];
        for (int i = 0; i < columns.length; i++) {
            load(i, rows);
            output[i] =
                    spec.isPartition(i)
                            ? columns[i]
                            : Dictionaries.flattenNumbers(columns[i], selection, selected);
        }
        spec.context().metrics().add("input.rows", rows);
        return new Batch(output, rows, selection, selected);
    }

    private void load(int column, int rows) throws IOException {
        if (columns[column] != null) {
            return;
        }
        if (sources[column] == null) {
            Object value = spec.partitionValue(column, split.file());
            columns[column] = ConstantColumn.of(value, spec.output().get(column).type(), rows);
        } else {
            at = sources[column].name();
            columns[column] = sources[column].read(rows);
        }
    }

    private Batch skipRest(int rows) {
        for (int i = 0; i < columns.length; i++) {
            if (columns[i] == null && sources[i] != null) {
                sources[i].skip(rows);
            }
        }
        spec.context().metrics().add("input.rows", rows);
        return null;
    }

    private interface Step<T> {
        T run() throws IOException;
    }

    /// Runs a step of decoding; whatever a damaged file makes it throw names the file and the
    /// place.
    private <T> T guarded(Step<T> step) {
        try {
            return step.run();
        } catch (NoSuchFileException missing) {
            throw FileErrors.missing(split.file().path(), missing);
        } catch (IOException
                | UncheckedIOException
                | ParquetFormatException
                | IndexOutOfBoundsException
                | NegativeArraySizeException
                | java.nio.BufferUnderflowException
                | ArithmeticException failure) {
            String place = "Row group " + group + ", column " + at + ": ";
            throw FileErrors.unreadable(
                    split.file().path(), place + failure.getMessage() + ".", failure);
        }
    }

    private void closeFile() {
        footer = null;
        sources = null;
        if (channel != null) {
            try {
                channel.close();
            } catch (IOException failure) {
                throw new UncheckedIOException(failure);
            } finally {
                channel = null;
            }
        }
    }

    @Override
    public void close() {
        rowsLeft = 0;
        closeFile();
    }
}
