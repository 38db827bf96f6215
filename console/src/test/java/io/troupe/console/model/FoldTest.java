package io.troupe.console.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.troupe.console.SampleLog;
import io.troupe.planner.json.Json;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FoldTest {
    private static ApplicationModel fold(List<String> lines) {
        Fold fold = new Fold();
        lines.forEach(line -> SampleLog.feed(fold, line));
        assertEquals(0, fold.unreadable());
        return fold.model();
    }

    @Test
    void sumsOfAStageAreThoseOfItsLines() {
        SampleLog log = SampleLog.small();
        ApplicationModel model = fold(log.lines());
        Map<String, Long> expected = new java.util.HashMap<>();
        for (String line : log.lines()) {
            Map<String, Object> event = Json.parseObject(line);
            if (event.get("event").equals("taskEnded") && event.get("stage").equals(0L)) {
                expected.merge("runNanos", (Long) event.get("runNanos"), Long::sum);
                ((Map<?, ?>) event.get("metrics"))
                        .forEach((k, v) -> expected.merge((String) k, (Long) v, Long::sum));
            }
        }
        StageModel stage = model.stagesOf(1).getFirst();
        assertEquals(expected.get("runNanos"), stage.sum(TaskMetric.RUN));
        assertEquals(expected.get("input.rows"), stage.sum(TaskMetric.INPUT_ROWS));
        assertEquals(expected.get("input.bytes"), stage.counters().get("input.bytes"));
        assertEquals(2, stage.succeeded());
        assertEquals(1, stage.failed());
        assertEquals(StageModel.State.COMPLETE, stage.state());
        assertEquals("TaskError", stage.table().failure(1).type());
    }

    @Test
    void whatFunctionsPrintedIsKeptWithItsTaskTheLatestOfIt() {
        SampleLog log = new SampleLog().executor("e1", 1).query(1, 1, List.of());
        log.add("stageStarted", "query", 1, "stage", 0, "attempt", 0, "job", 1, "tasks", 1200);
        for (int task = 0; task < 1200; task++) {
            log.add(
                    "taskEnded",
                    "query",
                    1,
                    "stage",
                    0,
                    "attempt",
                    0,
                    "partition",
                    task,
                    "executor",
                    "e1",
                    "printed",
                    "line of " + task);
        }
        PrintedLines printed = fold(log.lines()).printed();
        assertEquals(1000, printed.latest().size());
        assertEquals(200, printed.forgotten());
        PrintedLines.Printed last = printed.latest().getFirst();
        assertEquals("line of 1199", last.text());
        assertEquals(1199, last.partition());
        assertEquals(1, last.job());
        assertEquals("e1", last.executor());
    }

    @Test
    void samplesOfAllTasksMakeOneTree() {
        SampleLog log = new SampleLog().executor("e1", 1).query(1, 1, List.of());
        log.add("stageStarted", "query", 1, "stage", 0, "attempt", 0, "job", 1, "tasks", 2);
        for (int task = 0; task < 2; task++) {
            log.add(
                    "taskEnded",
                    "query",
                    1,
                    "stage",
                    0,
                    "executor",
                    "e1",
                    "stacks",
                    Map.of("f;g", 5, "f", 2, "h", 1));
        }
        Stacks.Frame root = fold(log.lines()).stacks().root();
        assertEquals(16, root.nanos());
        assertEquals(14, root.callees().get("f").nanos());
        assertEquals(10, root.callees().get("f").callees().get("g").nanos());
        assertEquals(2, root.callees().get("h").nanos());
    }

    @Test
    void theStripHoldsEachNanosecondOfEachTaskOnce() {
        ApplicationModel model = fold(SampleLog.small().lines());
        EnumMap<Activity, Double> sums = new EnumMap<>(Activity.class);
        for (Activity activity : Activity.values()) {
            double sum = 0;
            for (int span = 0; span < CoreStrip.SPANS; span++) {
                sum += model.strip().nanos(activity, span);
            }
            sums.put(activity, sum);
        }
        assertEquals(600e6, sums.get(Activity.PYTHON), 1);
        assertEquals(50e6, sums.get(Activity.GC), 1);
        assertEquals(20e6, sums.get(Activity.SHUFFLE_WAIT), 1);
        assertEquals(1e6, sums.get(Activity.SPILL), 1);
        assertEquals(20e6, sums.get(Activity.SCHEDULING), 1);
        assertEquals((900 + 300 + 400 + 150 - 671) * 1e6, sums.get(Activity.COMPUTE), 1);
    }

    @Test
    void theStripWidensAndKeepsItsSums() {
        CoreStrip strip = new CoreStrip();
        strip.origin(0);
        long[] second = new long[Activity.values().length];
        second[Activity.COMPUTE.ordinal()] = 1_000_000_000L;
        for (int i = 0; i < 3600; i++) {
            strip.add(i * 1000L, (i + 1) * 1000L, second);
        }
        double sum = 0;
        for (int span = 0; span < strip.used(); span++) {
            sum += strip.nanos(Activity.COMPUTE, span);
        }
        assertEquals(3600e9, sum, 1e3);
        assertTrue(strip.used() <= CoreStrip.SPANS);
    }

    @Test
    void operatorsGetTheirOwnTimeWithoutThatOfWhatFeedsThem() {
        ApplicationModel model = fold(SampleLog.small().lines());
        List<OperatorFigures> figures = OperatorFigures.of(model, model.query(1));
        assertEquals(700_000_000L, figures.get(1).ownNanos());
        assertEquals(100_000_000L, figures.get(2).ownNanos());
        assertEquals(40, figures.get(2).rows());
        assertEquals(400, figures.get(2).bytes());
        assertTrue(figures.get(1).isPython());
    }

    @Test
    void aRunningJobRunsUntilItsApplicationEnds() {
        List<String> lines = SampleLog.small().lines();
        int jobEnd = lines.size() - 2;
        ApplicationModel model = fold(lines.subList(0, jobEnd));
        assertTrue(model.isRunning(model.query(1)));
        assertFalse(fold(lines).isRunning(fold(lines).query(1)));
    }

    @Test
    void linesThatAreNoEventsAreCountedAndOthersOfLaterVersionsPassedOver() {
        Fold fold = new Fold();
        SampleLog.feed(fold, "{\"event\":\"applicationStarted\",\"time\":");
        SampleLog.feed(fold, "[1]");
        SampleLog.feed(fold, "{\"event\":\"somethingNew\",\"time\":5,\"query\":\"text\"}");
        SampleLog.feed(
                fold, "{\"event\":\"taskEnded\",\"time\":\"soon\",\"query\":[],\"metrics\":7}");
        assertEquals(2, fold.unreadable());
        assertEquals(5, fold.model().latest());
    }

    @Test
    void aLogOfALaterSchemaIsReadAsFarAsItGoesAndSaysSo() {
        List<String> lines = SampleLog.small().lines();
        assertEquals("", fold(lines).schemaNote());
        List<String> later = new java.util.ArrayList<>(lines);
        later.set(0, later.getFirst().replace("\"schema\":2", "\"schema\":3"));
        ApplicationModel model = fold(later);
        assertTrue(model.schemaNote().contains("schema 3"), model.schemaNote());
        assertEquals(1, model.queries().size());
    }

    @Test
    void operatorsAreTreesWhoeverWroteTheLog() {
        SampleLog log =
                new SampleLog()
                        .query(
                                1,
                                1,
                                List.of(
                                        SampleLog.operator(5, 1, "A", "A", 0, 0),
                                        SampleLog.operator(5, 1, "B", "B", 0, 1),
                                        SampleLog.operator(2, 99, "C", "C", 0, 2)));
        ApplicationModel model = fold(log.lines());
        List<OperatorFigures> figures = OperatorFigures.of(model, model.query(1));
        assertEquals(List.of(0, 1, 2), figures.stream().map(f -> f.operator().id()).toList());
        assertEquals(
                List.of(-1, -1, -1), figures.stream().map(f -> f.operator().parent()).toList());
    }

    @Test
    void partitionsThatFetchMostComeFirstWithTheKeyThatFillsThem() {
        SampleLog log = new SampleLog().executor("e1", 2).query(1, 2, List.of());
        log.stage(1, 0, 1)
                .task(
                        1,
                        0,
                        0,
                        "e1",
                        10,
                        Map.of("exchange.heavy.a.b.rows", 800L, "exchange.write.rows", 1000L));
        log.stage(1, 1, 3);
        for (int p = 0; p < 3; p++) {
            long rows = p == 1 ? 900 : 50;
            log.task(
                    1,
                    1,
                    p,
                    "e1",
                    10,
                    Map.of("exchange.read.rows", rows, "exchange.read.bytes", rows * 8));
        }
        ApplicationModel model = fold(log.lines());
        List<Partitions.Large> largest = Partitions.largest(model, model.stagesOf(1).getLast(), 2);
        assertEquals(1, largest.getFirst().partition());
        assertEquals("a.b", largest.getFirst().key());
        assertEquals(800.0 / 900, largest.getFirst().keyShare(), 1e-9);
        assertEquals("", largest.getLast().key());
    }

    @Test
    void oldSingleTasksAreForgottenBeforeMemoryIsFullAndSumsStay() {
        Fold fold = new Fold();
        SampleLog log = new SampleLog().executor("e1", 1).query(1, 2, List.of());
        log.stage(1, 0, 300_000).stage(1, 1, 300_000);
        log.lines().forEach(line -> SampleLog.feed(fold, line));
        String first =
                new SampleLog().task(1, 0, 3, "e1", 10, Map.of("input.rows", 1)).lines().get(1);
        String second =
                new SampleLog().task(1, 1, 3, "e1", 10, Map.of("input.rows", 1)).lines().get(1);
        for (int i = 0; i < 250_000; i++) {
            SampleLog.feed(fold, first);
        }
        for (int i = 0; i < 250_000; i++) {
            SampleLog.feed(fold, second);
        }
        List<StageModel> stages = fold.model().stagesOf(1);
        assertFalse(stages.getFirst().hasTasks());
        assertEquals(250_000, stages.getFirst().sum(TaskMetric.INPUT_ROWS));
        assertEquals(250_000, stages.getLast().table().size());
    }
}
