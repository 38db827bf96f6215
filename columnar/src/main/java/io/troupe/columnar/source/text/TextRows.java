package io.troupe.columnar.source.text;

import io.troupe.columnar.source.filter.ScanSpec;
import io.troupe.columnar.vector.Batch;
import io.troupe.columnar.vector.Vector;
import io.troupe.planner.stage.LeafInput.FileSplit;
import io.troupe.planner.type.StringType;
import java.io.IOException;
import java.io.InputStream;
import java.util.Map;

/// The text format: a row per line, or per file.
public final class TextRows implements RowBatches.RowFormat {
    private final ScanSpec spec;
    private final Map<String, String> options;

    public TextRows(ScanSpec spec) {
        this.spec = spec;
        this.options = spec.scan().relation().options();
    }

    @Override
    public Rows open(FileSplit split) throws IOException {
        return Boolean.parseBoolean(options.get("wholetext"))
                ? new Whole(split)
                : new Lines(TextInput.lines(split, options));
    }

    private Vector[] columns(Vector values) {
        Vector[] columns = new Vector[spec.output().size()];
        for (int i = 0; i < columns.length; i++) {
            columns[i] = spec.isPartition(i) ? null : values;
        }
        return columns;
    }

    private final class Lines implements Rows {
        private final LineReader lines;
        private final TextColumn column = new TextColumn(StringType.STRING, null);
        private int count;

        private Lines(LineReader lines) {
            this.lines = lines;
        }

        @Override
        public Vector[] next() throws IOException {
            while (column.length() < Batch.TARGET_ROWS && lines.next()) {
                column.appendBytes(lines.data(), lines.from(), lines.to());
            }
            count = column.length();
            return count == 0 ? null : columns(column.build());
        }

        @Override
        public int count() {
            return count;
        }

        @Override
        public void close() throws IOException {
            lines.close();
        }
    }

    private final class Whole implements Rows {
        private final FileSplit split;
        private boolean done;

        private Whole(FileSplit split) {
            this.split = split;
            this.done = split.offset() > 0;
        }

        @Override
        public Vector[] next() throws IOException {
            if (done) {
                return null;
            }
            done = true;
            TextColumn column = new TextColumn(StringType.STRING, null);
            try (InputStream in = TextInput.open(split.file().path(), options)) {
                byte[] all = in.readAllBytes();
                column.appendBytes(all, 0, all.length);
            }
            return columns(column.build());
        }

        @Override
        public int count() {
            return 1;
        }

        @Override
        public void close() {
            // Opened and closed by next.
        }
    }
}
