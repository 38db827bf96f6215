package io.troupe.driver.eventlog;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import io.troupe.cluster.protocol.ExecutorId;
import io.troupe.cluster.protocol.JobId;
import io.troupe.cluster.protocol.QueryId;
import io.troupe.cluster.protocol.StageAttempt;
import io.troupe.cluster.protocol.StageId;
import io.troupe.cluster.protocol.TaskAttemptId;
import io.troupe.cluster.protocol.TaskFailure;
import io.troupe.cluster.protocol.TaskMetrics;
import io.troupe.driver.schedule.JobSpec;
import io.troupe.driver.schedule.StageSpec;
import io.troupe.planner.explain.PlanGraph;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EventLogTest {
    @TempDir Path folder;

    private static final StageAttempt STAGE = new StageAttempt(new StageId(new QueryId(3), 1), 0);
    private static final TaskAttemptId TASK = new TaskAttemptId(STAGE, 5, 1);
    private static final ExecutorId EXECUTOR = new ExecutorId("e1");

    private static void tellAJob(EventLog log) {
        StageSpec stage =
                new StageSpec(
                        STAGE.stage(),
                        null,
                        1,
                        true,
                        true,
                        List.of(),
                        (inputs, slots) -> List.of());
        log.jobStarted(new JobSpec(new JobId(9), List.of(stage), STAGE.stage(), "script.py:12"));
        log.stageStarted(STAGE, new JobId(9), 6);
        log.taskEnded(TASK, EXECUTOR, new TaskMetrics(10, 5, Map.of("input.rows", 77L)), null);
        log.taskEnded(
                TASK,
                EXECUTOR,
                TaskMetrics.NONE,
                new TaskFailure.ExecutorLost(EXECUTOR, "line\nbreak \"quoted\""));
        log.stageDone(STAGE);
        log.jobEnded(new JobId(9), null);
    }

    private EventLog start(String application, Map<String, String> settings) {
        return EventLog.start(new LogFolder(folder, true), application, "0.1.0", settings);
    }

    private static QueryDetails details() {
        PlanGraph.Node node =
                new PlanGraph.Node(0, -1, "Project", "Project [a]", 1, 0, -1, "script.py:12");
        return new QueryDetails(
                1,
                "script.py:14",
                "",
                "",
                new PlanGraph(List.of(node)),
                Map.of("physical", "Project\n  Scan"),
                Map.of("optimize", 5L));
    }

    @Test
    void everyLineIsOneJsonObjectWithEventAndTime() throws IOException {
        EventLog log = start("app-1", Map.of("spark.app.name", "ä", "my.password", "hunter2"));
        tellAJob(log);
        log.queryPlanned(3, EventLogTest::details);
        log.close();
        List<String> lines = Files.readAllLines(log.file().join());
        assertEquals(9, lines.size());
        for (String line : lines) {
            try (JsonParser parser = new JsonFactory().createParser(line)) {
                parser.nextToken();
                assertEquals("event", parser.nextFieldName());
                parser.nextToken();
                assertEquals("time", parser.nextFieldName());
                while (parser.nextToken() != null) {
                    continue;
                }
            }
        }
        assertTrue(lines.getFirst().contains("\"schema\":2"));
        assertFalse(lines.getFirst().contains("hunter2"));
        assertTrue(lines.get(3).contains("\"input.rows\":77"));
        assertTrue(lines.get(4).contains("\"type\":\"ExecutorLost\""));
        assertTrue(lines.get(7).contains("\"line\":\"script.py:12\""), lines.get(7));
        assertTrue(lines.getLast().contains("\"dropped\":0"));
    }

    @Test
    void whatDoesNotFitIsDroppedAndCountedAndNobodyWaits() {
        EventLog log = start("app-2", Map.of());
        long told = 3_000_000;
        for (long i = 0; i < told && log.dropped() == 0; i++) {
            log.taskEnded(TASK, EXECUTOR, TaskMetrics.NONE, null);
        }
        assertTrue(log.dropped() > 0);
        log.close();
    }

    @Test
    void unwritableFolderIsNamedAndStopsNobody() throws IOException {
        Path file = Files.createFile(folder.resolve("file"));
        LogFolder below = new LogFolder(file.resolve("logs"), true);
        IOException e = assertThrows(IOException.class, below::prepare);
        assertTrue(e.getMessage().contains(file.toString()), e.getMessage());
        EventLog log = EventLog.start(below, "app", "0.1.0", Map.of());
        assertThrows(CompletionException.class, () -> log.file().join());
        tellAJob(log);
        log.close();
    }

    @Test
    void oldLogsGoAndThoseInUseStay() throws IOException {
        EventLog running = start("running", Map.of());
        Path inUse = running.file().join();
        Path old = Files.createFile(folder.resolve("old.jsonl"));
        Files.createFile(LogFolder.olderPart(old));
        FileTime longAgo = FileTime.from(Instant.now().minus(Duration.ofDays(60)));
        Files.setLastModifiedTime(old, longAgo);
        Files.setLastModifiedTime(inUse, longAgo);
        new LogFolder(folder, true).forgetOld();
        assertFalse(Files.exists(old));
        assertFalse(Files.exists(LogFolder.olderPart(old)));
        assertTrue(Files.exists(inUse));
        running.close();
    }

    @Test
    void twoApplicationsOfOneNameWriteTwoFiles() {
        EventLog one = start("same", Map.of());
        EventLog other = start("same", Map.of());
        assertNotEquals(one.file().join(), other.file().join());
        one.close();
        other.close();
    }

    @Test
    void whatFunctionsPrintedIsInTheLogUntilItIsTooMuch() throws IOException {
        EventLog log = start("app-3", Map.of());
        TaskMetrics noted =
                new TaskMetrics(10, 5, Map.of(), Map.of(), "a\nb", Map.of("f (x.py:1);g", 7L));
        log.taskEnded(TASK, EXECUTOR, noted, null);
        log.taskEnded(TASK, EXECUTOR, TaskMetrics.NONE, null);
        log.close();
        List<String> lines = Files.readAllLines(log.file().join());
        assertTrue(lines.get(1).contains("\"printed\":\"a\\nb\""), lines.get(1));
        assertTrue(lines.get(1).contains("\"stacks\":{\"f (x.py:1);g\":7}"), lines.get(1));
        assertFalse(lines.get(2).contains("printed") || lines.get(2).contains("stacks"));
        NotesBudget budget = new NotesBudget(20);
        assertEquals(noted, budget.within(noted));
        assertTrue(budget.within(noted).printed().contains("no more"));
        assertEquals(10, budget.within(noted).runNanos());
        assertEquals(TaskMetrics.NONE, budget.within(TaskMetrics.NONE));
    }

    @Test
    void progressCountsWhatRuns() {
        Progress progress = new Progress();
        progress.stageStarted(STAGE, new JobId(9), 6);
        progress.taskLaunched(TASK, EXECUTOR);
        progress.taskLaunched(new TaskAttemptId(STAGE, 2, 0), EXECUTOR);
        progress.taskEnded(TASK, EXECUTOR, new TaskMetrics(0, 0, Map.of("input.rows", 3L)), null);
        Progress.Stage stage = progress.snapshot().getFirst();
        assertEquals(6, stage.tasks());
        assertEquals(1, stage.running());
        assertEquals(1, stage.succeeded());
        assertEquals(3, stage.rows());
        progress.stageDone(STAGE);
        assertTrue(progress.snapshot().isEmpty());
    }
}
