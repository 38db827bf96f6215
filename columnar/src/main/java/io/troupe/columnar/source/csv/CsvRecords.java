package io.troupe.columnar.source.csv;

import io.troupe.columnar.source.text.LineReader;
import io.troupe.columnar.source.text.TextInput;
import io.troupe.planner.stage.LeafInput.FileSplit;
import java.io.IOException;
import java.io.InputStream;

/// The records of a split, cut into tokens; blank lines, comments and the header are passed over.
final class CsvRecords implements AutoCloseable {
    private final CsvOptions options;
    private final CsvTokenizer tokenizer;
    private final LineReader lines;
    private final byte[] whole;
    private int position;
    private int from;
    private int to;
    private boolean skipHeader;

    /// @param header whether the first record of the file is passed over
    CsvRecords(FileSplit split, CsvOptions options, boolean header) throws IOException {
        this.options = options;
        this.tokenizer = new CsvTokenizer(options);
        this.skipHeader = header && split.offset() == 0;
        if (!options.multiLine()) {
            lines = TextInput.lines(split, options.all());
            whole = null;
        } else {
            lines = null;
            try (InputStream in = TextInput.open(split.file().path(), options.all())) {
                whole = split.offset() > 0 ? new byte[0] : in.readAllBytes();
            }
        }
    }

    CsvTokenizer tokens() {
        return tokenizer;
    }

    byte[] data() {
        return whole != null ? whole : lines.data();
    }

    int from() {
        return from;
    }

    int to() {
        return to;
    }

    /// Moves to the next record without cutting it unless that is needed to find its end; false at
    /// the end.
    boolean next() throws IOException {
        while (advance()) {
            if (isBlank() || options.comment() != 0 && data()[from] == options.comment()) {
                continue;
            }
            if (skipHeader) {
                skipHeader = false;
                continue;
            }
            return true;
        }
        return false;
    }

    private boolean advance() throws IOException {
        if (whole == null) {
            boolean more = lines.next();
            from = lines.from();
            to = lines.to();
            return more;
        }
        if (position >= whole.length) {
            return false;
        }
        from = position;
        tokenizer.parse(whole, from, whole.length, true);
        position = tokenizer.next();
        to = position;
        while (to > from && (whole[to - 1] == '\n' || whole[to - 1] == '\r')) {
            to--;
        }
        return true;
    }

    private boolean isBlank() {
        for (int i = from; i < to; i++) {
            if (data()[i] > ' ' || data()[i] < 0) {
                return false;
            }
        }
        return true;
    }

    /// Cuts the current record.
    CsvTokenizer cut() {
        if (whole == null) {
            tokenizer.parse(lines.data(), from, to, false);
        }
        return tokenizer;
    }

    @Override
    public void close() throws IOException {
        if (lines != null) {
            lines.close();
        }
    }
}
