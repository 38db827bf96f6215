package io.troupe.driver.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.troupe.cluster.node.Seeds;
import io.troupe.cluster.protocol.ExecutorId;
import io.troupe.cluster.protocol.ExecutorInfo;
import io.troupe.cluster.protocol.TaskAttemptId;
import io.troupe.cluster.protocol.TaskFailure;
import io.troupe.cluster.protocol.TaskMetrics;
import io.troupe.cluster.security.ClusterSecurity;
import io.troupe.cluster.security.Endpoint;
import io.troupe.columnar.memory.MemoryPool;
import io.troupe.columnar.vector.Batch;
import io.troupe.columnar.vector.LongVector;
import io.troupe.driver.job.Attachments;
import io.troupe.driver.job.ClusterException;
import io.troupe.driver.job.ClusterRunner;
import io.troupe.driver.job.Graphs;
import io.troupe.driver.job.JobHandle;
import io.troupe.driver.job.JobRunner;
import io.troupe.driver.job.QueryJob;
import io.troupe.driver.job.Scheduling;
import io.troupe.driver.schedule.SchedulerListener;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Real processes on this machine.
@Timeout(400)
class ClusterTest {
    @TempDir Path scratch;

    private final List<NodeJvm> nodes = new ArrayList<>();
    private final Watcher watcher = new Watcher();
    private int seed;
    private long query;

    /// Counts what the scheduler tells.
    private static final class Watcher implements SchedulerListener {
        final AtomicInteger joined = new AtomicInteger();
        final CountDownLatch three = new CountDownLatch(3);
        final CountDownLatch lost = new CountDownLatch(1);
        final List<TaskFailure> failures = new CopyOnWriteArrayList<>();
        final CountDownLatch someTasks = new CountDownLatch(5);

        @Override
        public void executorJoined(ExecutorInfo executor) {
            joined.incrementAndGet();
            three.countDown();
        }

        @Override
        public void executorLost(ExecutorId executor, String reason) {
            lost.countDown();
        }

        @Override
        public void taskEnded(
                TaskAttemptId task, ExecutorId executor, TaskMetrics metrics, TaskFailure failure) {
            someTasks.countDown();
            if (failure != null) {
                failures.add(failure);
            }
        }
    }

    @BeforeEach
    void choosePort() throws Exception {
        seed = NodeJvm.freePort();
    }

    @AfterEach
    void end() {
        nodes.forEach(NodeJvm::close);
    }

    private void startNodes(int count) throws Exception {
        nodes.add(NodeJvm.start(seed, seed, scratch));
        nodes.getFirst().await("ready");
        for (int i = 1; i < count; i++) {
            nodes.add(NodeJvm.start(NodeJvm.freePort(), seed, scratch));
        }
        for (int i = 1; i < count; i++) {
            nodes.get(i).await("ready");
        }
    }

    private JobRunner driver(String seeds, String python) throws Exception {
        return new ClusterRunner(
                        Seeds.parse(seeds),
                        new Endpoint("", 0, new ClusterSecurity.Open()),
                        100,
                        new MemoryPool(64 << 20),
                        List.of(scratch),
                        python,
                        new Attachments(),
                        Scheduling.cluster(watcher))
                .start();
    }

    private static void check(JobRunner runner, QueryJob job, long rows) {
        try (JobHandle handle = runner.run(job)) {
            long count = 0;
            long sum = 0;
            for (Batch batch = handle.next(); batch != null; batch = handle.next()) {
                long[] values = ((LongVector) batch.column(0)).values();
                count += batch.selected();
                for (int i = 0; i < batch.selected(); i++) {
                    sum += values[i];
                }
            }
            assertEquals(rows, count);
            assertEquals(rows * (rows - 1) / 2, sum);
        }
    }

    @Test
    void nodeThatLeavesHandsOverWhatItHoldsAndNothingIsComputedAgain() throws Exception {
        startNodes(3);
        try (JobRunner runner = driver("troupe://127.0.0.1:" + seed, "")) {
            assertTrue(watcher.three.await(90, TimeUnit.SECONDS));
            QueryJob job = Graphs.job(++query, Graphs.twiceShuffled(2_000_000, 13));
            try (JobHandle handle = runner.run(job)) {
                assertTrue(watcher.someTasks.await(90, TimeUnit.SECONDS));
                nodes.get(1).leave();
                long rows = 0;
                for (Batch batch = handle.next(); batch != null; batch = handle.next()) {
                    rows += batch.selected();
                }
                assertEquals(2_000_000, rows);
            }
            assertTrue(nodes.get(1).awaitExit(90));
            assertTrue(watcher.lost.await(90, TimeUnit.SECONDS));
            assertEquals(List.of(), watcher.failures);
            check(runner, Graphs.job(++query, Graphs.range(1_000_000)), 1_000_000);
        }
    }

    @Test
    void threeNodesRunJobsAndSurviveTheLossOfOne() throws Exception {
        startNodes(3);
        try (JobRunner runner = driver("troupe://127.0.0.1:" + seed, "")) {
            assertTrue(
                    watcher.three.await(90, TimeUnit.SECONDS),
                    "executors: " + watcher.joined.get());
            assertEquals(6, runner.slots());
            check(runner, Graphs.job(++query, Graphs.range(10)), 10);
            check(runner, Graphs.job(++query, Graphs.range(1_000_000)), 1_000_000);
            check(runner, Graphs.job(++query, Graphs.twiceShuffled(2_000_000, 11)), 2_000_000);
            Thread killer =
                    Thread.ofVirtual()
                            .start(() -> {
                                try {
                                    watcher.someTasks.await();
                                    nodes.get(1).kill();
                                } catch (InterruptedException e) {
                                    Thread.currentThread().interrupt();
                                }
                            });
            for (int i = 0; i < 5; i++) {
                check(runner, Graphs.job(++query, Graphs.twiceShuffled(3_000_000, 13)), 3_000_000);
            }
            killer.join();
            assertTrue(watcher.lost.await(90, TimeUnit.SECONDS));
            check(runner, Graphs.job(++query, Graphs.twiceShuffled(1_000_000, 13)), 1_000_000);
            assertEquals(4, runner.slots());
        }
    }

    @Test
    void killingTheSeedDoesNotEndTheCluster() throws Exception {
        startNodes(2);
        try (JobRunner runner = driver("127.0.0.1:" + seed, "")) {
            check(runner, Graphs.job(++query, Graphs.shuffled(100_000, 4)), 100_000);
            nodes.getFirst().kill();
            assertTrue(watcher.lost.await(90, TimeUnit.SECONDS));
            check(runner, Graphs.job(++query, Graphs.shuffled(100_000, 4)), 100_000);
        }
    }

    @Test
    void executorsCleanUpAfterTheirDriver() throws Exception {
        startNodes(1);
        try (JobRunner runner = driver("127.0.0.1:" + seed, "")) {
            check(runner, Graphs.job(++query, Graphs.shuffled(100_000, 4)), 100_000);
        }
        try (JobRunner runner = driver("127.0.0.1:" + seed, "")) {
            check(runner, Graphs.job(++query, Graphs.shuffled(100_000, 4)), 100_000);
        }
        nodes.removeFirst().kill();
        startNodes(1);
        try (JobRunner runner = driver("127.0.0.1:" + seed, "")) {
            check(runner, Graphs.job(++query, Graphs.range(10)), 10);
        }
        try (Stream<Path> left = Files.list(scratch)) {
            assertTrue(left.count() <= 1);
        }
    }

    @Test
    void wrongSeedIsSaidWithinSeconds() throws Exception {
        long start = System.nanoTime();
        ClusterException e =
                assertThrows(ClusterException.class, () -> driver("127.0.0.1:" + seed, ""));
        assertTrue(e.getMessage().contains("127.0.0.1:" + seed), e.getMessage());
        assertTrue(e.getMessage().contains("nobody listens"), e.getMessage());
        assertTrue(System.nanoTime() - start < 25_000_000_000L);
    }

    @Test
    void pythonVersionMustMatch() throws Exception {
        nodes.add(NodeJvm.start(seed, seed, scratch, "--python-version=3.11"));
        nodes.getFirst().await("ready");
        ClusterException e =
                assertThrows(ClusterException.class, () -> driver("127.0.0.1:" + seed, "3.13"));
        assertTrue(
                e.getMessage().contains("3.11") && e.getMessage().contains("3.13"), e.getMessage());
    }

    @Test
    void allSlotsTakenIsSaid() throws Exception {
        startNodes(1);
        try (JobRunner first = driver("127.0.0.1:" + seed, "")) {
            ClusterException e =
                    assertThrows(ClusterException.class, () -> driver("127.0.0.1:" + seed, ""));
            assertTrue(e.getMessage().contains("no free slots"), e.getMessage());
            check(first, Graphs.job(++query, Graphs.range(10)), 10);
        }
    }

    @Test
    void nodeSaysThatItsPortIsTaken() throws Exception {
        startNodes(1);
        try (NodeJvm second = NodeJvm.start(seed, seed, scratch)) {
            String line = second.await("failed");
            assertTrue(line.contains("cannot listen on 127.0.0.1:" + seed), line);
        }
    }
}
