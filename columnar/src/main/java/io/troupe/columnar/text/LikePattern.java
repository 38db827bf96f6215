package io.troupe.columnar.text;

import io.troupe.columnar.kernel.Failures;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// A LIKE pattern, cut at its `%` into pieces: the first is anchored at the start, the last at the
/// end, those between are searched one after the other. `_` takes one character.
public final class LikePattern {
    /// Bytes to match; `any[k]` marks a `_` at position k, null when there is none.
    private record Piece(byte[] bytes, boolean[] any, int chars) {}

    private final List<Piece> pieces = new ArrayList<>();
    private final Piece first;
    private final Piece last;

    public LikePattern(String pattern, char escape) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        List<Boolean> any = new ArrayList<>();
        boolean escaped = false;
        int[] points = pattern.codePoints().toArray();
        for (int point : points) {
            if (!escaped && point == escape) {
                escaped = true;
            } else if (!escaped && point == '%') {
                pieces.add(piece(bytes, any));
                bytes.reset();
                any.clear();
            } else {
                boolean wild = !escaped && point == '_';
                if (escaped && point != '%' && point != '_' && point != escape) {
                    throw invalid("ESC_IN_THE_MIDDLE", pattern, Character.toString(point));
                }
                byte[] encoded = Character.toString(point).getBytes(StandardCharsets.UTF_8);
                bytes.writeBytes(encoded);
                for (int k = 0; k < encoded.length; k++) {
                    any.add(wild);
                }
                escaped = false;
            }
        }
        if (escaped) {
            throw invalid("ESC_AT_THE_END", pattern, "");
        }
        pieces.add(piece(bytes, any));
        first = pieces.getFirst();
        last = pieces.getLast();
    }

    private static RuntimeException invalid(String kind, String pattern, String character) {
        return Failures.of(
                io.troupe.planner.error.TroupeException.Kind.AnalysisException,
                "INVALID_FORMAT." + kind,
                "format",
                "'" + pattern + "'",
                "char",
                "'" + character + "'");
    }

    private static Piece piece(ByteArrayOutputStream bytes, List<Boolean> any) {
        byte[] text = bytes.toByteArray();
        boolean[] wild = null;
        if (any.contains(true)) {
            wild = new boolean[text.length];
            for (int i = 0; i < wild.length; i++) {
                wild[i] = any.get(i);
            }
        }
        return new Piece(text, wild, Utf8.length(text, 0, text.length));
    }

    public boolean matches(byte[] data, int from, int to) {
        int at = match(first, data, from, to);
        if (pieces.size() == 1) {
            return at == to;
        }
        if (at < 0) {
            return false;
        }
        int end =
                last.any == null
                        ? to - last.bytes.length
                        : Utf8.skipBack(data, from, to, last.chars);
        if (end < at || match(last, data, end, to) != to) {
            return false;
        }
        for (int p = 1; p < pieces.size() - 1; p++) {
            at = search(pieces.get(p), data, at, end);
            if (at < 0) {
                return false;
            }
        }
        return true;
    }

    /// Where the match of a piece at `at` ends, or -1.
    private static int match(Piece piece, byte[] data, int at, int to) {
        byte[] bytes = piece.bytes;
        if (piece.any == null) {
            return to - at >= bytes.length && Utf8.matches(data, at, bytes, 0, bytes.length)
                    ? at + bytes.length
                    : -1;
        }
        int position = at;
        for (int k = 0; k < bytes.length; k++) {
            if (position >= to) {
                return -1;
            }
            if (piece.any[k]) {
                position += Utf8.width(data[position]);
            } else if (data[position++] != bytes[k]) {
                return -1;
            }
        }
        return position <= to ? position : -1;
    }

    private static int search(Piece piece, byte[] data, int from, int to) {
        if (piece.any == null) {
            int found = Utf8.find(data, from, to, piece.bytes);
            return found < 0 ? -1 : found + piece.bytes.length;
        }
        for (int at = from; at <= to; at++) {
            int end = match(piece, data, at, to);
            if (end >= 0) {
                return end;
            }
        }
        return -1;
    }
}
