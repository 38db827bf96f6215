package io.troupe.columnar.source.json;

import com.fasterxml.jackson.core.JsonParser;
import io.troupe.columnar.source.text.LineReader;
import io.troupe.columnar.source.text.TextInput;
import io.troupe.planner.stage.LeafInput.FileSplit;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/// The records of a split: its lines that are not blank, or the whole file.
final class JsonRecords implements AutoCloseable {
    private final JsonOptions options;
    private final LineReader lines;
    private byte[] whole;
    private byte[] line = new byte[0];

    JsonRecords(FileSplit split, JsonOptions options) throws IOException {
        this.options = options;
        if (options.multiLine()) {
            lines = null;
            if (split.offset() == 0) {
                try (InputStream in = TextInput.open(split.file().path(), options.all())) {
                    whole = in.readAllBytes();
                }
            }
        } else {
            lines = TextInput.lines(split, options.all());
        }
    }

    /// Moves to the next record; false at the end.
    boolean next() throws IOException {
        if (lines == null) {
            byte[] all = whole;
            whole = null;
            line = all;
            return all != null && !isBlank(all, 0, all.length);
        }
        while (lines.next()) {
            if (!isBlank(lines.data(), lines.from(), lines.to())) {
                line = Arrays.copyOfRange(lines.data(), lines.from(), lines.to());
                return true;
            }
        }
        return false;
    }

    private static boolean isBlank(byte[] data, int from, int to) {
        for (int i = from; i < to; i++) {
            if (data[i] > ' ' || data[i] < 0) {
                return false;
            }
        }
        return true;
    }

    JsonParser parser() throws IOException {
        return options.factory().createParser(line, 0, line.length);
    }

    byte[] data() {
        return line;
    }

    /// The record's text.
    byte[] text() {
        return line;
    }

    @Override
    public void close() throws IOException {
        if (lines != null) {
            lines.close();
        }
    }
}
