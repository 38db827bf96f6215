package io.troupe.columnar.pipeline;

import io.troupe.columnar.compile.VectorFunction;
import io.troupe.columnar.operator.Operator;
import io.troupe.columnar.operator.ordering.GroupTopOperator;
import io.troupe.columnar.operator.ordering.RowBuffer;
import io.troupe.columnar.operator.ordering.SortOperator;
import io.troupe.columnar.operator.ordering.TopNOperator;
import io.troupe.columnar.operator.row.LimitOperator;
import io.troupe.columnar.sort.SortKey;
import io.troupe.planner.expression.Attribute;
import io.troupe.planner.expression.SortOrder;
import io.troupe.planner.physical.PhysicalPlan;
import io.troupe.planner.type.DataType;
import java.util.ArrayList;
import java.util.List;

/// Sorts and top-n from their plans.
final class Orderings {
    /// Above this many rows a top-n is a sort and a limit, which can spill.
    private static final long TOP_ROWS = 1 << 16;

    private Orderings() {}

    static Operator sort(OperatorBuilder builder, PhysicalPlan.Sort sort, int number) {
        return sorted(
                builder, builder.open(sort.child()), sort.child().output(), sort.orders(), number);
    }

    static Operator sorted(
            OperatorBuilder builder,
            Operator child,
            List<Attribute> input,
            List<SortOrder> orders,
            int number) {
        return new SortOperator(
                child, buffer(builder, input, orders), keys(orders), builder.context(), number);
    }

    static Operator topN(OperatorBuilder builder, PhysicalPlan.TopN top, int number) {
        Operator child = builder.open(top.child());
        List<Attribute> input = top.child().output();
        if (top.count() > TOP_ROWS || top.offset() > TOP_ROWS) {
            return new LimitOperator(
                    sorted(builder, child, input, top.orders(), number), top.count(), top.offset());
        }
        return new TopNOperator(
                child,
                buffer(builder, input, top.orders()),
                keys(top.orders()),
                (int) top.count(),
                (int) top.offset(),
                builder.context());
    }

    static Operator groupTop(OperatorBuilder builder, PhysicalPlan.GroupTop top) {
        List<SortOrder> keys = new ArrayList<>();
        top.partitionBy().forEach(key -> keys.add(new SortOrder(key, true, true)));
        keys.addAll(top.orderBy());
        return new GroupTopOperator(
                builder.open(top.child()),
                buffer(builder, top.child().output(), keys),
                new GroupTopOperator.Setup(
                        OperatorBuilder.types(top.partitionBy()),
                        keys(top.orderBy()),
                        top.rank(),
                        top.count()),
                builder.context());
    }

    static List<SortKey> keys(List<SortOrder> orders) {
        return orders.stream()
                .map(order ->
                        new SortKey(
                                order.expression().type(), order.ascending(), order.nullsFirst()))
                .toList();
    }

    private static RowBuffer buffer(
            OperatorBuilder builder, List<Attribute> input, List<SortOrder> orders) {
        List<DataType> types = new ArrayList<>(OperatorBuilder.types(input));
        VectorFunction[] keys = new VectorFunction[orders.size()];
        int[] columns = new int[orders.size()];
        for (int k = 0; k < keys.length; k++) {
            types.add(orders.get(k).expression().type());
            columns[k] =
                    orders.get(k).expression() instanceof Attribute attribute
                            ? input.indexOf(attribute)
                            : -1;
            keys[k] = builder.function(orders.get(k).expression(), input);
        }
        return new RowBuffer(types, keys, columns);
    }
}
