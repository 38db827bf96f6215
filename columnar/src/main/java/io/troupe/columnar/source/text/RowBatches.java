package io.troupe.columnar.source.text;

import io.troupe.columnar.operator.Operator;
import io.troupe.columnar.operator.RuntimeFilter;
import io.troupe.columnar.source.filter.ConstantColumn;
import io.troupe.columnar.source.filter.ScanFilter;
import io.troupe.columnar.source.filter.ScanSpec;
import io.troupe.columnar.source.listing.FileErrors;
import io.troupe.columnar.vector.Batch;
import io.troupe.columnar.vector.Vector;
import io.troupe.planner.error.TroupeException;
import io.troupe.planner.stage.LeafInput.FileSplit;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.NoSuchFileException;
import java.util.Iterator;
import java.util.List;

/// Scans files row by row: a format opens each split and fills columns; this adds partition columns
/// and applies the scan's conditions.
public final class RowBatches implements Operator {
    private final ScanSpec spec;
    private final Iterator<FileSplit> splits;
    private final RowFormat format;
    private FileSplit split;
    private RowFormat.Rows rows;

    public RowBatches(ScanSpec spec, List<FileSplit> splits, RowFormat format) {
        this.spec = spec;
        this.splits = splits.iterator();
        this.format = format;
    }

    /// A file format that is read row by row.
    public interface RowFormat {
        Rows open(FileSplit split) throws IOException;

        /// The rows of one split. `next` gives the vectors of the scan's output columns that come
        /// from the file (null in the places of partition columns), or null at the end; `count` is
        /// then their number of rows.
        interface Rows extends AutoCloseable {
            Vector[] next() throws IOException;

            int count();

            @Override
            void close() throws IOException;
        }
    }

    @Override
    public Batch next() {
        while (true) {
            spec.context().checkCancelled();
            try {
                if (rows == null) {
                    if (!splits.hasNext()) {
                        return null;
                    }
                    split = splits.next();
                    if (!spec.mayMatch(column -> spec.partitionRange(column, split.file()))) {
                        continue;
                    }
                    rows = format.open(split);
                    spec.context().metrics().add("input.bytes", split.length());
                }
                Vector[] columns = rows.next();
                if (columns == null) {
                    closeRows();
                    continue;
                }
                Batch batch = batch(columns, rows.count());
                if (batch != null) {
                    return batch;
                }
            } catch (NoSuchFileException missing) {
                throw FileErrors.missing(split.file().path(), missing);
            } catch (MalformedRecord malformed) {
                throw located(malformed.error());
            } catch (IOException | UncheckedIOException failure) {
                throw FileErrors.unreadable(
                        split.file().path(), failure.getMessage() + ".", failure);
            }
        }
    }

    /// As Spark reports it: the file's error outside, the record's inside its text.
    private TroupeException located(TroupeException malformed) {
        TroupeException outer = FileErrors.unreadable(split.file().path(), "", null);
        outer.initCause(malformed);
        return new TroupeException(
                outer.kind(),
                outer.condition(),
                outer.sqlState(),
                bare(outer) + malformed.getMessage(),
                outer.parameters());
    }

    private static String bare(TroupeException error) {
        String text = error.getMessage();
        int from = text.indexOf("] ") + 2;
        int to = text.lastIndexOf(" SQLSTATE");
        return text.substring(from, to).stripTrailing() + " ";
    }

    private Batch batch(Vector[] columns, int count) {
        if (count == 0) {
            return null;
        }
        for (int i = 0; i < columns.length; i++) {
            if (spec.isPartition(i)) {
                columns[i] =
                        ConstantColumn.of(
                                spec.partitionValue(i, split.file()),
                                spec.output().get(i).type(),
                                count);
            }
        }
        spec.context().metrics().add("input.rows", count);
        Batch all = new Batch(columns, count);
        int[] selection = null;
        int selected = count;
        for (ScanFilter filter : spec.filters()) {
            int[] result = selection == null ? new int[count] : selection;
            selected = filter.select(all, selection, selected, result);
            selection = result;
            if (selected == 0) {
                return null;
            }
        }
        for (int i = 0; i < spec.runtimeFilters(); i++) {
            RuntimeFilter filter = spec.runtimeFilter(i);
            if (filter != null) {
                int[] result = selection == null ? new int[count] : selection;
                selected =
                        filter.apply(columns[spec.runtimeColumn(i)], selection, selected, result);
                selection = result;
                if (selected == 0) {
                    return null;
                }
            }
        }
        return new Batch(columns, count, selected == count ? null : selection, selected);
    }

    private void closeRows() throws IOException {
        if (rows != null) {
            RowFormat.Rows open = rows;
            rows = null;
            open.close();
        }
    }

    @Override
    public void close() {
        try {
            closeRows();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
