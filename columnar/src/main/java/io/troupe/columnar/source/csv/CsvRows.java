package io.troupe.columnar.source.csv;

import io.troupe.columnar.source.filter.ScanSpec;
import io.troupe.columnar.source.text.CorruptRecords;
import io.troupe.columnar.source.text.MalformedRecord;
import io.troupe.columnar.source.text.ParseMode;
import io.troupe.columnar.source.text.RowBatches;
import io.troupe.columnar.source.text.TextColumn;
import io.troupe.columnar.source.text.TextTimes;
import io.troupe.columnar.vector.Batch;
import io.troupe.columnar.vector.Vector;
import io.troupe.planner.expression.Attribute;
import io.troupe.planner.stage.LeafInput.FileSplit;
import io.troupe.planner.type.StructField;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// Fills columns from CSV records. As in Spark, only the wanted columns are parsed, and a record's
/// number of tokens counts only when all columns (or the corrupt-record column) are wanted.
public final class CsvRows implements RowBatches.RowFormat {
    private final ScanSpec spec;
    private final CsvOptions options;

    /// Per output column: its token, -1 for the corrupt-record column, -2 for partition columns.
    private final int[] tokens;

    private final int schemaTokens;
    private final boolean countTokens;

    private static final int CORRUPT = -1;
    private static final int PARTITION = -2;

    public CsvRows(ScanSpec spec) {
        this.spec = spec;
        this.options = CsvOptions.of(spec.scan().relation().options());
        CorruptRecords.check(spec, options.corruptColumn());
        List<String> names =
                spec.scan().relation().dataSchema().fields().stream()
                        .map(StructField::name)
                        .filter(name -> !name.equals(options.corruptColumn()))
                        .toList();
        this.schemaTokens = names.size();
        this.tokens = new int[spec.output().size()];
        int wanted = 0;
        boolean corrupt = false;
        for (int i = 0; i < tokens.length; i++) {
            String name = spec.output().get(i).name();
            boolean isCorrupt = name.equals(options.corruptColumn());
            tokens[i] = spec.isPartition(i) ? PARTITION : isCorrupt ? CORRUPT : names.indexOf(name);
            wanted += tokens[i] >= 0 ? 1 : 0;
            corrupt |= tokens[i] == CORRUPT;
        }
        this.countTokens = corrupt || wanted == schemaTokens && wanted > 0;
    }

    @Override
    public Rows open(FileSplit split) throws IOException {
        return new Reader(new CsvRecords(split, options, options.header()));
    }

    private final class Reader implements Rows {
        private final CsvRecords records;
        private final TextColumn[] columns = new TextColumn[tokens.length];
        private int count;

        private Reader(CsvRecords records) {
            this.records = records;
            TextTimes times = new TextTimes(options.all(), spec.context().settings().timeZone());
            for (int i = 0; i < columns.length; i++) {
                Attribute column = spec.output().get(i);
                columns[i] = tokens[i] == PARTITION ? null : new TextColumn(column.type(), times);
            }
        }

        @Override
        public Vector[] next() throws IOException {
            count = 0;
            while (count < Batch.TARGET_ROWS && records.next()) {
                count += row() ? 1 : 0;
            }
            if (count == 0) {
                return null;
            }
            Vector[] vectors = new Vector[columns.length];
            for (int i = 0; i < columns.length; i++) {
                vectors[i] = columns[i] == null ? null : columns[i].build();
            }
            return vectors;
        }

        private boolean row() {
            CsvTokenizer cut = records.cut();
            boolean good = !countTokens || cut.count() == schemaTokens;
            for (int i = 0; i < columns.length; i++) {
                if (tokens[i] >= 0) {
                    good &= value(cut, tokens[i], columns[i]);
                }
            }
            if (!good && options.mode() == ParseMode.FAILFAST) {
                throw new MalformedRecord(shown(cut));
            }
            if (!good && options.mode() == ParseMode.DROPMALFORMED) {
                for (int i = 0; i < columns.length; i++) {
                    if (columns[i] != null) {
                        columns[i].truncate(count);
                    }
                }
                return false;
            }
            for (int i = 0; i < columns.length; i++) {
                if (tokens[i] == CORRUPT && good) {
                    columns[i].appendNull();
                } else if (tokens[i] == CORRUPT) {
                    columns[i].appendBytes(records.data(), records.from(), records.to());
                }
            }
            return true;
        }

        private boolean value(CsvTokenizer cut, int token, TextColumn column) {
            if (token >= cut.count() || cut.isNull(token)) {
                column.appendNull();
                return true;
            }
            return column.append(cut.source(token), cut.start(token), cut.end(token));
        }

        /// The row as Spark shows it in the error: malformed and missing values are null.
        private String shown(CsvTokenizer cut) {
            StringBuilder text = new StringBuilder("[");
            for (int i = 0; i < columns.length; i++) {
                if (columns[i] == null) {
                    continue;
                }
                int token = tokens[i];
                boolean missing =
                        token < 0
                                || token >= cut.count()
                                || cut.isNull(token)
                                || columns[i].lastIsNull();
                text.append(text.length() > 1 ? "," : "");
                text.append(
                        missing
                                ? "null"
                                : new String(
                                        cut.source(token),
                                        cut.start(token),
                                        cut.end(token) - cut.start(token),
                                        StandardCharsets.UTF_8));
            }
            return text.append("]").toString();
        }

        @Override
        public int count() {
            return count;
        }

        @Override
        public void close() throws IOException {
            records.close();
        }
    }
}
