package io.troupe.columnar.function;

import io.troupe.columnar.kernel.Columns;
import io.troupe.columnar.kernel.Failures;
import io.troupe.columnar.kernel.Input;
import io.troupe.columnar.kernel.KernelFactory;
import io.troupe.columnar.kernel.Output;
import io.troupe.columnar.kernel.RowFunction;
import io.troupe.columnar.kernel.Rows;
import io.troupe.columnar.kernel.Signature;
import io.troupe.columnar.text.LikePattern;
import io.troupe.columnar.text.Utf8;
import io.troupe.columnar.vector.BooleanVector;
import io.troupe.columnar.vector.BytesVector;
import io.troupe.columnar.vector.Vector;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Search in strings: LIKE, regular expressions, prefixes, positions.
final class SearchFunctions {
    private SearchFunctions() {}

    static void register(FunctionTable table) {
        table.strict("like", like(false));
        table.strict("ilike", like(true));
        table.strict(
                "contains",
                fixed((data, from, to, sought) -> Utf8.find(data, from, to, sought) >= 0));
        table.strict("startswith", fixed(SearchFunctions::startsWith));
        table.strict("endswith", fixed(SearchFunctions::endsWith));
        table.row("instr", (in, out) -> out.set(position(in, 0, 1, 1)));
        table.lenientRows("locate", signature -> SearchFunctions::locate);
        table.alias("position", "locate");
        table.rows("rlike", SearchFunctions::matches);
        table.alias("regexp", "rlike");
        table.alias("regexp_like", "rlike");
        table.rows("regexp_extract", SearchFunctions::extract);
        table.rows("regexp_extract_all", SearchFunctions::extractAll);
        table.rows("regexp_replace", SearchFunctions::replace);
        table.rows("regexp_count", SearchFunctions::count);
        table.rows("regexp_instr", SearchFunctions::instr);
        table.rows("regexp_substr", SearchFunctions::substr);
    }

    /// No start is place 0, where nothing is found.
    private static void locate(Input in, Output out) {
        if (in.size() > 2 && in.isNull(2)) {
            out.set(0);
        } else if (!in.isNull(0) && !in.isNull(1)) {
            out.set(position(in, 1, 0, in.size() > 2 ? in.getInt(2) : 1));
        }
    }

    private interface Test {
        boolean holds(byte[] data, int from, int to, byte[] sought);
    }

    private static boolean startsWith(byte[] data, int from, int to, byte[] sought) {
        return to - from >= sought.length && Utf8.matches(data, from, sought, 0, sought.length);
    }

    private static boolean endsWith(byte[] data, int from, int to, byte[] sought) {
        return to - from >= sought.length
                && Utf8.matches(data, to - sought.length, sought, 0, sought.length);
    }

    private static KernelFactory fixed(Test test) {
        return signature -> {
            if (signature.isConstant(1) && signature.constant(1) != null) {
                Object value = signature.constant(1);
                byte[] sought =
                        value instanceof byte[] raw
                                ? raw
                                : value.toString().getBytes(StandardCharsets.UTF_8);
                return (arguments, rows) ->
                        scan(
                                arguments[0],
                                rows,
                                (data, from, to) -> test.holds(data, from, to, sought));
            }
            return RowFunction.strict(
                    signature,
                    (in, out) ->
                            out.set(test.holds(in.data(0), in.start(0), in.end(0), in.bytes(1))));
        };
    }

    private interface Slice {
        boolean test(byte[] data, int from, int to);
    }

    private static Vector scan(Vector vector, Rows rows, Slice test) {
        BytesVector texts = (BytesVector) Columns.flat(vector);
        byte[] out = new byte[rows.length()];
        for (int i = 0; i < rows.count(); i++) {
            int row = rows.row(i);
            out[row] =
                    (byte)
                            (test.test(texts.data(), texts.offsets()[row], texts.offsets()[row + 1])
                                    ? 1
                                    : 0);
        }
        return new BooleanVector(out, rows.length(), texts.validity());
    }

    private static KernelFactory like(boolean ignoreCase) {
        return signature -> {
            char escape =
                    signature.size() > 2 && signature.text(2) != null
                            ? signature.text(2).charAt(0)
                            : '\\';
            if (signature.text(1) != null && !ignoreCase) {
                LikePattern pattern = new LikePattern(signature.text(1), escape);
                return (arguments, rows) -> scan(arguments[0], rows, pattern::matches);
            }
            return RowFunction.strict(
                    signature,
                    (in, out) -> {
                        String text = in.string(0);
                        String pattern = in.string(1);
                        byte[] data =
                                (ignoreCase ? text.toLowerCase(Locale.ROOT) : text)
                                        .getBytes(StandardCharsets.UTF_8);
                        LikePattern like =
                                new LikePattern(
                                        ignoreCase ? pattern.toLowerCase(Locale.ROOT) : pattern,
                                        escape);
                        out.set(like.matches(data, 0, data.length));
                    });
        };
    }

    /// The place of a text in another one in characters from 1, looking from place `start` on; 0
    /// for none.
    private static int position(Input in, int text, int sought, int start) {
        byte[] data = in.data(text);
        int from = in.start(text);
        int to = in.end(text);
        if (start < 1) {
            return 0;
        }
        int begin = Utf8.skip(data, from, to, start - 1);
        if (begin == to && start > 1 && Utf8.length(data, from, to) < start - 1) {
            return 0;
        }
        int found = Utf8.find(data, begin, to, in.data(sought), in.start(sought), in.end(sought));
        return found < 0 ? 0 : Utf8.length(data, from, found) + 1;
    }

    private static RowFunction matches(Signature signature) {
        PatternCache cache = new PatternCache(signature.name());
        return (in, out) -> out.set(cache.get(in.string(1)).matcher(in.string(0)).find());
    }

    private static int group(Input in, int argument, Matcher matcher, String function) {
        int group = in.size() > argument ? in.getInt(argument) : 1;
        if (group < 0 || group > matcher.groupCount()) {
            throw Failures.parameter(
                    "REGEX_GROUP_INDEX",
                    function,
                    "idx",
                    "groupCount",
                    Integer.toString(matcher.groupCount()),
                    "groupIndex",
                    Integer.toString(group));
        }
        return group;
    }

    private static RowFunction extract(Signature signature) {
        PatternCache cache = new PatternCache("regexp_extract");
        return (in, out) -> {
            Matcher matcher = cache.get(in.string(1)).matcher(in.string(0));
            String found =
                    matcher.find() ? matcher.group(group(in, 2, matcher, "regexp_extract")) : "";
            out.set(found == null ? "" : found);
        };
    }

    private static RowFunction extractAll(Signature signature) {
        PatternCache cache = new PatternCache("regexp_extract_all");
        return (in, out) -> {
            Matcher matcher = cache.get(in.string(1)).matcher(in.string(0));
            List<Object> all = new ArrayList<>();
            while (matcher.find()) {
                String found = matcher.group(group(in, 2, matcher, "regexp_extract_all"));
                all.add(found == null ? "" : found);
            }
            out.setValue(all);
        };
    }

    private static RowFunction replace(Signature signature) {
        PatternCache cache = new PatternCache("regexp_replace");
        return (in, out) -> {
            String text = in.string(0);
            Pattern pattern = cache.get(in.string(1));
            int start = in.size() > 3 ? in.getInt(3) - 1 : 0;
            if (start != 0 && start >= text.length()) {
                out.set(text);
                return;
            }
            Matcher matcher = pattern.matcher(text);
            matcher.region(Math.max(0, start), text.length());
            StringBuilder result = new StringBuilder();
            String replacement = in.string(2);
            try {
                while (matcher.find()) {
                    matcher.appendReplacement(result, replacement);
                }
            } catch (IndexOutOfBoundsException | IllegalArgumentException noSuchGroup) {
                RuntimeException failure =
                        Failures.runtime(
                                "INVALID_REGEXP_REPLACE",
                                "source",
                                text,
                                "pattern",
                                in.string(1),
                                "replacement",
                                replacement,
                                "position",
                                Integer.toString(start + 1));
                failure.initCause(noSuchGroup);
                throw failure;
            }
            matcher.appendTail(result);
            out.set(result.toString());
        };
    }

    private static RowFunction count(Signature signature) {
        PatternCache cache = new PatternCache("regexp_count");
        return (in, out) ->
                out.set((int) cache.get(in.string(1)).matcher(in.string(0)).results().count());
    }

    private static RowFunction instr(Signature signature) {
        PatternCache cache = new PatternCache("regexp_instr");
        return (in, out) -> {
            Matcher matcher = cache.get(in.string(1)).matcher(in.string(0));
            out.set(matcher.find() ? matcher.toMatchResult().start() + 1 : 0);
        };
    }

    private static RowFunction substr(Signature signature) {
        PatternCache cache = new PatternCache("regexp_substr");
        return (Input in, Output out) -> {
            Matcher matcher = cache.get(in.string(1)).matcher(in.string(0));
            if (matcher.find()) {
                out.set(matcher.group());
            }
        };
    }
}
