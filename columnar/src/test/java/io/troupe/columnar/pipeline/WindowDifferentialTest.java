package io.troupe.columnar.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.troupe.planner.expression.AggregateCall;
import io.troupe.planner.expression.Attribute;
import io.troupe.planner.expression.Expression;
import io.troupe.planner.expression.Literal;
import io.troupe.planner.expression.SortOrder;
import io.troupe.planner.expression.WindowCall;
import io.troupe.planner.expression.WindowColumn;
import io.troupe.planner.expression.WindowFrame;
import io.troupe.planner.expression.WindowFrame.Bound;
import io.troupe.planner.expression.WindowFrame.Exclusion;
import io.troupe.planner.expression.WindowFrame.Fixed;
import io.troupe.planner.expression.WindowFrame.Offset;
import io.troupe.planner.expression.WindowFrame.Unit;
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

class WindowDifferentialTest {
    private static final List<DataType> TYPES =
            List.of(
                    AtomicType.INTEGER,
                    AtomicType.LONG,
                    StringType.STRING,
                    new DecimalType(12, 2),
                    AtomicType.DOUBLE,
                    AtomicType.INTEGER);
    private static final WindowFrame ROWS_SO_FAR =
            new WindowFrame(
                    Unit.ROWS, Fixed.UNBOUNDED_PRECEDING, Fixed.CURRENT_ROW, Exclusion.NO_OTHERS);

    private final List<Attribute> columns = new ArrayList<>();
    private final List<WindowColumn> windows = new ArrayList<>();
    private final List<String> sql = new ArrayList<>();

    @TempDir Path folder;

    private long memory = 1 << 26;
    private boolean spilled;

    WindowDifferentialTest() {
        for (int c = 0; c < TYPES.size(); c++) {
            columns.add(new Attribute(c + 1, "c" + c, TYPES.get(c), true));
        }
    }

    private static List<List<Object>> rows(int count, int distinct) {
        Random random = new Random(count);
        List<List<Object>> rows = new ArrayList<>();
        for (int r = 0; r < count; r++) {
            List<Object> row = new ArrayList<>();
            for (DataType type : TYPES.subList(0, 5)) {
                row.add(Oracle.random(type, random, distinct, 9));
            }
            row.add(r);
            rows.add(row);
        }
        return rows;
    }

    private void add(
            String function,
            DataType type,
            WindowFrame frame,
            String text,
            Expression... arguments) {
        AggregateCall call = new AggregateCall(function, List.of(arguments), type, true);
        windows.add(
                new WindowColumn(
                        new Attribute(100 + windows.size(), "w", type, true),
                        new WindowCall(call, frame, false)));
        sql.add(text);
    }

    private static WindowFrame frame(Unit unit, Bound lower, Bound upper, Exclusion exclusion) {
        return new WindowFrame(unit, lower, upper, exclusion);
    }

    private void check(int rowCount, int distinct, int batch, String order, SortOrder... orders)
            throws Exception {
        List<List<Object>> rows = rows(rowCount, distinct);
        StringBuilder query = new StringBuilder("select *");
        for (String text : sql) {
            query.append(", ")
                    .append(text.replace("OVER(", "over (partition by c0 order by " + order + " "));
        }
        try (Oracle oracle = new Oracle()) {
            oracle.table("t", columns, rows);
            List<String> expected = Oracle.text(oracle.query(query + " from t"), false);
            Harness harness = new Harness(folder, batch, memory, 3);
            PhysicalPlan plan =
                    new PhysicalPlan.Window(
                            harness.table(0, columns, rows),
                            List.of(columns.get(0)),
                            List.of(orders),
                            windows);
            assertEquals(expected, Oracle.text(harness.run(plan), false));
            spilled = harness.spilled() > 0;
        }
        windows.clear();
        sql.clear();
    }

    private static Offset by(int distance) {
        return new Offset(Literal.of(distance));
    }

    private void addRowFunctions() {
        Attribute c1 = columns.get(1);
        Attribute c2 = columns.get(2);
        add("row_number", AtomicType.INTEGER, ROWS_SO_FAR, "row_number() OVER()");
        add("ntile", AtomicType.INTEGER, ROWS_SO_FAR, "ntile(3) OVER()", Literal.of(3));
        add("lag", AtomicType.LONG, ROWS_SO_FAR, "lag(c1, 2) OVER()", c1, Literal.of(2));
        add(
                "lead",
                StringType.STRING,
                ROWS_SO_FAR,
                "lead(c2, 1, 'none') OVER()",
                c2,
                Literal.of(1),
                Literal.of("none"));
        add(
                "first",
                StringType.STRING,
                ROWS_SO_FAR,
                "first_value(c2) OVER(rows unbounded preceding)",
                c2);
        WindowFrame near = frame(Unit.ROWS, by(-2), by(1), Exclusion.NO_OTHERS);
        String rows = "OVER(rows between 2 preceding and 1 following";
        add("last", StringType.STRING, near, "last_value(c2) " + rows + ")", c2);
        add(
                "nth_value",
                AtomicType.LONG,
                near,
                "nth_value(c1, 2) " + rows + ")",
                c1,
                Literal.of(2));
        add("sum", new DecimalType(22, 2), near, "sum(c3) " + rows + ")", columns.get(3));
        add("count", AtomicType.LONG, near, "count(c2) " + rows + ")", c2);
        add("min", AtomicType.LONG, near, "min(c1) " + rows + ")", c1);
        add("max", StringType.STRING, near, "max(c2) " + rows + ")", c2);
        add("avg", AtomicType.DOUBLE, near, "avg(c4) " + rows + ")", columns.get(4));
        WindowFrame others = frame(Unit.ROWS, by(-2), by(2), Exclusion.CURRENT_ROW);
        add(
                "sum",
                AtomicType.LONG,
                others,
                "sum(c5) OVER(rows between 2 preceding and 2 following exclude current row)",
                columns.get(5));
        add(
                "stddev",
                AtomicType.DOUBLE,
                ROWS_SO_FAR,
                "stddev(c4) OVER(rows unbounded preceding)",
                columns.get(4));
        WindowFrame after = frame(Unit.ROWS, by(1), Fixed.UNBOUNDED_FOLLOWING, Exclusion.NO_OTHERS);
        add(
                "max",
                AtomicType.DOUBLE,
                after,
                "max(c4) OVER(rows between 1 following and unbounded following)",
                columns.get(4));
    }

    private void addPeerFunctions() {
        Attribute c3 = columns.get(3);
        WindowFrame peers = WindowFrame.UP_TO_CURRENT_PEERS;
        add("rank", AtomicType.INTEGER, ROWS_SO_FAR, "rank() OVER()");
        add("dense_rank", AtomicType.INTEGER, ROWS_SO_FAR, "dense_rank() OVER()");
        add("percent_rank", AtomicType.DOUBLE, ROWS_SO_FAR, "percent_rank() OVER()");
        add("cume_dist", AtomicType.DOUBLE, ROWS_SO_FAR, "cume_dist() OVER()");
        add("sum", AtomicType.LONG, peers, "sum(c5) OVER()", columns.get(5));
        add("min", AtomicType.DOUBLE, peers, "min(c4) OVER()", columns.get(4));
        add(
                "count",
                AtomicType.LONG,
                WindowFrame.WHOLE_PARTITION,
                "count(*) OVER(rows between unbounded preceding and unbounded following)");
        add(
                "max",
                new DecimalType(12, 2),
                WindowFrame.WHOLE_PARTITION,
                "max(c3) OVER(rows between unbounded preceding and unbounded following)",
                c3);
        add(
                "sum",
                AtomicType.LONG,
                frame(Unit.RANGE, by(-3), by(2), Exclusion.NO_OTHERS),
                "sum(c5) OVER(range between 3 preceding and 2 following)",
                columns.get(5));
        add(
                "sum",
                AtomicType.LONG,
                frame(Unit.RANGE, by(-3), by(2), Exclusion.TIES),
                "sum(c5) OVER(range between 3 preceding and 2 following exclude ties)",
                columns.get(5));
        add(
                "count",
                AtomicType.LONG,
                frame(Unit.GROUPS, by(-1), by(1), Exclusion.GROUP),
                "count(*) OVER(groups between 1 preceding and 1 following exclude group)");
    }

    @Test
    void agreesOnFunctionsOfRows() throws Exception {
        SortOrder[] orders = {
            new SortOrder(columns.get(1), true, true), new SortOrder(columns.get(5), false, false)
        };
        for (int batch : new int[] {1, 70, 8192}) {
            addRowFunctions();
            check(700, 9, batch, "c1 asc nulls first, c5 desc nulls last", orders);
        }
        addRowFunctions();
        check(9000, 900, 500, "c1 asc nulls first, c5 desc nulls last", orders);
    }

    @Test
    void agreesOnFunctionsOfPeers() throws Exception {
        for (int batch : new int[] {1, 70, 8192}) {
            addPeerFunctions();
            check(700, 30, batch, "c3 asc nulls first", new SortOrder(columns.get(3), true, true));
            addPeerFunctions();
            check(
                    700,
                    30,
                    batch,
                    "c3 desc nulls last",
                    new SortOrder(columns.get(3), false, false));
            addPeerFunctions();
            check(
                    700,
                    20,
                    batch,
                    "c0 + 0 desc nulls last",
                    new SortOrder(columns.get(0), false, false));
        }
    }

    @Test
    void agreesWhenPartitionsDoNotFit() throws Exception {
        SortOrder[] orders = {
            new SortOrder(columns.get(1), true, true), new SortOrder(columns.get(5), false, false)
        };
        for (long bytes : new long[] {20_000, 100_000, 400_000}) {
            memory = bytes;
            for (int distinct : new int[] {1, 3, 40}) {
                for (int batch : new int[] {70, 1000}) {
                    addRowFunctions();
                    check(3000, distinct, batch, "c1 asc nulls first, c5 desc nulls last", orders);
                    assertTrue(spilled || bytes > 20_000 || distinct > 1);
                    addPeerFunctions();
                    check(
                            2000,
                            distinct,
                            batch,
                            "c3 asc nulls first",
                            new SortOrder(columns.get(3), true, true));
                }
            }
        }
    }
}
