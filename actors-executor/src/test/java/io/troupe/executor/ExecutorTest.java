package io.troupe.executor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.troupe.cluster.protocol.ExecutorAddress;
import io.troupe.cluster.protocol.ExecutorId;
import io.troupe.cluster.protocol.ExecutorInfo;
import io.troupe.cluster.protocol.ExecutorMessage;
import io.troupe.cluster.protocol.QueryId;
import io.troupe.cluster.protocol.SchedulerMessage;
import io.troupe.cluster.protocol.StageAttempt;
import io.troupe.cluster.protocol.StageBundle;
import io.troupe.cluster.protocol.StageId;
import io.troupe.cluster.protocol.TaskAttemptId;
import io.troupe.cluster.protocol.TaskFailure;
import io.troupe.columnar.memory.MemoryPool;
import io.troupe.columnar.operator.Operator;
import io.troupe.columnar.operator.TaskContext;
import io.troupe.columnar.vector.Batch;
import io.troupe.columnar.vector.LongVector;
import io.troupe.columnar.vector.Vector;
import io.troupe.executor.block.BlockStore;
import io.troupe.executor.block.ScratchFolders;
import io.troupe.executor.task.Engine;
import io.troupe.executor.task.ExecutorServices;
import io.troupe.executor.task.PythonWorkers;
import io.troupe.executor.task.StagePlan;
import io.troupe.planner.physical.PhysicalPlan;
import io.troupe.planner.stage.Stage;
import io.troupe.planner.stage.TaskSpec;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.ActorRef;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(240)
class ExecutorTest {
    private static final ExecutorId ID = new ExecutorId("e");

    @TempDir Path folder;

    private final ActorTestKit kit = ActorTestKit.create();
    private final TestProbe<SchedulerMessage> scheduler = kit.createTestProbe();
    private final MemoryPool pool = new MemoryPool(1 << 20);
    private final CountDownLatch blocked = new CountDownLatch(1);
    private final AtomicInteger runs = new AtomicInteger();
    private ActorRef<Executor.Command> actor;
    private ActorRef<ExecutorMessage> executor;

    /// Partition 0 gives a row; partition 1 runs until it is cancelled; partition 2 throws;
    /// partition 3 asks for leave to commit first.
    private final class Tasks implements Engine {
        @Override
        public Operator open(PhysicalPlan plan, TaskContext context) {
            runs.incrementAndGet();
            if (context.partition() == 2) {
                throw new IllegalStateException("thrown by the task");
            }
            return new Operator() {
                private boolean given;

                @Override
                public Batch next() {
                    if (context.partition() == 3 && !given) {
                        context.requireCommit();
                    }
                    while (context.partition() == 1) {
                        blocked.countDown();
                        context.checkCancelled();
                        Thread.onSpinWait();
                    }
                    Batch batch =
                            given
                                    ? null
                                    : new Batch(
                                            new Vector[] {new LongVector(new long[] {7}, 1, null)},
                                            1);
                    given = true;
                    return batch;
                }

                @Override
                public void close() {}
            };
        }

        @Override
        public Splitter splitter(StagePlan plan, TaskContext context) {
            throw new UnsupportedOperationException("one partition");
        }
    }

    @BeforeEach
    void start() throws IOException {
        ScratchFolders scratch = ScratchFolders.create(List.of(folder));
        ExecutorServices services =
                new ExecutorServices(
                        ID,
                        new BlockStore(pool, scratch),
                        pool,
                        scratch,
                        new Tasks(),
                        PythonWorkers.none(),
                        null,
                        1_000);
        ExecutorInfo info = new ExecutorInfo(new ExecutorAddress(ID, "h", 1), 2, 0, "");
        Stage stage =
                new Stage(
                        0,
                        new PhysicalPlan.RangeScan(0, 0, 1, 1, List.of()),
                        List.of(),
                        null,
                        Set.of());
        BundleSource bundles =
                attempt ->
                        new StageBundle(
                                attempt,
                                new StagePlan(stage, null, attempt.attempt() == 1),
                                1,
                                List.of(),
                                Map.of());
        actor =
                kit.spawn(
                        Executor.create(
                                new Executor.Setup(
                                        info,
                                        services,
                                        bundles,
                                        scheduler.ref(),
                                        false,
                                        () -> false,
                                        () -> {})));
        executor =
                scheduler
                        .expectMessageClass(
                                SchedulerMessage.ExecutorStarted.class, Duration.ofSeconds(60))
                        .executor();
        executor.tell(new ExecutorMessage.Acknowledge(List.of()));
    }

    @AfterEach
    void end() {
        kit.shutdownTestKit();
    }

    private static TaskAttemptId task(int partition, int stageAttempt) {
        return new TaskAttemptId(
                new StageAttempt(new StageId(new QueryId(1), 0), stageAttempt), partition, 0);
    }

    private static ExecutorMessage launch(TaskAttemptId task) {
        return new ExecutorMessage.LaunchTask(task, new TaskSpec(task.partition(), List.of()), 0);
    }

    private SchedulerMessage nextEnd() {
        SchedulerMessage message = scheduler.receiveMessage(Duration.ofSeconds(60));
        while (message instanceof SchedulerMessage.Heartbeat) {
            message = scheduler.receiveMessage(Duration.ofSeconds(60));
        }
        return message;
    }

    @Test
    void runsATaskOnceHoweverOftenItIsLaunchedAndTellsItsEndUntilAcknowledged() {
        executor.tell(launch(task(0, 0)));
        SchedulerMessage end = nextEnd();
        assertEquals(
                1, assertInstanceOf(SchedulerMessage.TaskSucceeded.class, end).output().rows());
        executor.tell(launch(task(0, 0)));
        assertEquals(end, nextEnd());
        assertEquals(end, nextEnd());
        executor.tell(new ExecutorMessage.Acknowledge(List.of(task(0, 0))));
        SchedulerMessage.Heartbeat beat = null;
        while (beat == null) {
            if (scheduler.receiveMessage(Duration.ofSeconds(60))
                    instanceof SchedulerMessage.Heartbeat b) {
                beat = b;
            }
        }
        assertTrue(beat.running().isEmpty());
        assertEquals(List.of(new QueryId(1)), beat.queries());
        assertEquals(1, runs.get());
    }

    @Test
    void smallResultsTravelInTheMessage() {
        executor.tell(launch(task(0, 1)));
        SchedulerMessage.TaskSucceeded end =
                assertInstanceOf(SchedulerMessage.TaskSucceeded.class, nextEnd());
        assertTrue(end.output().inline().length > 0);
    }

    @Test
    void cancelledTaskEndsAsCancelled() throws InterruptedException {
        executor.tell(launch(task(1, 0)));
        blocked.await();
        executor.tell(new ExecutorMessage.CancelTask(task(1, 0), "enough"));
        TaskFailure failure =
                assertInstanceOf(SchedulerMessage.TaskFailed.class, nextEnd()).failure();
        assertEquals(new TaskFailure.Cancelled("enough"), failure);
    }

    @Test
    void whatATaskThrowsBecomesATypedFailure() {
        executor.tell(launch(task(2, 0)));
        TaskFailure.TaskError error =
                assertInstanceOf(
                        TaskFailure.TaskError.class,
                        assertInstanceOf(SchedulerMessage.TaskFailed.class, nextEnd()).failure());
        assertTrue(error.text().contains("thrown by the task"));
        assertTrue(error.jvmTrace().contains("ExecutorTest"));
    }

    @Test
    void taskThatGetsLeaveToCommitSucceeds() {
        executor.tell(launch(task(3, 0)));
        assertEquals(new SchedulerMessage.AskCommit(task(3, 0), ID), nextEnd());
        executor.tell(new ExecutorMessage.CommitAnswer(task(3, 0), task(3, 0)));
        assertInstanceOf(SchedulerMessage.TaskSucceeded.class, nextEnd());
    }

    @Test
    void taskThatIsDeniedToCommitFailsAsDenied() {
        TaskAttemptId winner = new TaskAttemptId(task(3, 0).stage(), 3, 1);
        executor.tell(launch(task(3, 0)));
        assertInstanceOf(SchedulerMessage.AskCommit.class, nextEnd());
        executor.tell(new ExecutorMessage.CommitAnswer(task(3, 0), winner));
        TaskFailure failure =
                assertInstanceOf(SchedulerMessage.TaskFailed.class, nextEnd()).failure();
        assertEquals(new TaskFailure.CommitDenied(task(3, 0), winner), failure);
    }

    @Test
    void lostQuestionIsAskedAgain() {
        executor.tell(launch(task(3, 0)));
        assertInstanceOf(SchedulerMessage.AskCommit.class, nextEnd());
        assertInstanceOf(SchedulerMessage.AskCommit.class, nextEnd());
        executor.tell(new ExecutorMessage.CommitAnswer(task(3, 0), task(3, 0)));
        assertInstanceOf(SchedulerMessage.TaskSucceeded.class, nextEnd());
    }

    @Test
    void taskThatWaitsForASlotIsTakenBackAtOnce() {
        executor.tell(
                new ExecutorMessage.Several(
                        List.of(launch(task(1, 0)), launch(task(1, 2)), launch(task(0, 0)))));
        executor.tell(new ExecutorMessage.CancelTask(task(0, 0), "enough"));
        SchedulerMessage.TaskFailed end =
                assertInstanceOf(SchedulerMessage.TaskFailed.class, nextEnd());
        assertEquals(task(0, 0), end.task());
        assertEquals(new TaskFailure.Cancelled("enough"), end.failure());
        executor.tell(new ExecutorMessage.CancelTask(task(1, 0), "enough"));
        executor.tell(new ExecutorMessage.CancelTask(task(1, 2), "enough"));
        Set<TaskAttemptId> ended = new HashSet<>();
        while (ended.size() < 2) {
            switch (nextEnd()) {
                case SchedulerMessage.TaskFailed one -> ended.add(one.task());
                case SchedulerMessage.Several several ->
                        several.messages()
                                .forEach(each ->
                                        ended.add(
                                                assertInstanceOf(
                                                                SchedulerMessage.TaskFailed.class,
                                                                each)
                                                        .task()));
                case SchedulerMessage other -> throw new AssertionError(other);
            }
            ended.remove(task(0, 0));
        }
        assertEquals(Set.of(task(1, 0), task(1, 2)), ended);
        assertTrue(runs.get() <= 2, "the task that was taken back ran");
    }

    @Test
    void unknownTaskIsDeniedWhenItIsToBeStopped() {
        executor.tell(new ExecutorMessage.CancelTask(task(5, 0), "why"));
        assertInstanceOf(
                TaskFailure.Cancelled.class,
                assertInstanceOf(SchedulerMessage.TaskFailed.class, nextEnd()).failure());
    }

    @Test
    void endsWithItsDriver() {
        TestProbe<Object> watcher = kit.createTestProbe();
        scheduler.stop();
        watcher.expectTerminated(actor, Duration.ofSeconds(60));
    }

    @Test
    void droppedQueryLeavesNothing() {
        executor.tell(launch(task(0, 0)));
        nextEnd();
        assertTrue(pool.used() > 0);
        executor.tell(new ExecutorMessage.DropQuery(new QueryId(1)));
        SchedulerMessage.Heartbeat beat = null;
        while (beat == null || !beat.queries().isEmpty()) {
            if (scheduler.receiveMessage(Duration.ofSeconds(60))
                    instanceof SchedulerMessage.Heartbeat b) {
                beat = b;
            }
        }
        assertEquals(0, pool.used());
    }
}
