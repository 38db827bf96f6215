package io.troupe.console.finding;

import static io.troupe.console.SampleLog.counters;
import static io.troupe.console.SampleLog.operator;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.troupe.console.SampleLog;
import io.troupe.console.model.Fold;
import io.troupe.planner.translation.Translation;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// Each rule on a log where it fires and on one, but a little different, where it must not.
class FindingsTest {
    private static final List<Map<String, Object>> JOIN =
            List.of(
                    operator(0, -1, "ShuffledHashJoin", "ShuffledHashJoin [k#1]", 1, 0),
                    operator(1, 0, "FileScan", scan(1, ""), 0, 0));

    private static String scan(int files, String filters) {
        return "FileScan parquet [k#1] Files: " + files + ", PushedFilters: [" + filters + "]";
    }

    private static List<Finding> found(SampleLog log) {
        Fold fold = new Fold();
        log.lines().forEach(line -> SampleLog.feed(fold, line));
        assertEquals(0, fold.unreadable());
        return Findings.of(fold.model());
    }

    private static void assertFires(String rule, SampleLog log) {
        List<Finding> all = found(log);
        assertTrue(all.stream().anyMatch(f -> f.rule().equals(rule)), rule + " in " + all);
    }

    private static void assertSilent(SampleLog log) {
        assertEquals(List.of(), found(log));
    }

    /// Tasks of stage 1 that fetch that many MiB and run that many milliseconds each.
    private static SampleLog fetching(long lastMiB, long lastMillis, Object... heavy) {
        SampleLog log = new SampleLog().executor("e1", 2).query(1, 2, JOIN);
        log.stage(1, 0, 1).task(1, 0, 0, "e1", 100, counters(heavy)).stageDone(1, 0);
        log.stage(1, 1, 4).after(20_000);
        for (int p = 0; p < 4; p++) {
            long mib = p == 3 ? lastMiB : 10;
            long millis = p == 3 ? lastMillis : 500;
            log.task(
                    1,
                    1,
                    p,
                    "e1",
                    millis,
                    counters("exchange.read.bytes", mib << 20, "exchange.read.rows", mib * 1000));
        }
        return log.stageDone(1, 1).jobDone(1).end();
    }

    @Test
    void skewNamesTheHeavyKeyWhereItIsKnown() {
        SampleLog log =
                fetching(200, 8000, "exchange.heavy.7.rows", 190_000, "exchange.write.bytes", 1);
        Finding first = found(log).getFirst();
        assertEquals("skew", first.rule());
        assertTrue(first.title().contains("of key 7"), first.title());
        assertTrue(first.evidence().contains("95 % of its rows"), first.evidence());
        assertEquals(7.5, first.seconds(), 1e-6);
    }

    @Test
    void skewWithoutAKnownKeySaysSoByItsSilence() {
        Finding first = found(fetching(200, 8000)).getFirst();
        assertEquals("skew", first.rule());
        assertTrue(!first.title().contains("key"), first.title());
    }

    @Test
    void evenPartitionsAndSlowButSmallOnesAreNoSkew() {
        assertSilent(fetching(12, 600));
        assertSilent(fetching(12, 8000));
        assertSilent(fetching(200, 700));
    }

    private static SampleLog one(
            List<Map<String, Object>> operators, long millis, Object... metrics) {
        SampleLog log = new SampleLog().executor("e1", 1).query(1, 1, operators);
        log.stage(1, 0, 1).after(millis).task(1, 0, 0, "e1", millis, counters(metrics));
        return log.stageDone(1, 0).jobDone(1).end();
    }

    @Test
    void spillIsToldFromASizeOn() {
        List<Map<String, Object>> sort = List.of(operator(0, -1, "Sort", "Sort [a#1]", 0, 0));
        SampleLog log = one(sort, 900, "op.0.spill.bytes", 64L << 20, "spill.nanos", 300_000_000L);
        Finding first = found(log).getFirst();
        assertEquals("spill", first.rule());
        assertTrue(first.evidence().contains("Sort (job.py:10)"), first.evidence());
        assertSilent(one(sort, 900, "op.0.spill.bytes", 1L << 20));
    }

    private static SampleLog many(int tasks, long bytesEach) {
        SampleLog log = new SampleLog().executor("e1", 2).query(1, 1, List.of()).stage(1, 0, tasks);
        for (int p = 0; p < tasks; p++) {
            log.after(3).task(1, 0, p, "e1", 3, counters("exchange.read.bytes", bytesEach));
        }
        return log.stageDone(1, 0).jobDone(1).end();
    }

    @Test
    void tinyPartitionsAreManyAndSmall() {
        assertFires("tinyPartitions", many(400, 2000));
        assertSilent(many(400, 2L << 20));
        assertSilent(many(40, 2000));
    }

    @Test
    void hugePartitionsLeaveCoresIdle() {
        SampleLog log =
                new SampleLog().executor("e1", 8).query(1, 1, List.of()).stage(1, 0, 1).after(9000);
        log.task(1, 0, 0, "e1", 9000, counters("input.bytes", 900L << 20));
        assertFires("hugePartitions", log.stageDone(1, 0).jobDone(1).end());
        assertSilent(one(List.of(), 9000, "input.bytes", 900L << 20));
    }

    @Test
    void smallFilesAreManyWithLittleInEach() {
        List<Map<String, Object>> many = List.of(operator(0, -1, "FileScan", scan(2000, ""), 0, 0));
        List<Map<String, Object>> few = List.of(operator(0, -1, "FileScan", scan(4, ""), 0, 0));
        assertFires("smallFiles", one(many, 900, "input.bytes", 10L << 20));
        assertSilent(one(few, 900, "input.bytes", 10L << 20));
        assertSilent(one(many, 900, "input.bytes", 8000L << 20));
    }

    private static List<Map<String, Object>> slowFunction() {
        String text = "ArrowEvalPython [slow(id#1) AS slow#2]";
        return List.of(operator(0, -1, "ArrowEvalPython", text, 0, 0));
    }

    @Test
    void aPythonBoundQueryNamesItsFunction() {
        List<Map<String, Object>> plan = slowFunction();
        SampleLog log = one(plan, 5000, "python.wait.nanos", 4_000_000_000L, "python.rows", 1000);
        Finding first = found(log).getFirst();
        assertEquals("pythonBound", first.rule());
        assertTrue(first.title().contains("80 %") && first.title().contains("slow"), first.title());
        assertTrue(first.evidence().contains("job.py:10"), first.evidence());
        assertSilent(one(plan, 50_000, "python.wait.nanos", 4_000_000_000L));
    }

    @Test
    void aFunctionOfWholeColumnsIsNotToBecomeOne() {
        List<Map<String, Object>> plan = slowFunction();
        for (boolean columns : new boolean[] {false, true}) {
            SampleLog log = new SampleLog().executor("e1", 1);
            String why = columns ? Translation.MANY_ROWS : "its source is not known";
            log.query(1, 1, plan, Map.of("python", "slow(id#1) runs in Python: " + why + "\n"));
            log.stage(1, 0, 1).after(5000);
            log.task(1, 0, 0, "e1", 5000, counters("python.wait.nanos", 4_000_000_000L));
            Finding first = found(log.stageDone(1, 0).jobDone(1).end()).getFirst();
            assertEquals("pythonBound", first.rule());
            assertEquals(!columns, first.suggestion().contains("pandas_udf"), first.suggestion());
        }
    }

    @Test
    void collectingTooManyRowsIsTold() {
        assertFires(
                "collect", one(List.of(), 900, "result.rows", 5_000_000, "result.bytes", 1 << 20));
        assertSilent(one(List.of(), 900, "result.rows", 5_000, "result.bytes", 1 << 20));
        assertSilent(one(List.of(), 900, "exchange.write.rows", 5_000_000));
    }

    private static SampleLog filtered(String filters, long kept) {
        List<Map<String, Object>> plan =
                List.of(
                        operator(0, -1, "Filter", "Filter upper(k#1) = A", 0, 0),
                        operator(1, 0, "Project", "Project [k#1]", 0, 1),
                        operator(2, 1, "FileScan", scan(1, filters), 0, 2));
        return one(
                plan,
                3000,
                "op.0.rows",
                kept,
                "op.2.rows",
                5_000_000,
                "op.2.nanos",
                2_500_000_000L,
                "op.1.nanos",
                2_600_000_000L,
                "op.0.nanos",
                2_800_000_000L);
    }

    @Test
    void aFilterThatTheFilesCouldNotHelpIsTold() {
        assertFires("pushDown", filtered("", 100));
        assertSilent(filtered("k#1 > 5", 100));
        assertSilent(filtered("", 4_000_000));
    }

    private static SampleLog nested(long left, long right) {
        List<Map<String, Object>> plan =
                List.of(
                        operator(
                                0,
                                -1,
                                "BroadcastNestedLoopJoin",
                                "BroadcastNestedLoopJoin INNER",
                                0,
                                0),
                        operator(1, 0, "Range", "Range", 0, 1),
                        operator(2, 0, "Exchange", "Exchange Broadcast", 0, 2));
        return one(
                plan,
                3000,
                "op.0.rows",
                left * right,
                "op.1.rows",
                left,
                "op.2.rows",
                right,
                "op.0.nanos",
                2_000_000_000L);
    }

    @Test
    void aCartesianJoinIsToldUnlessItIsSmall() {
        assertFires("cartesian", nested(10_000, 10_000));
        assertSilent(nested(1000, 10));
    }

    private static SampleLog scans(int queries) {
        SampleLog log = new SampleLog().executor("e1", 1);
        for (int q = 1; q <= queries; q++) {
            log.query(q, 1, List.of(operator(0, -1, "FileScan", scan(1, ""), 0, 0)))
                    .stage(q, 0, 1)
                    .after(900);
            log.task(
                    q,
                    0,
                    0,
                    "e1",
                    900,
                    counters("op.0.nanos", 800_000_000L, "input.bytes", 10 << 20));
            log.stageDone(q, 0).jobDone(q);
        }
        return log.end();
    }

    @Test
    void aScanThatManyQueriesRepeatIsToldOnce() {
        assertEquals(
                1, found(scans(6)).stream().filter(f -> f.rule().equals("repeatedScan")).count());
        assertSilent(scans(2));
    }

    @Test
    void garbageCollectionIsToldFromAShareOn() {
        assertFires("gc", one(List.of(), 5000, "gc.nanos", 2_000_000_000L));
        assertSilent(one(List.of(), 50_000, "gc.nanos", 2_000_000_000L));
    }

    private static SampleLog cluster(long slowMillis, long slowBytes) {
        SampleLog log =
                new SampleLog()
                        .executor("e0", 1)
                        .executor("e1", 1)
                        .executor("e2", 1)
                        .executor("e3", 1);
        log.query(1, 1, List.of()).stage(1, 0, 16).after(60_000);
        for (int p = 0; p < 16; p++) {
            boolean slow = p % 4 == 3;
            log.task(
                    1,
                    0,
                    p,
                    "e" + p % 4,
                    slow ? slowMillis : 400,
                    counters("input.bytes", slow ? slowBytes : 5000));
        }
        return log.stageDone(1, 0).jobDone(1).end();
    }

    @Test
    void aSlowNodeIsNamedUnlessItHadMoreToDo() {
        List<Finding> all = found(cluster(2000, 5000));
        assertEquals("straggler", all.getFirst().rule());
        assertTrue(all.getFirst().title().contains("e3 on host-e3"), all.toString());
        assertSilent(cluster(450, 5000));
        assertSilent(cluster(2000, 9000));
    }

    @Test
    void retriesTellTheirCost() {
        SampleLog log =
                new SampleLog().executor("e1", 1).query(1, 1, List.of()).stage(1, 0, 1).after(5000);
        log.failedTask(1, 0, 0, "e1", 4000).task(1, 0, 0, "e1", 100, Map.of());
        Finding first = found(log.stageDone(1, 0).jobDone(1).end()).getFirst();
        assertEquals("retries", first.rule());
        assertEquals(4.0, first.seconds(), 1e-6);
        SampleLog cheap =
                new SampleLog().executor("e1", 1).query(1, 1, List.of()).stage(1, 0, 1).after(500);
        assertSilent(cheap.failedTask(1, 0, 0, "e1", 40).task(1, 0, 0, "e1", 100, Map.of()).end());
    }

    @Test
    void theCostliestComesFirst() {
        List<Finding> all =
                found(
                        one(
                                List.of(),
                                9000,
                                "gc.nanos",
                                5_000_000_000L,
                                "exchange.spill.bytes",
                                64L << 20));
        assertEquals(List.of("gc", "spill"), all.stream().map(Finding::rule).toList());
    }
}
