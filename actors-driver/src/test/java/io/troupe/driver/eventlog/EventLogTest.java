package io.troupe.driver.eventlog;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
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
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
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

    @Test
    void everyLineIsOneJsonObjectWithEventAndTime() throws IOException {
        EventLog log =
                EventLog.open(
                        folder,
                        "app-1",
                        "0.1.0",
                        Map.of("spark.app.name", "ä", "my.password", "hunter2"));
        tellAJob(log);
        log.planMade(3, "script.py:12", "Project\n  Scan");
        log.close();
        List<String> lines = Files.readAllLines(log.file());
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
        assertTrue(lines.getFirst().contains("\"schema\":1"));
        assertFalse(lines.getFirst().contains("hunter2"));
        assertTrue(lines.get(3).contains("\"input.rows\":77"));
        assertTrue(lines.get(4).contains("\"type\":\"ExecutorLost\""));
        assertTrue(lines.getLast().contains("\"dropped\":0"));
    }

    @Test
    void whatDoesNotFitIsDroppedAndCountedAndNobodyWaits() throws IOException {
        EventLog log = EventLog.open(folder, "app-2", "0.1.0", Map.of());
        long told = 3_000_000;
        for (long i = 0; i < told && log.dropped() == 0; i++) {
            log.taskEnded(TASK, EXECUTOR, TaskMetrics.NONE, null);
        }
        assertTrue(log.dropped() > 0);
        log.close();
    }

    @Test
    void unwritableFolderIsNamed() throws IOException {
        Path file = Files.createFile(folder.resolve("file"));
        IOException e =
                assertThrows(
                        IOException.class,
                        () -> EventLog.open(file.resolve("logs"), "app", "0.1.0", Map.of()));
        assertTrue(e.getMessage().contains(file.toString()), e.getMessage());
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
