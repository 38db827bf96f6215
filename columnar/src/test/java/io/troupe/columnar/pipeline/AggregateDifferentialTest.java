package io.troupe.columnar.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.troupe.planner.expression.Aggregate;
import io.troupe.planner.expression.AggregateCall;
import io.troupe.planner.expression.Attribute;
import io.troupe.planner.expression.Expression;
import io.troupe.planner.expression.Named;
import io.troupe.planner.function.AggregateState;
import io.troupe.planner.physical.PhysicalPlan;
import io.troupe.planner.physical.PhysicalPlan.AggregateMode;
import io.troupe.planner.physical.PhysicalPlan.AggregateStep;
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

class AggregateDifferentialTest {
    private static final List<DataType> TYPES =
            List.of(
                    AtomicType.INTEGER,
                    AtomicType.LONG,
                    StringType.STRING,
                    new DecimalType(12, 2),
                    new DecimalType(30, 2),
                    AtomicType.DOUBLE);

    private final List<Attribute> columns = new ArrayList<>();
    private long nextId = 100;

    @TempDir Path folder;

    AggregateDifferentialTest() {
        for (int c = 0; c < TYPES.size(); c++) {
            columns.add(new Attribute(c + 1, "c" + c, TYPES.get(c), true));
        }
    }

    private static List<List<Object>> rows(int count, int distinct, long seed) {
        Random random = new Random(seed);
        List<List<Object>> rows = new ArrayList<>();
        for (int r = 0; r < count; r++) {
            List<Object> row = new ArrayList<>();
            for (DataType type : TYPES) {
                row.add(Oracle.random(type, random, distinct, 9));
            }
            rows.add(row);
        }
        return rows;
    }

    private AggregateStep step(
            String function, DataType type, boolean distinct, Expression... arguments) {
        AggregateCall call =
                new AggregateCall(
                        function, List.of(arguments), distinct, null, List.of(), type, true, null);
        List<Attribute> state = new ArrayList<>();
        for (DataType stateType : AggregateState.of(call)) {
            state.add(new Attribute(nextId++, "s", stateType, true));
        }
        return new AggregateStep(
                new Aggregate(new Attribute(nextId++, function, type, true), call), state);
    }

    private List<AggregateStep> steps() {
        return List.of(
                step("count", AtomicType.LONG, false),
                step("count", AtomicType.LONG, false, columns.get(0)),
                step("sum", AtomicType.LONG, false, columns.get(0)),
                step("min", StringType.STRING, false, columns.get(2)),
                step("max", StringType.STRING, false, columns.get(2)),
                step("min", AtomicType.LONG, false, columns.get(1)),
                step("max", new DecimalType(30, 2), false, columns.get(4)),
                step("sum", new DecimalType(22, 2), false, columns.get(3)),
                step("sum", new DecimalType(38, 2), false, columns.get(4)),
                step("avg", AtomicType.DOUBLE, false, columns.get(0)),
                step("sum", AtomicType.DOUBLE, false, columns.get(5)),
                step("stddev", AtomicType.DOUBLE, false, columns.get(5)),
                step("max", AtomicType.DOUBLE, false, columns.get(5)));
    }

    private static final String SQL =
            "count(*), count(c0), sum(c0), min(c2), max(c2), min(c1), max(c4), sum(c3), sum(c4), avg(c0), sum(c5), stddev_samp(c5), max(c5)";

    private List<Named> groupings(int... keys) {
        List<Named> groupings = new ArrayList<>();
        for (int key : keys) {
            groupings.add(Named.of(columns.get(key)));
        }
        return groupings;
    }

    private void check(
            int rowCount, int distinct, int batch, long memory, boolean spills, int... keys)
            throws Exception {
        List<List<Object>> rows = rows(rowCount, distinct, rowCount + distinct);
        StringBuilder names = new StringBuilder();
        for (int key : keys) {
            names.append("c").append(key).append(", ");
        }
        String by = keys.length == 0 ? "" : " group by " + names.substring(0, names.length() - 2);
        List<String> expected;
        try (Oracle oracle = new Oracle()) {
            oracle.table("t", columns, rows);
            expected = Oracle.text(oracle.query("select " + names + SQL + " from t" + by), false);
        }
        Harness complete = new Harness(folder, batch, memory, 1);
        PhysicalPlan source = complete.table(0, columns, rows);
        PhysicalPlan whole =
                new PhysicalPlan.HashAggregate(
                        source, groupings(keys), steps(), AggregateMode.COMPLETE);
        assertEquals(expected, Oracle.text(complete.run(whole), false));
        if (spills) {
            assertTrue(complete.spilled() > 0, "expected spilling");
        }
        Harness staged = new Harness(folder, batch, memory, 2);
        List<AggregateStep> steps = steps();
        PhysicalPlan partial =
                new PhysicalPlan.HashAggregate(
                        staged.table(0, columns, rows),
                        groupings(keys),
                        steps,
                        AggregateMode.PARTIAL);
        PhysicalPlan merged =
                new PhysicalPlan.HashAggregate(
                        partial, groupings(keys), steps, AggregateMode.MERGE);
        PhysicalPlan last =
                new PhysicalPlan.HashAggregate(merged, groupings(keys), steps, AggregateMode.FINAL);
        assertEquals(expected, Oracle.text(staged.run(last), false));
    }

    private static final int[][] KEYS = {
        {}, {0}, {1}, {2}, {3}, {4}, {5}, {0, 2}, {2, 4, 5}, {0, 1, 2, 3, 4, 5}
    };

    @Test
    void agreesForAllKindsOfKeysAndBatchSizes() throws Exception {
        for (int[] keys : KEYS) {
            check(500, 7, 1, 1 << 26, false, keys);
            check(3000, 400, 33, 1 << 26, false, keys);
            check(20000, 9000, 8192, 1 << 26, false, keys);
        }
    }

    @Test
    void agreesWhenItMustSpill() throws Exception {
        for (int[] keys : KEYS) {
            if (keys.length > 0) {
                check(20000, 9000, 1000, 400_000, true, keys);
            }
        }
    }

    @Test
    void givesOneRowWithoutKeysAndInput() {
        Harness harness = new Harness(folder, 10, 1 << 20, 1);
        PhysicalPlan source = harness.table(0, columns, List.of());
        List<AggregateStep> steps =
                List.of(
                        step("count", AtomicType.LONG, false),
                        step("sum", AtomicType.LONG, false, columns.get(0)));
        PhysicalPlan plan =
                new PhysicalPlan.HashAggregate(source, List.of(), steps, AggregateMode.COMPLETE);
        assertEquals(List.of("0 | null"), Oracle.text(harness.run(plan), false));
    }

    @Test
    void countsDistinctValues() throws Exception {
        List<List<Object>> rows = rows(5000, 50, 3);
        Harness harness = new Harness(folder, 100, 1 << 24, 1);
        PhysicalPlan source = harness.table(0, columns, rows);
        List<AggregateStep> steps =
                List.of(
                        step("count", AtomicType.LONG, true, columns.get(2)),
                        step("sum", AtomicType.LONG, true, columns.get(0)));
        PhysicalPlan plan =
                new PhysicalPlan.HashAggregate(source, groupings(1), steps, AggregateMode.COMPLETE);
        try (Oracle oracle = new Oracle()) {
            oracle.table("t", columns, rows);
            assertEquals(
                    Oracle.text(
                            oracle.query(
                                    "select c1, count(distinct c2), sum(distinct c0) from t group by c1"),
                            false),
                    Oracle.text(harness.run(plan), false));
        }
    }
}
