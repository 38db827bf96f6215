package io.troupe.pybridge.operator;

import io.troupe.columnar.column.ColumnBuilder;
import io.troupe.columnar.column.Values;
import io.troupe.columnar.operator.Operator;
import io.troupe.columnar.vector.Batch;
import io.troupe.columnar.vector.Vector;
import io.troupe.planner.expression.Attribute;
import io.troupe.planner.physical.PhysicalPlan;
import io.troupe.planner.type.StructType;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;

/// Pairs the groups of two sorted inputs by key: each pair is two pieces, of which one may be
/// empty. Keys are ordered as the sort below ordered them: ascending, nulls first.
final class CogroupFeed implements Feed {
    private final Side left;
    private final Side right;

    CogroupFeed(
            PhysicalPlan.PythonCogroupMap plan,
            Operator left,
            Operator right,
            List<Attribute> leftColumns,
            List<Attribute> rightColumns) {
        this.left = new Side(left, plan.left().output(), plan.groups().leftGrouping(), leftColumns);
        this.right =
                new Side(right, plan.right().output(), plan.groups().rightGrouping(), rightColumns);
    }

    private static final class Side {
        private final GroupReader groups;
        private final List<Attribute> grouping;
        private final List<Attribute> columns;
        private final int[] sent;
        private final int[] keys;
        private final StructType schema;
        private Batch group;
        private boolean ended;

        Side(
                Operator child,
                List<Attribute> output,
                List<Attribute> grouping,
                List<Attribute> columns) {
            this.groups = new GroupReader(child, output, grouping, 1);
            this.grouping = grouping;
            this.columns = columns;
            this.sent = WorkDescription.positions(columns, output);
            this.keys = WorkDescription.positions(grouping, output);
            this.schema = WorkDescription.schema(columns);
        }

        boolean ready() {
            if (group == null && !ended) {
                GroupReader.Run run = groups.next();
                group = run == null ? null : run.batch();
                ended = run == null;
            }
            return group != null;
        }

        Object key(int i) {
            return Values.get(group.column(keys[i]), 0, grouping.get(i).type());
        }

        Piece take() {
            Batch taken = WorkerOperators.picked(group, sent);
            group = null;
            return new Piece(taken, schema, null);
        }

        Piece empty() {
            Vector[] none = new Vector[columns.size()];
            for (int i = 0; i < none.length; i++) {
                none[i] = ColumnBuilder.of(columns.get(i).type()).build();
            }
            return new Piece(new Batch(none, 0), schema, null);
        }
    }

    @Override
    public List<Piece> next() {
        boolean anyLeft = left.ready();
        boolean anyRight = right.ready();
        if (!anyLeft && !anyRight) {
            return List.of();
        }
        int order = !anyLeft ? 1 : !anyRight ? -1 : compareKeys();
        return List.of(
                order <= 0 ? left.take() : left.empty(), order >= 0 ? right.take() : right.empty());
    }

    private int compareKeys() {
        for (int i = 0; i < left.keys.length; i++) {
            int order = compare(left.key(i), right.key(i));
            if (order != 0) {
                return order;
            }
        }
        return 0;
    }

    @SuppressWarnings({"unchecked", "rawtypes"})
    private static int compare(Object first, Object second) {
        if (first == null || second == null) {
            return first == second ? 0 : first == null ? -1 : 1;
        }
        return switch (first) {
            case String text -> Arrays.compareUnsigned(bytes(text), bytes((String) second));
            case byte[] bytes -> Arrays.compareUnsigned(bytes, (byte[]) second);
            case BigDecimal decimal -> decimal.compareTo((BigDecimal) second);
            case Comparable comparable -> comparable.compareTo(second);
            default -> throw new IllegalStateException("a key of " + first.getClass());
        };
    }

    private static byte[] bytes(String text) {
        return text.getBytes(java.nio.charset.StandardCharsets.UTF_8);
    }
}
