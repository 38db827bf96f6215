package io.troupe.columnar.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.troupe.planner.expression.AggregateCall;
import io.troupe.planner.expression.Attribute;
import io.troupe.planner.expression.SortOrder;
import io.troupe.planner.expression.WindowCall;
import io.troupe.planner.expression.WindowColumn;
import io.troupe.planner.expression.WindowFrame;
import io.troupe.planner.physical.PhysicalPlan;
import io.troupe.planner.physical.PhysicalPlan.Rank;
import io.troupe.planner.type.AtomicType;
import io.troupe.planner.type.DataType;
import io.troupe.planner.type.DecimalType;
import io.troupe.planner.type.StringType;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The first rows of groups, cut before a window numbers them, against a window over all rows.
class GroupTopDifferentialTest {
    private static final List<DataType> TYPES =
            List.of(
                    StringType.STRING,
                    AtomicType.LONG,
                    StringType.STRING,
                    new DecimalType(30, 2),
                    AtomicType.DOUBLE,
                    AtomicType.INTEGER);

    private final List<Attribute> columns = new ArrayList<>();

    @TempDir Path folder;

    private long memory = 1 << 28;

    /// Rows that the operator left, in the last run.
    private int left;

    GroupTopDifferentialTest() {
        for (int c = 0; c < TYPES.size(); c++) {
            columns.add(new Attribute(c + 1, "c" + c, TYPES.get(c), true));
        }
    }

    /// @param groups how many values the first column has
    private static List<List<Object>> rows(int count, int groups) {
        Random random = new Random(count);
        List<List<Object>> rows = new ArrayList<>();
        for (int r = 0; r < count; r++) {
            List<Object> row = new ArrayList<>();
            row.add(Oracle.random(TYPES.getFirst(), random, groups, 9));
            for (DataType type : TYPES.subList(1, 5)) {
                row.add(Oracle.random(type, random, 300, 9));
            }
            row.add(r);
            rows.add(row);
        }
        return rows;
    }

    private void check(
            List<List<Object>> rows, Rank rank, int count, String order, SortOrder... orders)
            throws Exception {
        List<SortOrder> orderBy = List.of(orders);
        String function = rank.name().toLowerCase(Locale.ROOT);
        Attribute number = new Attribute(100, "n", AtomicType.INTEGER, false);
        try (Oracle oracle = new Oracle()) {
            oracle.table("t", columns, rows);
            List<String> expected =
                    Oracle.text(
                            oracle.query(
                                    "select *, %s() over (partition by c0 order by %s) n from t qualify n <= %d"
                                            .formatted(function, order, count)),
                            false);
            Harness harness = new Harness(folder, 4000, memory, 3);
            PhysicalPlan top =
                    new PhysicalPlan.GroupTop(
                            harness.table(0, columns, rows),
                            List.of(columns.getFirst()),
                            orderBy,
                            rank,
                            count);
            AggregateCall call = new AggregateCall(function, List.of(), AtomicType.INTEGER, false);
            WindowFrame all = WindowFrame.UP_TO_CURRENT_PEERS;
            List<List<Object>> numbered =
                    harness.run(
                            new PhysicalPlan.Window(
                                    top,
                                    List.of(columns.getFirst()),
                                    orderBy,
                                    List.of(
                                            new WindowColumn(
                                                    number, new WindowCall(call, all, false)))));
            left = numbered.size();
            List<List<Object>> wanted =
                    numbered.stream().filter(row -> (Integer) row.getLast() <= count).toList();
            assertEquals(expected, Oracle.text(wanted, false), function + " by " + order);
        }
    }

    private SortOrder by(int column, boolean ascending, boolean nullsFirst) {
        return new SortOrder(columns.get(column), ascending, nullsFirst);
    }

    @Test
    void keepsTheFirstRowsOfGroupsThroughManyCuts() throws Exception {
        List<List<Object>> rows = rows(200_000, 30);
        SortOrder last = by(5, true, true);
        check(
                rows,
                Rank.ROW_NUMBER,
                3,
                "c1 desc nulls last, c5 nulls first",
                by(1, false, false),
                last);
        assertTrue(left < 2_000, "rows left: " + left);
        check(rows, Rank.ROW_NUMBER, 2, "c2 nulls last, c5", by(2, true, false), last);
        check(rows, Rank.RANK, 4, "c4 desc nulls first", by(4, false, true));
        check(rows, Rank.DENSE_RANK, 2, "c3 nulls first", by(3, true, true));
    }

    @Test
    void givesUpWhereGroupsAreSmall() throws Exception {
        List<List<Object>> rows = rows(150_000, 140_000);
        check(rows, Rank.RANK, 5, "c4 nulls first", by(4, true, true));
        assertTrue(left > 140_000, "rows left: " + left);
    }

    @Test
    void passesRowsOnWhenMemoryIsRefused() throws Exception {
        memory = 400_000;
        List<List<Object>> rows = rows(20_000, 10);
        check(rows, Rank.RANK, 3, "c1 nulls first", by(1, true, true));
    }

    @Test
    void agreesOnFewRowsAndNone() throws Exception {
        for (int count : new int[] {0, 1, 50}) {
            for (Rank rank : Rank.values()) {
                List<List<Object>> rows = rows(count, 4);
                SortOrder[] orders = {by(2, false, true), by(5, true, true)};
                check(rows, rank, 1, "c2 desc nulls first, c5", orders);
                check(rows, rank, 100, "c2 desc nulls first, c5", orders);
            }
        }
    }
}
