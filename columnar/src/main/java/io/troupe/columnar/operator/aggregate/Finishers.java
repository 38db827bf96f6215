package io.troupe.columnar.operator.aggregate;

import io.troupe.columnar.column.Values;
import io.troupe.columnar.hash.RowBytes;
import io.troupe.columnar.sort.VectorComparator;
import io.troupe.columnar.vector.Vector;
import io.troupe.planner.error.TroupeException;
import io.troupe.planner.expression.AggregateCall;
import io.troupe.planner.expression.Expression;
import io.troupe.planner.expression.Literal;
import io.troupe.planner.expression.SortOrder;
import io.troupe.planner.type.DataType;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Functions that look at all values of a group at once. Arguments arrive as columns, then the
/// expressions of the order within the group.
final class Finishers {
    private Finishers() {}

    static Accumulator collected(AggregateCall call) {
        List<DataType> types = AggregateFunctions.collectedTypes(call);
        DataType first = types.getFirst();
        Collected.Finisher finisher =
                switch (call.function()) {
                    case "collect_list", "array_agg" ->
                            (columns, from, to) -> list(columns[0], from, to, first);
                    case "collect_set" -> (columns, from, to) -> set(columns[0], from, to, first);
                    case "percentile",
                            "median",
                            "percentile_cont",
                            "percentile_disc",
                            "percentile_approx",
                            "approx_percentile" ->
                            Percentiles.finisher(call);
                    case "mode" -> mode(call);
                    case "listagg", "string_agg" -> joined(call);
                    case "max_by", "min_by" -> best(call);
                    case "histogram_numeric" -> Histogram.finisher(call);
                    case "bitmap_construct_agg", "bitmap_or_agg", "bitmap_and_agg" ->
                            Bitmaps.finisher(call);
                    default -> throw unsupported(call);
                };
        boolean skipNulls = !call.function().equals("mode") && !call.function().endsWith("_by");
        return new Collected(types, skipNulls, call.type(), finisher);
    }

    private static TroupeException unsupported(AggregateCall call) {
        return new TroupeException(
                TroupeException.Kind.UnsupportedOperationException,
                "UNSUPPORTED_FEATURE.AGGREGATE_FUNCTION",
                "0A000",
                "The feature is not supported: the aggregate function `"
                        + call.function()
                        + "`. Use another function.",
                Map.of("functionName", call.function()));
    }

    /// The value of a constant argument, null when there is none.
    static Object constant(AggregateCall call, int argument) {
        return call.arguments().size() > argument
                        && call.arguments().get(argument) instanceof Literal literal
                ? literal.value()
                : null;
    }

    private static List<Object> list(Vector values, int from, int to, DataType type) {
        List<Object> list = new ArrayList<>(to - from);
        for (int row = from; row < to; row++) {
            list.add(Values.get(values, row, type));
        }
        return list;
    }

    private static List<Object> set(Vector values, int from, int to, DataType type) {
        Set<ByteBuffer> seen = new HashSet<>();
        List<Object> set = new ArrayList<>();
        for (int row = from; row < to; row++) {
            if (seen.add(identity(values, row))) {
                set.add(Values.get(values, row, type));
            }
        }
        return set;
    }

    static ByteBuffer identity(Vector values, int row) {
        RowBytes encoder = new RowBytes();
        encoder.append(values, row);
        return ByteBuffer.wrap(Arrays.copyOf(encoder.bytes(), encoder.size()));
    }

    /// The rows of a group in the order of the call's ORDER BY, or of arrival without one.
    static Integer[] ordered(AggregateCall call, Vector[] columns, int from, int to) {
        Integer[] rows = new Integer[to - from];
        Arrays.setAll(rows, i -> from + i);
        if (!call.order().isEmpty()) {
            Arrays.sort(rows, (a, b) -> compare(call, columns, a, b));
        }
        return rows;
    }

    private static int compare(AggregateCall call, Vector[] columns, int a, int b) {
        for (int o = 0; o < call.order().size(); o++) {
            SortOrder order = call.order().get(o);
            Vector column = columns[call.arguments().size() + o];
            boolean left = column.isNull(a);
            boolean right = column.isNull(b);
            int result;
            if (left || right) {
                result = Boolean.compare(right, left);
                result = order.nullsFirst() ? result : -result;
            } else {
                result = VectorComparator.natural().compare(column, a, column, b);
                result = order.ascending() ? result : -result;
            }
            if (result != 0) {
                return result;
            }
        }
        return 0;
    }

    /// The most frequent value; of several the smallest (largest with a descending order).
    private static Collected.Finisher mode(AggregateCall call) {
        boolean ordered = !call.order().isEmpty();
        Expression input =
                ordered ? call.order().getFirst().expression() : call.arguments().getFirst();
        int column = ordered ? call.arguments().size() : 0;
        boolean largest = ordered && !call.order().getFirst().ascending();
        VectorComparator comparator = VectorComparator.natural();
        return (columns, from, to) -> {
            Vector values = columns[column];
            Map<ByteBuffer, int[]> counts = new HashMap<>();
            int best = -1;
            int most = 0;
            for (int row = from; row < to; row++) {
                if (!values.isNull(row)) {
                    counts.computeIfAbsent(identity(values, row), ignored -> new int[1])[0]++;
                }
            }
            for (int row = from; row < to; row++) {
                int count = values.isNull(row) ? 0 : counts.get(identity(values, row))[0];
                int order =
                        best < 0 || count != most
                                ? 0
                                : comparator.compare(values, row, values, best);
                if (count > most
                        || count == most && count > 0 && (largest ? order > 0 : order < 0)) {
                    most = count;
                    best = row;
                }
            }
            return best < 0 ? null : Values.get(values, best, input.type());
        };
    }

    private static Collected.Finisher joined(AggregateCall call) {
        DataType type = call.arguments().getFirst().type();
        Object delimiter = constant(call, 1);
        return (columns, from, to) -> {
            StringBuilder text = new StringBuilder();
            java.io.ByteArrayOutputStream bytes = new java.io.ByteArrayOutputStream();
            boolean any = false;
            for (int row : ordered(call, columns, from, to)) {
                Object value = Values.get(columns[0], row, type);
                if (value == null) {
                    continue;
                }
                if (value instanceof byte[] part) {
                    if (any && delimiter instanceof byte[] between) {
                        bytes.writeBytes(between);
                    }
                    bytes.writeBytes(part);
                } else {
                    text.append(any && delimiter != null ? delimiter : "").append(value);
                }
                any = true;
            }
            return !any
                    ? null
                    : type == io.troupe.planner.type.AtomicType.BINARY
                            ? bytes.toByteArray()
                            : text.toString();
        };
    }

    /// The values of the rows with the `k` smallest or largest ordering values.
    private static Collected.Finisher best(AggregateCall call) {
        DataType type = call.arguments().getFirst().type();
        VectorComparator comparator = VectorComparator.natural();
        int limit = constant(call, 2) instanceof Number k ? k.intValue() : Integer.MAX_VALUE;
        boolean smallest = call.function().equals("min_by");
        return (columns, from, to) -> {
            List<Integer> rows = new ArrayList<>();
            for (int row = from; row < to; row++) {
                if (!columns[1].isNull(row)) {
                    rows.add(row);
                }
            }
            rows.sort((a, b) -> {
                int order = comparator.compare(columns[1], a, columns[1], b);
                return smallest ? order : -order;
            });
            List<Object> values = new ArrayList<>();
            for (int row : rows.subList(0, Math.min(limit, rows.size()))) {
                values.add(Values.get(columns[0], row, type));
            }
            return values;
        };
    }
}
