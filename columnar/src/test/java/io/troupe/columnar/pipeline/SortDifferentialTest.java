package io.troupe.columnar.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.troupe.planner.expression.Attribute;
import io.troupe.planner.expression.SortOrder;
import io.troupe.planner.physical.PhysicalPlan;
import io.troupe.planner.type.AtomicType;
import io.troupe.planner.type.DataType;
import io.troupe.planner.type.DecimalType;
import io.troupe.planner.type.StringType;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SortDifferentialTest {
    private static final List<DataType> TYPES =
            List.of(
                    AtomicType.INTEGER,
                    AtomicType.LONG,
                    StringType.STRING,
                    new DecimalType(12, 2),
                    new DecimalType(30, 2),
                    AtomicType.DOUBLE,
                    AtomicType.INTEGER);

    private final List<Attribute> columns = new ArrayList<>();

    @TempDir Path folder;

    SortDifferentialTest() {
        for (int c = 0; c < TYPES.size(); c++) {
            columns.add(new Attribute(c + 1, "c" + c, TYPES.get(c), true));
        }
    }

    private static List<List<Object>> rows(int count, int distinct) {
        Random random = new Random(count);
        List<List<Object>> rows = new ArrayList<>();
        for (int r = 0; r < count; r++) {
            List<Object> row = new ArrayList<>();
            for (DataType type : TYPES.subList(0, 6)) {
                row.add(Oracle.random(type, random, distinct, 9));
            }
            row.add(r);
            rows.add(row);
        }
        return rows;
    }

    private void check(int count, int distinct, int batch, long memory, boolean spills, int... keys)
            throws Exception {
        List<List<Object>> rows = rows(count, distinct);
        List<SortOrder> orders = new ArrayList<>();
        StringBuilder by = new StringBuilder();
        for (int k = 0; k < keys.length; k++) {
            boolean ascending = k % 2 == 0;
            boolean nullsFirst = k % 3 != 1;
            orders.add(new SortOrder(columns.get(keys[k]), ascending, nullsFirst));
            by.append("c").append(keys[k]).append(ascending ? " asc" : " desc");
            by.append(nullsFirst ? " nulls first, " : " nulls last, ");
        }
        try (Oracle oracle = new Oracle()) {
            oracle.table("t", columns, rows);
            List<String> expected =
                    Oracle.text(oracle.query("select * from t order by " + by + "c6"), true);
            Harness harness = new Harness(folder, batch, memory, 5);
            PhysicalPlan sort = new PhysicalPlan.Sort(harness.table(0, columns, rows), orders);
            assertEquals(expected, Oracle.text(harness.run(sort), true));
            assertEquals(spills, harness.spilled() > 0);
            Harness top = new Harness(folder, batch, memory, 6);
            PhysicalPlan topN = new PhysicalPlan.TopN(top.table(0, columns, rows), orders, 17, 3);
            assertEquals(
                    expected.subList(Math.min(3, expected.size()), Math.min(20, expected.size())),
                    Oracle.text(top.run(topN), true));
        }
    }

    private static final int[][] KEYS = {
        {0}, {1}, {2}, {3}, {4}, {5}, {0, 2}, {2, 4, 5}, {5, 1, 0}, {0, 3, 2}, {2, 2, 0}
    };

    @Test
    void agreesForAllKindsOfKeysAndBatchSizes() throws Exception {
        for (int[] keys : KEYS) {
            check(0, 7, 1, 1 << 26, false, keys);
            check(300, 7, 1, 1 << 26, false, keys);
            check(3000, 400, 33, 1 << 26, false, keys);
            check(40000, 9000, 8192, 1 << 26, false, keys);
        }
    }

    @Test
    void agreesWhenItMustSpill() throws Exception {
        for (int[] keys : KEYS) {
            check(8000, 900, 500, 200_000, true, keys);
        }
    }
}
