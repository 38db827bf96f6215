package io.troupe.columnar.source.csv;

import java.util.Arrays;

/// Cuts records into tokens, with the habits of Spark's parser: a quoted value ends at a quote
/// before a delimiter; a quote elsewhere makes the whole token raw; escapes count inside quotes
/// only. After [#parse], token i is `source(i)[start(i) .. end(i))`.
final class CsvTokenizer {
    private final CsvOptions options;
    private final byte[] separator;
    private byte[] data;
    private int limit;
    private boolean lines;
    private int[] starts = new int[32];
    private int[] ends = new int[32];
    private boolean[] copied = new boolean[32];
    private int count;
    private byte[] scratch = new byte[256];
    private int scratchSize;
    private int next;

    CsvTokenizer(CsvOptions options) {
        this.options = options;
        this.separator = options.separator();
    }

    int count() {
        return count;
    }

    byte[] source(int token) {
        return copied[token] ? scratch : data;
    }

    int start(int token) {
        return starts[token];
    }

    int end(int token) {
        return ends[token];
    }

    /// Where the record after this one begins.
    int next() {
        return next;
    }

    boolean isNull(int token) {
        byte[] value = options.nullValue();
        return ends[token] - starts[token] == value.length
                && Arrays.equals(source(token), starts[token], ends[token], value, 0, value.length);
    }

    /// Cuts the record at `from`; it ends at `to`, or with `multiLine` at the first line end
    /// outside quotes.
    void parse(byte[] data, int from, int to, boolean multiLine) {
        this.data = data;
        this.limit = to;
        this.lines = multiLine;
        count = 0;
        scratchSize = 0;
        int at = from;
        while (true) {
            at = token(at);
            if (at < limit && isSeparator(at)) {
                at += separator.length;
                continue;
            }
            break;
        }
        next = at;
        if (next < limit) {
            next += data[next] == '\r' && next + 1 < limit && data[next + 1] == '\n' ? 2 : 1;
        }
    }

    private boolean isSeparator(int at) {
        return data[at] == separator[0]
                && (separator.length == 1
                        || limit - at >= separator.length
                                && Arrays.equals(
                                        data,
                                        at,
                                        at + separator.length,
                                        separator,
                                        0,
                                        separator.length));
    }

    private boolean isEnd(int at) {
        return at >= limit || lines && (data[at] == '\n' || data[at] == '\r');
    }

    private boolean isBlank(int at) {
        return data[at] >= 0 && data[at] <= ' ' && !isSeparator(at);
    }

    /// Reads one token; returns the position of the delimiter behind it.
    private int token(int from) {
        int start = from;
        if (options.trimLeft()) {
            while (!isEnd(start) && isBlank(start)) {
                start++;
            }
        }
        if (options.quote() != 0 && !isEnd(start) && data[start] == options.quote()) {
            return quoted(start);
        }
        return raw(start, start);
    }

    /// A token as it is written, up to the first delimiter at or behind `from`.
    private int raw(int start, int from) {
        int end = from;
        while (!isEnd(end) && !isSeparator(end)) {
            end++;
        }
        int stop = end;
        if (options.trimRight()) {
            while (stop > start && isBlank(stop - 1)) {
                stop--;
            }
        }
        add(start, stop, false);
        return end;
    }

    /// Reads a quoted token. An unescaped quote inside makes it raw, delimiters before that quote
    /// included.
    private int quoted(int start) {
        byte quote = options.quote();
        byte escape = options.escape();
        int begin = scratchSize;
        int at = start + 1;
        while (at < limit) {
            byte b = data[at];
            boolean more = at + 1 < limit;
            if (b == escape
                    && more
                    && escape != quote
                    && (data[at + 1] == quote || data[at + 1] == options.escapeOfEscape())) {
                keep(data[at + 1]);
                at += 2;
            } else if (b == quote && escape == quote && more && data[at + 1] == quote) {
                keep(quote);
                at += 2;
            } else if (b == quote) {
                int after = at + 1;
                while (!isEnd(after) && isBlank(after)) {
                    after++;
                }
                if (isEnd(after) || isSeparator(after)) {
                    closeQuoted(begin);
                    return after;
                }
                scratchSize = begin;
                return raw(start, at);
            } else {
                keep(b);
                at++;
            }
        }
        closeQuoted(begin);
        return at;
    }

    private void closeQuoted(int begin) {
        if (scratchSize == begin) {
            for (byte b : options.emptyValue()) {
                keep(b);
            }
        }
        add(begin, scratchSize, true);
    }

    private void keep(byte b) {
        if (scratchSize == scratch.length) {
            scratch = Arrays.copyOf(scratch, 2 * scratch.length);
        }
        scratch[scratchSize++] = b;
    }

    private void add(int start, int end, boolean inScratch) {
        if (count == starts.length) {
            starts = Arrays.copyOf(starts, 2 * count);
            ends = Arrays.copyOf(ends, 2 * count);
            copied = Arrays.copyOf(copied, 2 * count);
        }
        starts[count] = start;
        ends[count] = end;
        copied[count++] = inScratch;
    }
}
