package io.troupe.columnar.function;

import io.troupe.columnar.kernel.Columns;
import io.troupe.columnar.kernel.Input;
import io.troupe.columnar.kernel.Output;
import io.troupe.columnar.kernel.RowFunction;
import io.troupe.columnar.kernel.Signature;
import io.troupe.columnar.kernel.VectorKernel;
import io.troupe.columnar.text.Utf8;
import io.troupe.columnar.vector.BytesVector;
import io.troupe.columnar.vector.IntVector;
import io.troupe.columnar.vector.Vector;
import io.troupe.planner.type.AtomicType;
import io.troupe.planner.type.DataType;
import java.util.Locale;
import java.util.function.UnaryOperator;

/// Strings: case, length, parts, padding, trimming.
final class TextFunctions {
    private static final byte[] SPACE = {' '};

    private TextFunctions() {}

    static void register(FunctionTable table) {
        table.row(
                "upper",
                (in, out) -> changeCase(in, out, 'a', 'z', text -> text.toUpperCase(Locale.ROOT)));
        table.row(
                "lower",
                (in, out) -> changeCase(in, out, 'A', 'Z', text -> text.toLowerCase(Locale.ROOT)));
        table.alias("ucase", "upper");
        table.alias("lcase", "lower");
        table.row("initcap", (in, out) -> out.set(capitalise(in.string(0))));
        table.strict(
                "length",
                signature -> (arguments, rows) -> lengths(arguments[0], signature.argument(0)));
        for (String name : new String[] {"len", "char_length", "character_length"}) {
            table.alias(name, "length");
        }
        table.row("octet_length", (in, out) -> out.set(in.end(0) - in.start(0)));
        table.row("bit_length", (in, out) -> out.set((in.end(0) - in.start(0)) * 8));
        table.strict("substring", TextFunctions::substring);
        table.alias("substr", "substring");
        table.rows("left", TextFunctions::left);
        table.rows("right", TextFunctions::right);
        table.row("trim", (in, out) -> trim(in, out, true, true));
        table.row("ltrim", (in, out) -> trim(in, out, true, false));
        table.row("rtrim", (in, out) -> trim(in, out, false, true));
        table.row("btrim", (in, out) -> trim(in, out, true, true));
        table.rows("lpad", signature -> (in, out) -> pad(in, out, signature, true));
        table.rows("rpad", signature -> (in, out) -> pad(in, out, signature, false));
        table.row("repeat", TextFunctions::repeat);
        table.row("space", (in, out) -> out.set(" ".repeat(Math.max(0, in.getInt(0)))));
        table.row("overlay", TextFunctions::overlay);
        table.row("substring_index", TextFunctions::substringIndex);
        table.row("split_part", TextParts::splitPart);
        table.rows("split", TextParts::split);
        table.row("ascii", TextFunctions::ascii);
        table.row("char", TextFunctions::character);
        table.alias("chr", "char");
        table.row(
                "quote",
                (in, out) ->
                        out.set(
                                "'"
                                        + in.string(0).replace("\\", "\\\\").replace("'", "\\'")
                                        + "'"));
        table.row("collate", (in, out) -> out.setFrom(in.vector(0), in.at(0)));
        table.lenientRows("collation", TextFunctions::collation);
    }

    private static RowFunction collation(Signature signature) {
        String name =
                signature.argument(0) instanceof io.troupe.planner.type.StringType text
                        ? text.collation()
                        : io.troupe.planner.type.StringType.BINARY_COLLATION;
        return (in, out) -> out.set("SYSTEM.BUILTIN." + name);
    }

    private static void changeCase(
            Input in, Output out, int low, int high, UnaryOperator<String> general) {
        byte[] data = in.data(0);
        int from = in.start(0);
        int to = in.end(0);
        if (!Utf8.isAscii(data, from, to)) {
            out.set(general.apply(in.string(0)));
            return;
        }
        for (int i = from; i < to; i++) {
            int letter = data[i];
            out.append((byte) (letter >= low && letter <= high ? letter ^ 0x20 : letter));
        }
        out.finish();
    }

    private static String capitalise(String text) {
        StringBuilder result = new StringBuilder(text.length());
        boolean start = true;
        for (int point : text.toLowerCase(Locale.ROOT).codePoints().toArray()) {
            result.appendCodePoint(start ? Character.toTitleCase(point) : point);
            start = point == ' ';
        }
        return result.toString();
    }

    private static Vector lengths(Vector vector, DataType type) {
        BytesVector texts = (BytesVector) Columns.flat(vector);
        int n = texts.length();
        int[] offsets = texts.offsets();
        int[] out = new int[n];
        boolean bytes =
                type == AtomicType.BINARY
                        || n > 0 && Utf8.isAscii(texts.data(), offsets[0], offsets[n]);
        for (int i = 0; i < n; i++) {
            out[i] =
                    bytes
                            ? offsets[i + 1] - offsets[i]
                            : Utf8.length(texts.data(), offsets[i], offsets[i + 1]);
        }
        return new IntVector(out, n, texts.validity());
    }

    private static VectorKernel substring(Signature signature) {
        boolean bytes = signature.argument(0) == AtomicType.BINARY;
        if (constant(signature, 1) instanceof Integer position
                && position >= 0
                && (signature.size() < 3 || constant(signature, 2) instanceof Integer)) {
            long length =
                    signature.size() < 3 ? Integer.MAX_VALUE : (Integer) constant(signature, 2);
            int start = Math.max(0, position - 1);
            int end = (int) Math.min(Integer.MAX_VALUE, Math.max(start, start + length));
            return new SliceKernel(start, end, bytes);
        }
        return RowFunction.strict(
                signature,
                (in, out) -> {
                    long length = in.size() > 2 ? in.getInt(2) : Integer.MAX_VALUE;
                    cut(in, out, in.getInt(1), length, bytes);
                });
    }

    private static Object constant(Signature signature, int index) {
        return signature.isConstant(index) ? signature.constant(index) : null;
    }

    /// `position` counts from 1, or from the end when negative; 0 is 1.
    private static void cut(Input in, Output out, int position, long length, boolean bytes) {
        byte[] data = in.data(0);
        int from = in.start(0);
        int to = in.end(0);
        boolean narrow = bytes || Utf8.isAscii(data, from, to);
        long start = position > 0 ? position - 1L : position;
        if (position < 0) {
            start += narrow ? to - from : Utf8.length(data, from, to);
        }
        long end = Math.min(Integer.MAX_VALUE, start + length);
        start = Math.max(0, start);
        if (end <= start || start >= to - from) {
            out.set(data, from, from);
            return;
        }
        if (narrow) {
            out.set(data, from + (int) start, (int) Math.min(to, from + end));
        } else {
            int first = Utf8.skip(data, from, to, (int) start);
            out.set(data, first, Utf8.skip(data, first, to, (int) (end - start)));
        }
    }

    private static RowFunction left(Signature signature) {
        boolean bytes = signature.argument(0) == AtomicType.BINARY;
        return (in, out) -> cut(in, out, 1, Math.max(0, in.getInt(1)), bytes);
    }

    private static RowFunction right(Signature signature) {
        boolean bytes = signature.argument(0) == AtomicType.BINARY;
        return (in, out) -> {
            int count = in.getInt(1);
            if (count <= 0) {
                out.set(new byte[0]);
            } else {
                int size =
                        bytes
                                ? in.end(0) - in.start(0)
                                : Utf8.length(in.data(0), in.start(0), in.end(0));
                cut(in, out, Math.max(0, size - count) + 1, Integer.MAX_VALUE, bytes);
            }
        };
    }

    /// A second argument holds the characters to take off.
    private static void trim(Input in, Output out, boolean left, boolean right) {
        boolean two = in.size() == 2;
        byte[] data = in.data(0);
        int from = in.start(0);
        int to = in.end(0);
        if (!two) {
            while (left && from < to && data[from] == ' ') {
                from++;
            }
            while (right && from < to && data[to - 1] == ' ') {
                to--;
            }
            out.set(data, from, to);
            return;
        }
        String taken = in.string(1);
        String whole = in.string(0);
        int first = 0;
        int last = whole.length();
        while (left && first < last && taken.indexOf(whole.codePointAt(first)) >= 0) {
            first += Character.charCount(whole.codePointAt(first));
        }
        while (right && first < last && taken.indexOf(whole.codePointBefore(last)) >= 0) {
            last -= Character.charCount(whole.codePointBefore(last));
        }
        out.set(whole.substring(first, last));
    }

    private static void pad(Input in, Output out, Signature signature, boolean left) {
        boolean bytes = signature.argument(0) == AtomicType.BINARY;
        byte[] data = in.data(0);
        int from = in.start(0);
        int to = in.end(0);
        int wanted = Math.max(0, in.getInt(1));
        int size = bytes ? to - from : Utf8.length(data, from, to);
        if (size >= wanted) {
            out.set(data, from, bytes ? from + wanted : Utf8.skip(data, from, to, wanted));
            return;
        }
        byte[] fill = in.size() > 2 ? in.bytes(2) : bytes ? new byte[1] : SPACE;
        int fillSize = bytes ? fill.length : Utf8.length(fill, 0, fill.length);
        if (!left) {
            out.append(data, from, to);
        }
        int missing = fillSize == 0 ? 0 : wanted - size;
        for (; missing >= fillSize && missing > 0; missing -= fillSize) {
            out.append(fill, 0, fill.length);
        }
        if (missing > 0) {
            out.append(fill, 0, bytes ? missing : Utf8.skip(fill, 0, fill.length, missing));
        }
        if (left) {
            out.append(data, from, to);
        }
        out.finish();
    }

    private static void repeat(Input in, Output out) {
        for (int i = in.getInt(1); i > 0; i--) {
            out.append(in.data(0), in.start(0), in.end(0));
        }
        out.finish();
    }

    private static void overlay(Input in, Output out) {
        boolean binary = in.type(0) == AtomicType.BINARY;
        byte[] data = in.data(0);
        int from = in.start(0);
        int to = in.end(0);
        byte[] put = in.bytes(1);
        int position = in.getInt(2);
        int replaced = in.size() > 3 ? in.getInt(3) : -1;
        int size = replaced >= 0 ? replaced : binary ? put.length : Utf8.length(put, 0, put.length);
        int headChars = Math.max(0, position - 1);
        int head = binary ? Math.min(to, from + headChars) : Utf8.skip(data, from, to, headChars);
        int tailChars = Math.max(0, position - 1 + size);
        int tail = binary ? Math.min(to, from + tailChars) : Utf8.skip(data, from, to, tailChars);
        out.append(data, from, head);
        out.append(put, 0, put.length);
        out.append(data, tail, to);
        out.finish();
    }

    private static void substringIndex(Input in, Output out) {
        byte[] data = in.data(0);
        int from = in.start(0);
        int to = in.end(0);
        byte[] mark = in.bytes(1);
        int count = in.getInt(2);
        if (mark.length == 0 || count == 0) {
            out.set(data, from, from);
            return;
        }
        int at = count > 0 ? from - 1 : to + 1 - mark.length;
        for (int i = 0; i < Math.abs((long) count); i++) {
            at =
                    count > 0
                            ? Utf8.find(data, at + 1, to, mark)
                            : Utf8.findLast(data, from, at - 1 + mark.length, mark);
            if (at < 0) {
                out.set(data, from, to);
                return;
            }
        }
        if (count > 0) {
            out.set(data, from, at);
        } else {
            out.set(data, at + mark.length, to);
        }
    }

    private static void ascii(Input in, Output out) {
        out.set(in.start(0) == in.end(0) ? 0 : in.string(0).codePointAt(0));
    }

    private static void character(Input in, Output out) {
        long code = in.getLong(0);
        out.set(
                code < 0
                        ? ""
                        : (code & 0xFF) == 0 ? "\0" : Character.toString((int) (code & 0xFF)));
    }
}
