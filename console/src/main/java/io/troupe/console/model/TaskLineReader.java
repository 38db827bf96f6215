package io.troupe.console.model;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/// Reads the line of an ended task straight from its bytes. Nearly all lines of a large log are
/// such, and a general reader, which makes a map of each, takes many times as long. Names come in
/// the same order line after line: each is compared with the one that followed last time before it
/// is looked up.
///
/// It gives up on whatever is not plain: other events, fractions, escapes, failures, printed text,
/// and all that is no JSON. Such a line is the general reader's, which also says whether it is bad.
/// One thread at a time.
final class TaskLineReader {
    private static final byte[] EVENT = "taskEnded".getBytes(StandardCharsets.US_ASCII);

    /// Names that are kept; lines with further ones are not read here.
    private static final int MOST_NAMES = 10_000;

    private static final int MOST_COUNTERS = 1_000;

    /// Digits that fit into a long, whichever they are.
    private static final int MOST_DIGITS = 18;

    private static final int FIELDS = Field.values().length;

    private final Map<String, Name> names = new HashMap<>();
    private final Name first = new Name("", null);
    private final long[] fields = new long[FIELDS];
    private final Counter[] counters = new Counter[MOST_COUNTERS];
    private final long[] values = new long[MOST_COUNTERS];
    private int counted;
    private long line;
    private String executor = "";
    private boolean isTask;
    private boolean hasLaunched;

    private byte[] bytes;
    private int at;
    private int end;
    private long number;

    /// The members that a line is known to have.
    private enum Field {
        EVENT("event"),
        TIME("time"),
        QUERY("query"),
        STAGE("stage"),
        ATTEMPT("attempt"),
        PARTITION("partition"),
        TRY("try"),
        EXECUTOR("executor"),
        LAUNCHED("launched"),
        STARTED("started"),
        RUN("runNanos"),
        CPU("cpuNanos"),
        METRICS("metrics");

        private final String key;

        Field(String key) {
            this.key = key;
        }

        static Field of(String key) {
            for (Field field : values()) {
                if (field.key.equals(key)) {
                    return field;
                }
            }
            return null;
        }
    }

    /// A member's name, the name that followed it last time, and the last line that had it.
    private static final class Name {
        private final byte[] bytes;
        private final Field field;
        private final Counter counter;
        private Name next;
        private long line;

        Name(String text, Field field) {
            this.bytes = text.getBytes(StandardCharsets.UTF_8);
            this.field = field;
            this.counter = Counter.named(text);
        }
    }

    /// The task, or null where the general reader has to look.
    TaskEnd read(byte[] text, int from, int to) {
        bytes = text;
        at = from;
        end = to;
        line++;
        counted = 0;
        executor = "";
        isTask = false;
        hasLaunched = false;
        Arrays.fill(fields, 0);
        boolean plain = members(false) && rest() && isTask;
        bytes = null;
        return plain ? task() : null;
    }

    private TaskEnd task() {
        long started = fields[Field.STARTED.ordinal()];
        return new TaskEnd(
                fields[Field.TIME.ordinal()],
                new ApplicationModel.Key(
                        fields[Field.QUERY.ordinal()],
                        (int) fields[Field.STAGE.ordinal()],
                        (int) fields[Field.ATTEMPT.ordinal()]),
                (int) fields[Field.PARTITION.ordinal()],
                (int) fields[Field.TRY.ordinal()],
                executor,
                hasLaunched ? fields[Field.LAUNCHED.ordinal()] : started,
                started,
                fields[Field.RUN.ordinal()],
                fields[Field.CPU.ordinal()],
                TaskCounters.of(counters, values, counted),
                TaskEnd.Notes.NONE);
    }

    /// Reads an object.
    ///
    /// @param within whether it is the one with the counters
    private boolean members(boolean within) {
        if (!token('{')) {
            return false;
        }
        if (token('}')) {
            return true;
        }
        Name before = first;
        do {
            Name name = name(before);
            if (name == null || name.line == line || !token(':')) {
                return false;
            }
            name.line = line;
            if (!(within ? counter(name) : member(name))) {
                return false;
            }
            before = name;
        } while (token(','));
        return token('}');
    }

    private boolean counter(Name name) {
        if (counted == MOST_COUNTERS || !number()) {
            return false;
        }
        counters[counted] = name.counter;
        values[counted++] = number;
        return true;
    }

    private boolean member(Name name) {
        return switch (name.field) {
            case null -> false;
            case EVENT -> event();
            case EXECUTOR -> executor();
            case METRICS -> members(true);
            case LAUNCHED -> {
                hasLaunched = true;
                yield numberOf(name.field);
            }
            case TIME, QUERY, STAGE, ATTEMPT, PARTITION, TRY, STARTED, RUN, CPU ->
                    numberOf(name.field);
        };
    }

    private boolean numberOf(Field field) {
        boolean plain = number();
        fields[field.ordinal()] = number;
        return plain;
    }

    private boolean event() {
        int from = at + 1;
        isTask = string() && Arrays.equals(bytes, from, at - 1, EVENT, 0, EVENT.length);
        return isTask;
    }

    private boolean executor() {
        int from = at + 1;
        if (!string()) {
            return false;
        }
        executor = new String(bytes, from, at - 1 - from, StandardCharsets.UTF_8);
        return true;
    }

    private Name name(Name before) {
        spaces();
        Name likely = before.next;
        if (likely != null) {
            int from = at + 1;
            int quote = from + likely.bytes.length;
            if (quote < end
                    && bytes[at] == '"'
                    && bytes[quote] == '"'
                    && Arrays.equals(bytes, from, quote, likely.bytes, 0, likely.bytes.length)) {
                at = quote + 1;
                return likely;
            }
        }
        int from = at + 1;
        if (!string()) {
            return null;
        }
        before.next = named(new String(bytes, from, at - 1 - from, StandardCharsets.UTF_8));
        return before.next;
    }

    private Name named(String text) {
        Name known = names.get(text);
        if (known == null && names.size() < MOST_NAMES) {
            known = new Name(text, Field.of(text));
            names.put(text, known);
        }
        return known;
    }

    /// Reads a string that has no escapes.
    private boolean string() {
        if (at >= end || bytes[at] != '"') {
            return false;
        }
        for (int i = at + 1; i < end; i++) {
            byte one = bytes[i];
            if (one == '"') {
                at = i + 1;
                return true;
            }
            if (one == '\\' || one >= 0 && one < ' ') {
                return false;
            }
        }
        return false;
    }

    /// Reads a whole number; what follows it is looked at by the caller.
    private boolean number() {
        boolean negative = at < end && bytes[at] == '-';
        int from = negative ? at + 1 : at;
        int most = Math.min(end, from + MOST_DIGITS);
        long value = 0;
        int i = from;
        while (i < most && bytes[i] >= '0' && bytes[i] <= '9') {
            value = 10 * value + bytes[i++] - '0';
        }
        at = i;
        number = negative ? -value : value;
        return i > from && (i == from + 1 || bytes[from] != '0');
    }

    /// Passes over a character, and spaces on both of its sides.
    private boolean token(char wanted) {
        spaces();
        if (at < end && bytes[at] == wanted) {
            at++;
            spaces();
            return true;
        }
        return false;
    }

    private void spaces() {
        while (at < end && bytes[at] == ' ') {
            at++;
        }
    }

    private boolean rest() {
        spaces();
        return at == end;
    }
}
