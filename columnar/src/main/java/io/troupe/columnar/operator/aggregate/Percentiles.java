package io.troupe.columnar.operator.aggregate;

import io.troupe.columnar.column.Values;
import io.troupe.columnar.sort.VectorComparator;
import io.troupe.columnar.vector.Vector;
import io.troupe.planner.expression.AggregateCall;
import io.troupe.planner.expression.Expression;
import io.troupe.planner.type.DataType;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;

/// Percentiles: interpolated (`percentile`, `median`, `percentile_cont`), or a value of the group
/// (`percentile_disc`, `percentile_approx`, which is computed exactly here).
final class Percentiles {
    private final AggregateCall call;
    private final int valueColumn;
    private final DataType valueType;
    private final boolean descending;
    private final boolean interpolates;
    private final List<Double> fractions = new ArrayList<>();
    private final boolean many;
    private final int weightColumn;

    private Percentiles(AggregateCall call) {
        this.call = call;
        boolean ordered = !call.order().isEmpty();
        Expression value =
                ordered ? call.order().getFirst().expression() : call.arguments().getFirst();
        valueColumn = ordered ? call.arguments().size() : 0;
        valueType = value.type();
        descending = ordered && !call.order().getFirst().ascending();
        interpolates =
                switch (call.function()) {
                    case "percentile", "median", "percentile_cont" -> true;
                    default -> false;
                };
        Object given =
                call.function().equals("median") ? 0.5 : Finishers.constant(call, ordered ? 0 : 1);
        many = given instanceof List<?>;
        if (given instanceof List<?> list) {
            list.forEach(fraction -> fractions.add(number(fraction)));
        } else {
            fractions.add(number(given));
        }
        weightColumn = call.function().equals("percentile") && call.arguments().size() > 2 ? 2 : -1;
    }

    static Collected.Finisher finisher(AggregateCall call) {
        Percentiles percentiles = new Percentiles(call);
        return percentiles::finish;
    }

    private static double number(Object value) {
        return value instanceof BigDecimal decimal
                ? decimal.doubleValue()
                : ((Number) value).doubleValue();
    }

    private Object finish(Vector[] columns, int from, int to) {
        Vector values = columns[valueColumn];
        List<Integer> rows = new ArrayList<>();
        for (int row = from; row < to; row++) {
            if (!values.isNull(row) && weight(columns, row) > 0) {
                rows.add(row);
            }
        }
        if (rows.isEmpty()) {
            return null;
        }
        VectorComparator comparator = VectorComparator.natural();
        rows.sort((a, b) ->
                descending
                        ? comparator.compare(values, b, values, a)
                        : comparator.compare(values, a, values, b));
        long[] ends = new long[rows.size()];
        long total = 0;
        for (int i = 0; i < ends.length; i++) {
            total += weight(columns, rows.get(i));
            ends[i] = total;
        }
        List<Object> results = new ArrayList<>();
        for (double fraction : fractions) {
            results.add(
                    interpolates
                            ? between(values, rows, ends, fraction)
                            : at(values, rows, ends, fraction));
        }
        return many ? results : results.getFirst();
    }

    private long weight(Vector[] columns, int row) {
        return weightColumn < 0
                ? 1
                : columns[weightColumn].isNull(row)
                        ? 0
                        : ((Number)
                                        Values.get(
                                                columns[weightColumn],
                                                row,
                                                call.arguments().get(2).type()))
                                .longValue();
    }

    private static int find(long[] ends, long position) {
        int index = 0;
        while (ends[index] <= position) {
            index++;
        }
        return index;
    }

    private Object between(Vector values, List<Integer> rows, long[] ends, double fraction) {
        double position = (ends[ends.length - 1] - 1) * fraction;
        long lower = (long) Math.floor(position);
        long higher = (long) Math.ceil(position);
        double low = number(Values.get(values, rows.get(find(ends, lower)), valueType));
        double high = number(Values.get(values, rows.get(find(ends, higher)), valueType));
        double result =
                lower == higher || low == high
                        ? low
                        : (higher - position) * low + (position - lower) * high;
        return switch (call.type().storage()) {
            case LONG -> (Object) (long) result;
            case INT -> (int) result;
            default -> result;
        };
    }

    private Object at(Vector values, List<Integer> rows, long[] ends, double fraction) {
        long position = Math.max(0, (long) Math.ceil(fraction * ends[ends.length - 1]) - 1);
        return Values.get(values, rows.get(find(ends, position)), valueType);
    }
}
