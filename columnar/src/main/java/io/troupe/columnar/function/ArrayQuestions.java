package io.troupe.columnar.function;

import io.troupe.columnar.column.Values;
import io.troupe.columnar.kernel.Failures;
import io.troupe.columnar.kernel.Input;
import io.troupe.columnar.kernel.Output;
import io.troupe.columnar.kernel.RowFunction;
import io.troupe.columnar.kernel.Signature;
import io.troupe.columnar.kernel.ValueOrder;
import io.troupe.columnar.vector.ListVector;
import io.troupe.columnar.vector.MapVector;
import io.troupe.columnar.vector.Vector;
import io.troupe.planner.type.ArrayType;
import io.troupe.planner.type.MapType;
import java.util.ArrayList;
import java.util.List;

/// What arrays and maps hold: size, elements, extremes, positions.
final class ArrayQuestions {
    private ArrayQuestions() {}

    static void register(FunctionTable table) {
        table.lenientRows("size", ArrayQuestions::size);
        table.alias("cardinality", "size");
        table.row("array_size", (in, out) -> out.set(in.last(0) - in.first(0)));
        table.row("array_contains", ArrayQuestions::contains);
        table.row("array_position", ArrayQuestions::position);
        table.row("array_max", (in, out) -> extreme(in, out, 1));
        table.row("array_min", (in, out) -> extreme(in, out, -1));
        table.row("arrays_overlap", ArrayQuestions::overlap);
        table.lenientRows("array_join", signature -> ArrayQuestions::join);
        table.rows("element_at", signature -> elementAt(signature, signature.ansi()));
        table.rows("try_element_at", signature -> elementAt(signature, false));
        table.rows("getitem", ArrayQuestions::item);
        table.row("get", (in, out) -> at(in, out, in.getInt(1)));
        table.rows("arrays_zip", signature -> ArrayQuestions::zip);
        table.row("map_contains_key", (in, out) -> out.set(find(in) >= 0));
    }

    private static RowFunction size(Signature signature) {
        boolean legacy =
                !signature.ansi()
                        && signature
                                .settings()
                                .conf("spark.sql.legacy.sizeOfNull", "true")
                                .equals("true");
        return (in, out) -> {
            if (!in.isNull(0)) {
                out.set(in.last(0) - in.first(0));
            } else if (legacy) {
                out.set(-1);
            }
        };
    }

    private static Vector elements(Input in, int i) {
        return ((ListVector) in.vector(i)).elements();
    }

    private static void contains(Input in, Output out) {
        Vector elements = elements(in, 0);
        boolean unknown = false;
        for (int e = in.first(0); e < in.last(0); e++) {
            if (elements.isNull(e)) {
                unknown = true;
            } else if (ValueOrder.compare(elements, e, in.vector(1), in.at(1)) == 0) {
                out.set(true);
                return;
            }
        }
        if (!unknown) {
            out.set(false);
        }
    }

    private static void position(Input in, Output out) {
        Vector elements = elements(in, 0);
        for (int e = in.first(0); e < in.last(0); e++) {
            if (!elements.isNull(e)
                    && ValueOrder.compare(elements, e, in.vector(1), in.at(1)) == 0) {
                out.set(e - in.first(0) + 1L);
                return;
            }
        }
        out.set(0L);
    }

    private static void extreme(Input in, Output out, int sign) {
        Vector elements = elements(in, 0);
        int best = -1;
        for (int e = in.first(0); e < in.last(0); e++) {
            if (!elements.isNull(e)
                    && (best < 0 || sign * ValueOrder.compare(elements, e, elements, best) > 0)) {
                best = e;
            }
        }
        if (best >= 0) {
            out.setFrom(elements, best);
        }
    }

    private static void overlap(Input in, Output out) {
        Vector a = elements(in, 0);
        Vector b = elements(in, 1);
        boolean unknown = false;
        for (int i = in.first(0); i < in.last(0); i++) {
            for (int j = in.first(1); j < in.last(1); j++) {
                if (a.isNull(i) || b.isNull(j)) {
                    unknown = true;
                } else if (ValueOrder.compare(a, i, b, j) == 0) {
                    out.set(true);
                    return;
                }
            }
        }
        if (!unknown) {
            out.set(false);
        }
    }

    private static void join(Input in, Output out) {
        if (in.isNull(0) || in.isNull(1) || in.size() > 2 && in.isNull(2)) {
            return;
        }
        List<String> parts = new ArrayList<>();
        for (int e = in.first(0); e < in.last(0); e++) {
            Object value = Values.get(elements(in, 0), e, ((ArrayType) in.type(0)).element());
            if (value != null) {
                parts.add(value.toString());
            } else if (in.size() > 2) {
                parts.add(in.string(2));
            }
        }
        out.set(String.join(in.string(1), parts));
    }

    private static boolean at(Input in, Output out, long index) {
        int size = in.last(0) - in.first(0);
        if (index < 0 || index >= size) {
            return false;
        }
        out.setFrom(elements(in, 0), in.first(0) + (int) index);
        return true;
    }

    private static RowFunction elementAt(Signature signature, boolean fail) {
        if (signature.argument(0) instanceof MapType) {
            return ArrayQuestions::ofKey;
        }
        return (in, out) -> {
            long index = in.getLong(1);
            int size = in.last(0) - in.first(0);
            if (index == 0) {
                throw Failures.runtime("INVALID_INDEX_OF_ZERO");
            }
            if (!at(in, out, index > 0 ? index - 1 : size + index)
                    && Math.abs(index) > size
                    && fail) {
                throw outOfBounds("INVALID_ARRAY_INDEX_IN_ELEMENT_AT", index, size);
            }
        };
    }

    private static RuntimeException outOfBounds(String condition, long index, int size) {
        return Failures.index(
                condition,
                "indexValue",
                Long.toString(index),
                "arraySize",
                Integer.toString(size),
                "ansiConfig",
                Failures.ANSI_CONFIG);
    }

    private static RowFunction item(Signature signature) {
        if (signature.argument(0) instanceof MapType) {
            return ArrayQuestions::ofKey;
        }
        boolean ansi = signature.ansi();
        return (in, out) -> {
            long index = in.getLong(1);
            if (!at(in, out, index) && ansi) {
                throw outOfBounds("INVALID_ARRAY_INDEX", index, in.last(0) - in.first(0));
            }
        };
    }

    /// The entry of a map's key, or -1.
    private static int find(Input in) {
        Vector keys = ((MapVector) in.vector(0)).keys();
        for (int e = in.first(0); e < in.last(0); e++) {
            if (ValueOrder.compare(keys, e, in.vector(1), in.at(1)) == 0) {
                return e;
            }
        }
        return -1;
    }

    private static void ofKey(Input in, Output out) {
        int entry = find(in);
        if (entry >= 0) {
            out.setFrom(((MapVector) in.vector(0)).values(), entry);
        }
    }

    private static void zip(Input in, Output out) {
        int longest = 0;
        List<List<?>> arrays = new ArrayList<>();
        for (int i = 0; i < in.size(); i++) {
            List<?> array = (List<?>) in.value(i);
            arrays.add(array);
            longest = Math.max(longest, array.size());
        }
        List<Object> rows = new ArrayList<>();
        for (int r = 0; r < longest; r++) {
            List<Object> row = new ArrayList<>();
            for (List<?> array : arrays) {
                row.add(r < array.size() ? array.get(r) : null);
            }
            rows.add(row);
        }
        out.setValue(rows);
    }
}
