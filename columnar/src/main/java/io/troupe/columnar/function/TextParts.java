package io.troupe.columnar.function;

import io.troupe.columnar.kernel.Failures;
import io.troupe.columnar.kernel.Input;
import io.troupe.columnar.kernel.Output;
import io.troupe.columnar.kernel.RowFunction;
import io.troupe.columnar.kernel.Signature;
import java.text.BreakIterator;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/// Strings taken apart and put together: split, join, replace, translate, distance, mask.
final class TextParts {
    private TextParts() {}

    static void register(FunctionTable table) {
        table.lenientRows("concat_ws", signature -> TextParts::joinWith);
        table.row("replace", TextParts::replace);
        table.rows("translate", TextParts::translate);
        table.row("levenshtein", TextParts::levenshtein);
        table.row("soundex", (in, out) -> out.set(soundex(in.string(0))));
        table.lenientRows("mask", signature -> TextParts::mask);
        table.row("luhn_check", (in, out) -> out.set(luhn(in.string(0))));
        table.row("find_in_set", TextParts::findInSet);
        table.lenientRows("elt", TextParts::elt);
        table.lenientRows("sentences", signature -> TextParts::sentences);
        table.rows("str_to_map", TextParts::toMap);
    }

    private static void joinWith(Input in, Output out) {
        if (in.isNull(0)) {
            return;
        }
        List<String> parts = new ArrayList<>();
        for (int i = 1; i < in.size(); i++) {
            Object value = in.value(i);
            if (value instanceof List<?> list) {
                list.stream()
                        .filter(item -> item != null)
                        .forEach(item -> parts.add(item.toString()));
            } else if (value != null) {
                parts.add(value.toString());
            }
        }
        out.set(String.join(in.string(0), parts));
    }

    static void splitPart(Input in, Output out) {
        String text = in.string(0);
        String mark = in.string(1);
        int part = in.getInt(2);
        if (part == 0) {
            throw Failures.runtime("INVALID_INDEX_OF_ZERO");
        }
        String[] parts = mark.isEmpty() ? new String[] {text} : text.split(Pattern.quote(mark), -1);
        int index = part > 0 ? part - 1 : parts.length + part;
        out.set(index >= 0 && index < parts.length ? parts[index] : "");
    }

    static RowFunction split(Signature signature) {
        PatternCache cache = new PatternCache("split");
        return (in, out) -> {
            int limit = in.size() > 2 ? in.getInt(2) : -1;
            String text = in.string(0);
            String regex = in.string(1);
            if (regex.isEmpty()) {
                out.setValue(characters(text, limit));
                return;
            }
            String[] parts = cache.get(regex).split(text, limit <= 0 ? -1 : limit);
            out.setValue(Arrays.asList((Object[]) parts));
        };
    }

    /// An empty pattern parts all characters, without an empty one at the end.
    private static List<Object> characters(String text, int limit) {
        List<Object> parts = new ArrayList<>();
        int[] points = text.codePoints().toArray();
        int count = limit > 0 ? Math.min(limit, points.length) : points.length;
        for (int i = 0; i < count; i++) {
            parts.add(new String(points, i, 1));
        }
        return parts.isEmpty() ? List.of("") : parts;
    }

    private static void replace(Input in, Output out) {
        String sought = in.string(1);
        String put = in.size() > 2 ? in.string(2) : "";
        out.set(sought.isEmpty() ? in.string(0) : in.string(0).replace(sought, put));
    }

    private static RowFunction translate(Signature signature) {
        Map<Integer, Integer> fixed =
                signature.text(1) != null && signature.text(2) != null
                        ? dictionary(signature.text(1), signature.text(2))
                        : null;
        return (in, out) -> {
            Map<Integer, Integer> map =
                    fixed != null ? fixed : dictionary(in.string(1), in.string(2));
            StringBuilder result = new StringBuilder();
            for (int point : in.string(0).codePoints().toArray()) {
                int to = map.getOrDefault(point, point);
                if (to >= 0) {
                    result.appendCodePoint(to);
                }
            }
            out.set(result.toString());
        };
    }

    /// What each character becomes; -1 for one that goes.
    private static Map<Integer, Integer> dictionary(String from, String to) {
        int[] sources = from.codePoints().toArray();
        int[] targets = to.codePoints().toArray();
        Map<Integer, Integer> map = new TreeMap<>();
        for (int i = 0; i < sources.length; i++) {
            map.putIfAbsent(sources[i], i < targets.length ? targets[i] : -1);
        }
        return map;
    }

    private static void levenshtein(Input in, Output out) {
        int[] a = in.string(0).codePoints().toArray();
        int[] b = in.string(1).codePoints().toArray();
        int[] previous = new int[b.length + 1];
        int[] current = new int[b.length + 1];
        for (int j = 0; j <= b.length; j++) {
            previous[j] = j;
        }
        for (int i = 1; i <= a.length; i++) {
            current[0] = i;
            for (int j = 1; j <= b.length; j++) {
                int change = previous[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
                current[j] = Math.min(change, Math.min(previous[j], current[j - 1]) + 1);
            }
            int[] swap = previous;
            previous = current;
            current = swap;
        }
        int distance = previous[b.length];
        out.set(in.size() > 2 && distance > in.getInt(2) ? -1 : distance);
    }

    private static String soundex(String text) {
        if (text.isEmpty()) {
            return "";
        }
        String codes = "01230127022455012623017202";
        char first = Character.toUpperCase(text.charAt(0));
        if (first < 'A' || first > 'Z') {
            return text;
        }
        StringBuilder result = new StringBuilder().append(first);
        char last = codes.charAt(first - 'A');
        for (int i = 1; i < text.length() && result.length() < 4; i++) {
            char letter = Character.toUpperCase(text.charAt(i));
            if (letter < 'A' || letter > 'Z') {
                last = '0';
                continue;
            }
            char code = codes.charAt(letter - 'A');
            if (code == '7') {
                continue;
            }
            if (code != '0' && code != last) {
                result.append(code);
            }
            last = code;
        }
        while (result.length() < 4) {
            result.append('0');
        }
        return result.toString();
    }

    private static void mask(Input in, Output out) {
        if (in.isNull(0)) {
            return;
        }
        String[] defaults = {"X", "x", "n", null};
        String[] marks = new String[4];
        for (int i = 0; i < 4; i++) {
            marks[i] = i + 1 < in.size() ? in.isNull(i + 1) ? null : in.string(i + 1) : defaults[i];
        }
        StringBuilder result = new StringBuilder();
        for (char point : in.string(0).toCharArray()) {
            int kind =
                    Character.isUpperCase(point)
                            ? 0
                            : Character.isLowerCase(point) ? 1 : Character.isDigit(point) ? 2 : 3;
            result.append(marks[kind] == null ? Character.toString(point) : marks[kind]);
        }
        out.set(result.toString());
    }

    private static boolean luhn(String digits) {
        int sum = 0;
        if (digits.isEmpty()) {
            return false;
        }
        for (int i = 0; i < digits.length(); i++) {
            int digit = digits.charAt(digits.length() - 1 - i) - '0';
            if (digit < 0 || digit > 9) {
                return false;
            }
            int doubled = i % 2 == 1 ? digit * 2 : digit;
            sum += doubled > 9 ? doubled - 9 : doubled;
        }
        return sum % 10 == 0;
    }

    private static void findInSet(Input in, Output out) {
        String word = in.string(0);
        int index =
                word.contains(",") ? -1 : Arrays.asList(in.string(1).split(",", -1)).indexOf(word);
        out.set(index + 1);
    }

    private static RowFunction elt(Signature signature) {
        boolean ansi = signature.ansi();
        return (in, out) -> {
            if (in.isNull(0)) {
                return;
            }
            int index = in.getInt(0);
            if (index >= 1 && index < in.size()) {
                if (!in.isNull(index)) {
                    out.setFrom(in.vector(index), in.at(index));
                }
            } else if (ansi) {
                throw Failures.index(
                        "INVALID_ARRAY_INDEX",
                        "indexValue",
                        Integer.toString(index),
                        "arraySize",
                        Integer.toString(in.size() - 1),
                        "ansiConfig",
                        Failures.ANSI_CONFIG);
            }
        };
    }

    private static void sentences(Input in, Output out) {
        if (in.isNull(0)) {
            return;
        }
        Locale locale = Locale.US;
        if (in.size() > 1 && !in.isNull(1)) {
            String country = in.size() > 2 && !in.isNull(2) ? in.string(2) : "";
            locale = in.string(1).isEmpty() ? Locale.US : Locale.of(in.string(1), country);
        }
        String text = in.string(0);
        BreakIterator breaks = BreakIterator.getSentenceInstance(locale);
        breaks.setText(text);
        List<Object> result = new ArrayList<>();
        int start = 0;
        for (int end = breaks.next(); end != BreakIterator.DONE; end = breaks.next()) {
            List<Object> words = words(text.substring(start, end), locale);
            result.add(words);
            start = end;
        }
        out.setValue(result);
    }

    private static List<Object> words(String sentence, Locale locale) {
        BreakIterator breaks = BreakIterator.getWordInstance(locale);
        breaks.setText(sentence);
        List<Object> words = new ArrayList<>();
        int start = 0;
        for (int end = breaks.next(); end != BreakIterator.DONE; end = breaks.next()) {
            String word = sentence.substring(start, end);
            if (Character.isLetterOrDigit(word.charAt(0))) {
                words.add(word);
            }
            start = end;
        }
        return words;
    }

    private static RowFunction toMap(Signature signature) {
        PatternCache pairs = new PatternCache("str_to_map");
        PatternCache keys = new PatternCache("str_to_map");
        MapBuilder maps = new MapBuilder(signature.settings());
        return (in, out) -> {
            String text = in.string(0);
            Pattern pair = pairs.get(in.size() > 1 ? in.string(1) : ",");
            Pattern key = keys.get(in.size() > 2 ? in.string(2) : ":");
            maps.clear();
            for (String part : pair.split(text, -1)) {
                String[] sides = key.split(part, 2);
                maps.put(sides[0], sides.length > 1 ? sides[1] : null);
            }
            out.setValue(maps.entries());
        };
    }
}
