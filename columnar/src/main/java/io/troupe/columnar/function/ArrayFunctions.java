package io.troupe.columnar.function;

import io.troupe.columnar.kernel.Failures;
import io.troupe.columnar.kernel.Input;
import io.troupe.columnar.kernel.KernelFactory;
import io.troupe.columnar.kernel.MersenneTwister;
import io.troupe.columnar.kernel.ValueOrder;
import io.troupe.columnar.kernel.VectorKernel;
import io.troupe.columnar.vector.ListVector;
import io.troupe.columnar.vector.Vector;
import io.troupe.planner.type.ArrayType;
import io.troupe.planner.type.StringType;
import java.util.Arrays;

/// Arrays made of elements of other arrays.
final class ArrayFunctions {
    private static final int MAX_LENGTH = Integer.MAX_VALUE - 15;

    private ArrayFunctions() {}

    static void register(FunctionTable table) {
        table.lenient(
                "array",
                signature ->
                        signature.size() == 0
                                ? EMPTY
                                : pick(ArrayFunctions::array).create(signature));
        table.lenient("array_append", pick(ArrayFunctions::append));
        table.lenient("array_prepend", pick(ArrayFunctions::prepend));
        table.lenient("array_insert", pick(ArrayFunctions::insert));
        table.lenient("array_repeat", pick(ArrayFunctions::repeat));
        strict(table, "array_compact", ArrayFunctions::compact);
        strict(table, "array_remove", ArrayFunctions::remove);
        strict(table, "array_distinct", (in, picks, set) -> distinct(in, picks, set, 1));
        strict(table, "array_union", (in, picks, set) -> distinct(in, picks, set, 2));
        strict(table, "array_except", (in, picks, set) -> common(in, picks, set, false));
        strict(table, "array_intersect", (in, picks, set) -> common(in, picks, set, true));
        strict(table, "slice", (in, picks, set) -> slice(in, picks));
        strict(table, "flatten", (in, picks, set) -> flatten(in, picks));
        strict(
                table,
                "sort_array",
                (in, picks, set) -> sort(in, picks, in.size() < 2 || in.getBoolean(1), true));
        strict(table, "array_sort", (in, picks, set) -> sort(in, picks, true, false));
        table.strict("shuffle", ArrayFunctions::shuffle);
        table.strict("reverse", ArrayFunctions::reverse);
        table.strict("concat", ArrayFunctions::concat);
        table.alias("||", "concat");
    }

    private static final VectorKernel EMPTY =
            (arguments, rows) ->
                    new ListVector(
                            new int[rows.length() + 1],
                            new io.troupe.columnar.vector.NullVector(0),
                            rows.length(),
                            null);

    private interface SetPicker {
        void pick(Input in, Picks picks, ElementSet set);
    }

    private static KernelFactory pick(Picks.Picker picker) {
        return Picks.kernel(picker);
    }

    private static boolean anyNull(Input in) {
        for (int i = 0; i < in.size(); i++) {
            if (in.isNull(i)) {
                return true;
            }
        }
        return false;
    }

    /// A strict picker with a set over the candidates, made once per batch and empty for every row.
    private static void strict(FunctionTable table, String name, SetPicker picker) {
        table.strict(
                name,
                signature -> {
                    ElementSet[] set = new ElementSet[1];
                    Vector[] over = new Vector[1];
                    return Picks.kernel(
                                    (in, picks) -> {
                                        if (anyNull(in)) {
                                            return;
                                        }
                                        if (over[0] != picks.elements()) {
                                            over[0] = picks.elements();
                                            set[0] = new ElementSet(over[0]);
                                        }
                                        set[0].clear();
                                        picker.pick(in, picks, set[0]);
                                    })
                            .create(signature);
                });
    }

    private static void array(Input in, Picks picks) {
        for (int i = 0; i < in.size(); i++) {
            picks.add(picks.value(in, i));
        }
        picks.finish();
    }

    private static void append(Input in, Picks picks) {
        if (!in.isNull(0)) {
            picks.addAll(picks.first(in, 0), picks.last(in, 0));
            picks.add(picks.value(in, 1));
            picks.finish();
        }
    }

    private static void prepend(Input in, Picks picks) {
        if (!in.isNull(0)) {
            picks.add(picks.value(in, 1));
            picks.addAll(picks.first(in, 0), picks.last(in, 0));
            picks.finish();
        }
    }

    private static void insert(Input in, Picks picks) {
        if (in.isNull(0) || in.isNull(1)) {
            return;
        }
        int position = in.getInt(1);
        if (position == 0) {
            throw Failures.runtime("INVALID_INDEX_OF_ZERO");
        }
        int first = picks.first(in, 0);
        int size = picks.last(in, 0) - first;
        boolean before = in.size() > 3 && in.getBoolean(3);
        long at = position > 0 ? position - 1L : size + (long) position + (before ? 0 : 1);
        if (Math.max(at, size - at) > MAX_LENGTH) {
            throw tooLarge(Math.max(at, size - at), "array_insert");
        }
        int value = picks.value(in, 2);
        if (at < 0) {
            picks.add(value);
            for (long gap = at; gap < 0; gap++) {
                picks.add(-1);
            }
            picks.addAll(first, first + size);
        } else {
            picks.addAll(first, first + (int) Math.min(at, size));
            for (long gap = size; gap < at; gap++) {
                picks.add(-1);
            }
            picks.add(value);
            picks.addAll(first + (int) Math.min(at, size), first + size);
        }
        picks.finish();
    }

    static RuntimeException tooLarge(long elements, String function) {
        return Failures.runtime(
                "COLLECTION_SIZE_LIMIT_EXCEEDED.FUNCTION",
                "numberOfElements",
                Long.toString(elements),
                "maxRoundedArrayLength",
                Integer.toString(MAX_LENGTH),
                "functionName",
                "`" + function + "`");
    }

    static RuntimeException parameterTooLarge(long elements, String parameter, String function) {
        return Failures.runtime(
                "COLLECTION_SIZE_LIMIT_EXCEEDED.PARAMETER",
                "numberOfElements",
                Long.toString(elements),
                "maxRoundedArrayLength",
                Integer.toString(MAX_LENGTH),
                "parameter",
                "`" + parameter + "`",
                "functionName",
                "`" + function + "`");
    }

    private static void repeat(Input in, Picks picks) {
        if (!in.isNull(1)) {
            int value = picks.value(in, 0);
            if (in.getInt(1) > MAX_LENGTH) {
                throw parameterTooLarge(in.getInt(1), "count", "array_repeat");
            }
            for (int i = in.getInt(1); i > 0; i--) {
                picks.add(value);
            }
            picks.finish();
        }
    }

    private static void compact(Input in, Picks picks, ElementSet set) {
        for (int e = picks.first(in, 0); e < picks.last(in, 0); e++) {
            if (!picks.elements().isNull(e)) {
                picks.add(e);
            }
        }
        picks.finish();
    }

    private static void remove(Input in, Picks picks, ElementSet set) {
        Vector elements = picks.elements();
        int value = picks.value(in, 1);
        for (int e = picks.first(in, 0); e < picks.last(in, 0); e++) {
            if (elements.isNull(e) || ValueOrder.compare(elements, e, elements, value) != 0) {
                picks.add(e);
            }
        }
        picks.finish();
    }

    private static void distinct(Input in, Picks picks, ElementSet set, int arguments) {
        for (int i = 0; i < arguments; i++) {
            for (int e = picks.first(in, i); e < picks.last(in, i); e++) {
                if (set.add(e)) {
                    picks.add(e);
                }
            }
        }
        picks.finish();
    }

    private static void common(Input in, Picks picks, ElementSet set, boolean wanted) {
        for (int e = picks.first(in, 1); e < picks.last(in, 1); e++) {
            set.add(e);
        }
        ElementSet taken = new ElementSet(picks.elements());
        for (int e = picks.first(in, 0); e < picks.last(in, 0); e++) {
            if (set.contains(e) == wanted && taken.add(e)) {
                picks.add(e);
            }
        }
        picks.finish();
    }

    private static void slice(Input in, Picks picks) {
        int start = in.getInt(1);
        int length = in.getInt(2);
        if (start == 0) {
            throw Failures.parameter("START", "slice", "start");
        }
        if (length < 0) {
            throw Failures.parameter(
                    "LENGTH", "slice", "length", "length", Integer.toString(length));
        }
        int first = picks.first(in, 0);
        int size = picks.last(in, 0) - first;
        long from = start > 0 ? start - 1L : size + (long) start;
        if (from >= 0 && from < size) {
            picks.addAll(first + (int) from, first + (int) Math.min(size, from + length));
        }
        picks.finish();
    }

    private static void flatten(Input in, Picks picks) {
        ListVector outer = (ListVector) in.vector(0);
        if (!(io.troupe.columnar.column.Gather.flat(outer.elements())
                instanceof ListVector inner)) {
            if (in.first(0) == in.last(0)) {
                picks.finish();
            }
            return;
        }
        for (int i = in.first(0); i < in.last(0); i++) {
            if (inner.isNull(i)) {
                return;
            }
        }
        for (int i = in.first(0); i < in.last(0); i++) {
            picks.addAll(
                    picks.base(0) + inner.offsets()[i], picks.base(0) + inner.offsets()[i + 1]);
        }
        picks.finish();
    }

    private static void sort(Input in, Picks picks, boolean ascending, boolean nullsFollowOrder) {
        Vector elements = picks.elements();
        int first = picks.first(in, 0);
        int size = picks.last(in, 0) - first;
        Integer[] order = new Integer[size];
        Arrays.setAll(order, i -> first + i);
        int direction = ascending ? 1 : -1;
        int nulls = nullsFollowOrder && ascending ? -1 : 1;
        Arrays.sort(
                order,
                (a, b) -> {
                    boolean left = elements.isNull(a);
                    boolean right = elements.isNull(b);
                    if (left || right) {
                        return left == right ? 0 : left ? nulls : -nulls;
                    }
                    return direction * ValueOrder.compare(elements, a, elements, b);
                });
        for (int e : order) {
            picks.add(e);
        }
        picks.finish();
    }

    private static VectorKernel shuffle(io.troupe.columnar.kernel.Signature signature) {
        boolean seeded = signature.isConstant(1) && signature.constant(1) instanceof Number;
        long seed = seeded ? ((Number) signature.constant(1)).longValue() : System.nanoTime();
        MersenneTwister random = new MersenneTwister(seed + signature.settings().partition());
        return Picks.kernel(
                        (in, picks) -> {
                            if (in.isNull(0)) {
                                return;
                            }
                            // Fisher and Yates from the inside out: the same swaps as Spark's.
                            for (int e = picks.first(in, 0); e < picks.last(in, 0); e++) {
                                int other = picks.start() + random.nextInt(picks.size() + 1);
                                picks.add(e);
                                int[] chosen = picks.chosen();
                                chosen[picks.end() - 1] = chosen[other];
                                chosen[other] = e;
                            }
                            picks.finish();
                        })
                .create(signature);
    }

    private static VectorKernel reverse(io.troupe.columnar.kernel.Signature signature) {
        if (signature.type() instanceof ArrayType) {
            return Picks.kernel(
                            (in, picks) -> {
                                if (!in.isNull(0)) {
                                    for (int e = picks.last(in, 0) - 1;
                                            e >= picks.first(in, 0);
                                            e--) {
                                        picks.add(e);
                                    }
                                    picks.finish();
                                }
                            })
                    .create(signature);
        }
        return io.troupe.columnar.kernel.RowFunction.strict(
                signature,
                signature.type() instanceof StringType
                        ? (in, out) -> out.set(new StringBuilder(in.string(0)).reverse().toString())
                        : ArrayFunctions::reverseBytes);
    }

    private static void reverseBytes(Input in, io.troupe.columnar.kernel.Output out) {
        byte[] bytes = in.data(0);
        for (int at = in.end(0) - 1; at >= in.start(0); at--) {
            out.append(bytes[at]);
        }
        out.finish();
    }

    private static VectorKernel concat(io.troupe.columnar.kernel.Signature signature) {
        if (signature.type() instanceof ArrayType) {
            return Picks.kernel(
                            (in, picks) -> {
                                if (anyNull(in)) {
                                    return;
                                }
                                for (int i = 0; i < in.size(); i++) {
                                    picks.addAll(picks.first(in, i), picks.last(in, i));
                                }
                                picks.finish();
                            })
                    .create(signature);
        }
        boolean text = signature.type() instanceof StringType;
        return io.troupe.columnar.kernel.RowFunction.strict(
                signature,
                (in, out) -> {
                    for (int i = 0; i < in.size(); i++) {
                        if (text
                                && !(in.vector(i)
                                        instanceof io.troupe.columnar.vector.BytesVector)) {
                            throw new IllegalArgumentException(
                                    "the arguments of concat are not coerced");
                        }
                        out.append(in.data(i), in.start(i), in.end(i));
                    }
                    out.finish();
                });
    }
}
