package io.troupe.columnar.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.troupe.planner.expression.Attribute;
import io.troupe.planner.expression.Expression;
import io.troupe.planner.logical.JoinKind;
import io.troupe.planner.physical.PhysicalPlan;
import io.troupe.planner.physical.PhysicalPlan.BuildSide;
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

class JoinDifferentialTest {
    private static final List<DataType> TYPES =
            List.of(
                    AtomicType.INTEGER,
                    AtomicType.LONG,
                    StringType.STRING,
                    new DecimalType(30, 2),
                    AtomicType.DOUBLE,
                    AtomicType.INTEGER);

    private final List<Attribute> left = columns("l", 1);
    private final List<Attribute> right = columns("r", 51);
    private final Attribute exists = new Attribute(99, "e", AtomicType.BOOLEAN, false);

    @TempDir Path folder;

    private static List<Attribute> columns(String prefix, int firstId) {
        List<Attribute> columns = new ArrayList<>();
        for (int c = 0; c < TYPES.size(); c++) {
            columns.add(new Attribute(firstId + c, prefix + c, TYPES.get(c), true));
        }
        return columns;
    }

    /// Set by tests of builds that the tasks of an executor share.
    private boolean broadcast;

    /// Set by tests in which not even the keys of the build side fit.
    private boolean keysSpill;

    private static List<List<Object>> rows(int count, int distinct, long seed) {
        Random random = new Random(seed);
        List<List<Object>> rows = new ArrayList<>();
        for (int r = 0; r < count; r++) {
            List<Object> row = new ArrayList<>();
            for (DataType type : TYPES.subList(0, 5)) {
                row.add(Oracle.random(type, random, distinct, 11));
            }
            row.add(r);
            rows.add(row);
        }
        return rows;
    }

    private List<Attribute> output(JoinKind kind) {
        List<Attribute> output = new ArrayList<>(left);
        switch (kind) {
            case INNER, LEFT, RIGHT, FULL -> output.addAll(right);
            case EXISTENCE -> output.add(exists);
            case LEFT_SEMI, LEFT_ANTI, NULL_AWARE_ANTI -> {}
        }
        return output;
    }

    private static String sql(JoinKind kind, String condition) {
        String matching = " (select 1 from r where " + condition + ")";
        return switch (kind) {
            case INNER -> "select * from l join r on " + condition;
            case LEFT -> "select * from l left join r on " + condition;
            case RIGHT -> "select * from l right join r on " + condition;
            case FULL -> "select * from l full join r on " + condition;
            case LEFT_SEMI -> "select * from l where exists" + matching;
            case LEFT_ANTI -> "select * from l where not exists" + matching;
            case EXISTENCE -> "select *, exists" + matching + " from l";
            case NULL_AWARE_ANTI -> {
                String key = condition.replaceAll(".*l(\\d) =.*", "$1");
                yield "select * from l where l" + key + " not in (select r" + key + " from r)";
            }
        };
    }

    private record Case(int leftRows, int rightRows, int distinct, int batch, long memory) {}

    private void check(JoinKind kind, BuildSide side, boolean residual, Case size, int... keys)
            throws Exception {
        List<List<Object>> leftRows = rows(size.leftRows(), size.distinct(), 1);
        List<List<Object>> rightRows = rows(size.rightRows(), size.distinct(), 2);
        StringBuilder condition = new StringBuilder("true");
        List<Expression> leftKeys = new ArrayList<>();
        List<Expression> rightKeys = new ArrayList<>();
        for (int key : keys) {
            condition.append(" and l").append(key).append(" = r").append(key);
            leftKeys.add(left.get(key));
            rightKeys.add(right.get(key));
        }
        Expression rest = residual ? Harness.less(left.get(5), right.get(5)) : null;
        condition.append(residual ? " and l5 < r5" : "");
        try (Oracle oracle = new Oracle()) {
            oracle.table("l", left, leftRows);
            oracle.table("r", right, rightRows);
            List<String> expected =
                    Oracle.text(oracle.query(sql(kind, condition.toString())), false);
            Harness harness = new Harness(folder, size.batch(), size.memory(), 5);
            PhysicalPlan l = harness.table(0, left, leftRows);
            PhysicalPlan r = harness.table(1, right, rightRows);
            PhysicalPlan join =
                    keys.length == 0
                            ? new PhysicalPlan.NestedLoopJoin(
                                    l, r, kind, rest, side, exists, output(kind))
                            : new PhysicalPlan.HashJoin(
                                    l,
                                    r,
                                    kind,
                                    leftKeys,
                                    rightKeys,
                                    rest,
                                    side,
                                    broadcast,
                                    exists,
                                    List.of(7),
                                    output(kind));
            assertEquals(
                    expected,
                    Oracle.text(harness.run(join), false),
                    kind + " " + side + " " + condition);
            if (size.memory() < 1 << 20 && (keysSpill || !holdsKeysOnly(kind, side, residual))) {
                assertTrue(harness.spilled() > 0, "expected spilling");
            }
        }
    }

    /// Joins that only ask whether a key is there hold no rows, and so may fit where others do not.
    private static boolean holdsKeysOnly(JoinKind kind, BuildSide side, boolean residual) {
        return switch (kind) {
            case INNER, LEFT, RIGHT, FULL -> false;
            case LEFT_SEMI, LEFT_ANTI, EXISTENCE -> side == BuildSide.RIGHT && !residual;
            case NULL_AWARE_ANTI -> true;
        };
    }

    private void checkAll(Case size, int... keys) throws Exception {
        for (JoinKind kind : JoinKind.values()) {
            if (kind != JoinKind.NULL_AWARE_ANTI) {
                for (BuildSide side : BuildSide.values()) {
                    check(kind, side, false, size, keys);
                    check(kind, side, true, size, keys);
                }
            }
        }
    }

    @Test
    void agreesInAllKindsForAllKindsOfKeys() throws Exception {
        for (int[] keys : new int[][] {{0}, {1}, {2}, {3}, {4}, {5}, {0, 2}, {3, 4}}) {
            checkAll(new Case(200, 150, 60, 7, 1 << 26), keys);
        }
        checkAll(new Case(3000, 2000, 900, 1000, 1 << 26), 1);
        checkAll(new Case(20, 0, 9, 7, 1 << 26), 1);
        checkAll(new Case(0, 20, 9, 7, 1 << 26), 1);
    }

    @Test
    void agreesWithoutKeys() throws Exception {
        checkAll(new Case(60, 40, 9, 7, 1 << 26));
        checkAll(new Case(20, 1, 9, 7, 1 << 26));
        checkAll(new Case(20, 0, 9, 7, 1 << 26));
    }

    @Test
    void agreesWhenItMustSpill() throws Exception {
        checkAll(new Case(4000, 4000, 3000, 500, 500_000), 2);
        checkAll(new Case(1200, 1200, 900, 150, 120_000), 0, 1);
    }

    @Test
    void takesPortionsOfABuildSideWithoutKeysThatDoesNotFit() throws Exception {
        checkAll(new Case(60, 90, 9, 7, 6_000));
        checkAll(new Case(300, 200, 9, 50, 20_000));
    }

    @Test
    void takesPortionsWhenOneKeyHasMoreRowsThanFit() throws Exception {
        checkAll(new Case(300, 400, 2, 40, 40_000), 0);
    }

    @Test
    void spillsABroadcastBuildSide() throws Exception {
        broadcast = true;
        checkAll(new Case(1200, 1200, 900, 150, 120_000), 2);
    }

    @Test
    void spillsTheListOfANotIn() throws Exception {
        keysSpill = true;
        for (int key : new int[] {5, 0}) {
            Case size = new Case(900, 2000, 2000, 100, 20_000);
            check(JoinKind.NULL_AWARE_ANTI, BuildSide.RIGHT, false, size, key);
        }
    }

    @Test
    void spillsTheKeysOfAnExistenceJoin() throws Exception {
        keysSpill = true;
        for (boolean shared : new boolean[] {false, true}) {
            broadcast = shared;
            for (JoinKind kind :
                    List.of(JoinKind.LEFT_SEMI, JoinKind.LEFT_ANTI, JoinKind.EXISTENCE)) {
                Case size = new Case(900, 3000, 2500, 100, 40_000);
                check(kind, BuildSide.RIGHT, false, size, 2);
                check(kind, BuildSide.RIGHT, false, size, 0, 1);
            }
        }
    }

    @Test
    void dropsAllRowsWhenTheListHasANull() throws Exception {
        check(
                JoinKind.NULL_AWARE_ANTI,
                BuildSide.RIGHT,
                false,
                new Case(50, 40, 30, 7, 1 << 26),
                0);
        check(JoinKind.NULL_AWARE_ANTI, BuildSide.RIGHT, false, new Case(50, 0, 30, 7, 1 << 26), 0);
        check(JoinKind.NULL_AWARE_ANTI, BuildSide.RIGHT, false, new Case(50, 3, 30, 7, 1 << 26), 0);
    }
}
