package io.troupe.columnar.source.json;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
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
import io.troupe.planner.type.StringType;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// Fills columns from JSON: one object (or array of objects) per line, or per file with multiLine.
public final class JsonRows implements RowBatches.RowFormat {
    private final ScanSpec spec;
    private final JsonOptions options;
    private final int corrupt;

    public JsonRows(ScanSpec spec) {
        this.spec = spec;
        this.options = JsonOptions.of(spec.scan().relation().options());
        CorruptRecords.check(spec, options.corruptColumn());
        int found = -1;
        for (int i = 0; i < spec.output().size(); i++) {
            if (!spec.isPartition(i)
                    && spec.output().get(i).name().equals(options.corruptColumn())) {
                found = i;
            }
        }
        this.corrupt = found;
    }

    @Override
    public Rows open(FileSplit split) throws IOException {
        return new Reader(new JsonRecords(split, options));
    }

    private final class Reader implements Rows {
        private final JsonRecords records;
        private final JsonColumn.Struct root;
        private final TextColumn corruptColumn = new TextColumn(StringType.STRING, null);
        private int count;

        private Reader(JsonRecords records) {
            this.records = records;
            TextTimes times = new TextTimes(options.all(), spec.context().settings().timeZone());
            List<Attribute> output = spec.output();
            JsonColumn[] fields = new JsonColumn[output.size()];
            for (int i = 0; i < fields.length; i++) {
                fields[i] =
                        spec.isPartition(i) || i == corrupt
                                ? null
                                : JsonColumn.of(output.get(i).type(), times);
            }
            this.root =
                    new JsonColumn.Struct(fields, output.stream().map(Attribute::name).toList());
        }

        @Override
        public Vector[] next() throws IOException {
            while (root.length() < Batch.TARGET_ROWS && records.next()) {
                record();
            }
            count = root.length();
            if (count == 0) {
                return null;
            }
            Vector[] vectors = root.buildFields();
            root.forgetPresence();
            if (corrupt >= 0) {
                vectors[corrupt] = corruptColumn.build();
            }
            return vectors;
        }

        /// Adds the rows of one record. A record that breaks off leaves none of its rows but one of
        /// nulls.
        private void record() throws IOException {
            int before = root.length();
            boolean good;
            try (JsonParser parser = records.parser()) {
                good = rows(parser);
            } catch (JsonProcessingException | ArithmeticException malformed) {
                root.truncate(before);
                corruptColumn.truncate(Math.min(before, corruptColumn.length()));
                root.appendNull();
                good = false;
            }
            if (good) {
                note(null);
            } else if (options.mode() == ParseMode.FAILFAST) {
                throw new MalformedRecord(shown());
            } else if (options.mode() == ParseMode.DROPMALFORMED) {
                root.truncate(before);
                corruptColumn.truncate(Math.min(before, corruptColumn.length()));
            } else {
                note(records.text());
            }
        }

        private boolean rows(JsonParser parser) throws IOException {
            JsonToken token = parser.nextToken();
            if (token == null) {
                return true;
            }
            if (token == JsonToken.START_OBJECT) {
                return root.append(parser, records.data());
            }
            if (token != JsonToken.START_ARRAY) {
                root.appendNull();
                return false;
            }
            boolean good = true;
            while (parser.nextToken() != JsonToken.END_ARRAY) {
                good &= root.append(parser, records.data());
            }
            return good;
        }

        /// Fills the corrupt-record column up to the rows that there are.
        private void note(byte[] text) {
            while (corrupt >= 0 && corruptColumn.length() < root.length()) {
                if (text == null) {
                    corruptColumn.appendNull();
                } else {
                    corruptColumn.appendBytes(text, 0, text.length);
                }
            }
        }

        private String shown() {
            return new String(records.text(), StandardCharsets.UTF_8);
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
