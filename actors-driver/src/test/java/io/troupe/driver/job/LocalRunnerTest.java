package io.troupe.driver.job;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.troupe.cluster.protocol.ExecutorId;
import io.troupe.cluster.protocol.TaskAttemptId;
import io.troupe.cluster.protocol.TaskFailure;
import io.troupe.cluster.protocol.TaskMetrics;
import io.troupe.columnar.memory.MemoryPool;
import io.troupe.columnar.vector.Batch;
import io.troupe.columnar.vector.LongVector;
import io.troupe.driver.schedule.SchedulerListener;
import io.troupe.executor.task.PythonWorkers;
import io.troupe.planner.error.TroupeException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(240)
class LocalRunnerTest {
    @TempDir Path folder;

    private JobRunner runner;
    private long query;

    /// What the runner's scheduler tells.
    private final BlockingQueue<TaskAttemptId> launched = new LinkedBlockingQueue<>();

    private final BlockingQueue<TaskFailure> failures = new LinkedBlockingQueue<>();

    private final SchedulerListener listener =
            new SchedulerListener() {
                @Override
                public void taskLaunched(TaskAttemptId task, ExecutorId executor) {
                    launched.add(task);
                }

                @Override
                public void taskEnded(
                        TaskAttemptId task,
                        ExecutorId executor,
                        TaskMetrics metrics,
                        TaskFailure failure) {
                    if (failure != null) {
                        failures.add(failure);
                    }
                }
            };

    @BeforeEach
    void start() throws Exception {
        runner = runner(256 << 20);
    }

    private JobRunner runner(long memory) throws Exception {
        return new LocalRunner(
                        2,
                        new MemoryPool(memory),
                        List.of(folder),
                        new ToyEngine(),
                        PythonWorkers.none(),
                        Scheduling.local(listener))
                .start();
    }

    @AfterEach
    void stop() {
        runner.close();
    }

    private static long[] drain(JobHandle handle) {
        long rows = 0;
        long sum = 0;
        for (Batch batch = handle.next(); batch != null; batch = handle.next()) {
            rows += batch.selected();
            long[] values = ((LongVector) batch.column(0)).values();
            for (int i = 0; i < batch.selected(); i++) {
                sum += values[i];
            }
        }
        return new long[] {rows, sum};
    }

    private void check(JobRunner on, QueryJob job, long rows) {
        try (JobHandle handle = on.run(job)) {
            long[] result = drain(handle);
            assertEquals(rows, result[0]);
            assertEquals(rows * (rows - 1) / 2, result[1]);
            assertNull(handle.next());
        }
    }

    @Test
    void runsAJobOfOneStage() {
        check(runner, Graphs.job(++query, Graphs.range(1_000_000)), 1_000_000);
    }

    @Test
    void givesRowsInTheOrderOfTheResultsPartitions() {
        try (JobHandle handle = runner.run(Graphs.job(++query, Graphs.range(500_000)))) {
            long expected = 0;
            for (Batch batch = handle.next(); batch != null; batch = handle.next()) {
                long[] values = ((LongVector) batch.column(0)).values();
                for (int i = 0; i < batch.selected(); i++) {
                    assertEquals(expected++, values[i]);
                }
            }
            assertEquals(500_000, expected);
        }
    }

    @Test
    void runsStagesWithShufflesBetween() {
        check(runner, Graphs.job(++query, Graphs.shuffled(300_000, 7)), 300_000);
        check(runner, Graphs.job(++query, Graphs.twiceShuffled(300_000, 5)), 300_000);
    }

    @Test
    void emptyInputGivesEmptyResult() {
        check(runner, Graphs.job(++query, Graphs.range(0)), 0);
        check(runner, Graphs.job(++query, Graphs.shuffled(0, 3)), 0);
    }

    @Test
    void spillsWhenMemoryIsShortAndGivesTheSameResult() throws Exception {
        try (JobRunner small = runner(64 << 10)) {
            check(small, Graphs.job(++query, Graphs.twiceShuffled(400_000, 5)), 400_000);
        }
    }

    @Test
    void failureOfATaskReachesTheCallerAsException() {
        try (JobHandle handle = runner.run(Graphs.job(++query, Graphs.failing()))) {
            TroupeException e = assertThrows(TroupeException.class, handle::next);
            assertEquals("INTERNAL_ERROR", e.condition());
            assertTrue(e.getMessage().contains("told to fail"), e.getMessage());
        }
        check(runner, Graphs.job(++query, Graphs.range(10)), 10);
    }

    @Test
    void cancelledJobThrowsAtItsReader() {
        try (JobHandle handle = runner.run(Graphs.job(++query, Graphs.range(Long.MAX_VALUE / 4)))) {
            runner.cancel(job -> true, "enough");
            TroupeException e = assertThrows(TroupeException.class, handle::next);
            assertTrue(e.getMessage().contains("enough"), e.getMessage());
        }
        check(runner, Graphs.job(++query, Graphs.range(10)), 10);
    }

    @Test
    void killedAttemptEndsAndItsTaskIsTriedAgain() throws InterruptedException {
        try (JobHandle handle = runner.run(Graphs.job(++query, Graphs.range(Long.MAX_VALUE / 4)))) {
            TaskAttemptId first = launched.take();
            runner.kill(first, "too slow");
            TaskAttemptId next = launched.take();
            while (next.partition() != first.partition()) {
                next = launched.take();
            }
            assertEquals(first.attempt() + 1, next.attempt());
            assertEquals(new TaskFailure.Cancelled("too slow"), failures.take());
            runner.cancel(job -> true, "enough");
            TroupeException e = assertThrows(TroupeException.class, handle::next);
            assertTrue(e.getMessage().contains("enough"), e.getMessage());
        }
        check(runner, Graphs.job(++query, Graphs.range(10)), 10);
    }

    @Test
    void countersOfTasksAreSummed() {
        try (JobHandle handle = runner.run(Graphs.job(++query, Graphs.shuffled(100_000, 3)))) {
            drain(handle);
            List<Map<String, Long>> stages = List.copyOf(handle.metrics().values());
            assertEquals(100_000, stages.getFirst().get("input.rows"));
            assertEquals(100_000, stages.getFirst().get("exchange.write.rows"));
            assertEquals(100_000, stages.getLast().get("result.rows"));
        }
    }

    @Test
    void cachedPlanIsReadAgainAndAgainUntilDropped() {
        int partitions =
                runner.caches()
                        .materialise(
                                7,
                                Graphs.range(300_000),
                                Graphs.job(++query, Graphs.range(300_000)),
                                "MEMORY_AND_DISK");
        assertTrue(partitions > 1);
        assertEquals(partitions, runner.caches().partitions(7));
        check(runner, Graphs.job(++query, Graphs.cached(7)), 300_000);
        check(runner, Graphs.job(++query, Graphs.cached(7)), 300_000);
        runner.caches().drop(7);
        assertThrows(
                IllegalStateException.class,
                () -> runner.run(Graphs.job(++query, Graphs.cached(7))));
    }

    @Test
    void nothingIsLeftOnDiskAfterTheEnd() throws Exception {
        check(runner, Graphs.job(++query, Graphs.shuffled(10_000, 3)), 10_000);
        runner.close();
        try (Stream<Path> left = Files.list(folder)) {
            assertEquals(0, left.count());
        }
    }
}
