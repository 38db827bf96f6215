package io.troupe.columnar.kernel;

import io.troupe.columnar.vector.BooleanVector;
import io.troupe.columnar.vector.BytesVector;
import io.troupe.columnar.vector.IntVector;
import io.troupe.columnar.vector.LongVector;
import io.troupe.columnar.vector.NullVector;
import io.troupe.columnar.vector.Vector;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// `value in (item, …)`: null when nothing equals and the value or an item is null. Constant items
/// of whole numbers, dates, times, narrow decimals and strings are looked up in a hash table.
public final class MembershipKernel {
    private MembershipKernel() {}

    public static VectorKernel of(Signature signature) {
        boolean constant = signature.size() > 1;
        boolean nullItem = false;
        for (int i = 1; i < signature.size(); i++) {
            constant &= signature.isConstant(i);
            nullItem |= constant && signature.constant(i) == null;
        }
        boolean unknown = nullItem;
        if (constant) {
            switch (Columns.plain(signature.argument(0)).storage()) {
                case INT, LONG -> {
                    LongSet set = longs(signature);
                    return (arguments, rows) -> inLongs(arguments[0], set, unknown, rows);
                }
                case BYTES -> {
                    TextSet set = texts(signature);
                    return (arguments, rows) -> inTexts(arguments[0], set, unknown, rows);
                }
                default -> {}
            }
        }
        return RowFunction.lenient(signature, MembershipKernel::search);
    }

    private static void search(Input in, Output out) {
        if (in.isNull(0)) {
            return;
        }
        boolean unknown = false;
        for (int i = 1; i < in.size(); i++) {
            if (in.isNull(i)) {
                unknown = true;
            } else if (ValueOrder.compare(in.vector(0), in.at(0), in.vector(i), in.at(i)) == 0) {
                out.set(true);
                return;
            }
        }
        if (!unknown) {
            out.set(false);
        }
    }

    private static LongSet longs(Signature signature) {
        LongSet set = new LongSet(signature.size());
        for (int i = 1; i < signature.size(); i++) {
            Object value = signature.constant(i);
            if (value instanceof java.math.BigDecimal decimal) {
                set.add(decimal.unscaledValue().longValueExact());
            } else if (value != null) {
                set.add(((Number) value).longValue());
            }
        }
        return set;
    }

    private static Vector inLongs(Vector vector, LongSet set, boolean unknown, Rows rows) {
        if (vector instanceof NullVector) {
            return vector;
        }
        Vector flat = Columns.flat(vector);
        byte[] out = new byte[rows.length()];
        for (int i = 0; i < rows.count(); i++) {
            int row = rows.row(i);
            long value =
                    flat instanceof IntVector ints
                            ? ints.values()[row]
                            : ((LongVector) flat).values()[row];
            out[row] = (byte) (set.contains(value) ? 1 : 0);
        }
        return result(out, flat.validity(), unknown);
    }

    private static Vector result(byte[] out, long[] validity, boolean unknown) {
        long[] bits = validity;
        if (unknown) {
            bits = IntegralArithmetic.copy(validity, out.length);
            for (int row = 0; row < out.length; row++) {
                if (out[row] == 0) {
                    bits[row >> 6] &= ~(1L << row);
                }
            }
        }
        return new BooleanVector(out, out.length, bits);
    }

    private static TextSet texts(Signature signature) {
        List<byte[]> members = new ArrayList<>();
        for (int i = 1; i < signature.size(); i++) {
            Object value = signature.constant(i);
            if (value != null) {
                members.add(
                        value instanceof byte[] raw
                                ? raw
                                : ((String) value).getBytes(StandardCharsets.UTF_8));
            }
        }
        return new TextSet(members);
    }

    private static Vector inTexts(Vector vector, TextSet set, boolean unknown, Rows rows) {
        if (vector instanceof NullVector) {
            return vector;
        }
        BytesVector texts = (BytesVector) Columns.flat(vector);
        byte[] out = new byte[rows.length()];
        for (int i = 0; i < rows.count(); i++) {
            int row = rows.row(i);
            boolean found =
                    set.contains(texts.data(), texts.offsets()[row], texts.offsets()[row + 1]);
            out[row] = (byte) (found ? 1 : 0);
        }
        return result(out, texts.validity(), unknown);
    }
}
