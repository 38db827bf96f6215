package io.troupe.driver.schedule;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.troupe.cluster.protocol.BlockId;
import io.troupe.cluster.protocol.ExecutorAddress;
import io.troupe.cluster.protocol.ExecutorId;
import io.troupe.cluster.protocol.ExecutorInfo;
import io.troupe.cluster.protocol.JobId;
import io.troupe.cluster.protocol.OutputSizes;
import io.troupe.cluster.protocol.QueryId;
import io.troupe.cluster.protocol.StageAttempt;
import io.troupe.cluster.protocol.StageBundle;
import io.troupe.cluster.protocol.StageId;
import io.troupe.cluster.protocol.TaskAttemptId;
import io.troupe.cluster.protocol.TaskFailure;
import io.troupe.cluster.protocol.TaskMetrics;
import io.troupe.cluster.protocol.TaskOutput;
import io.troupe.planner.stage.TaskSpec;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TaskDecisionsTest {
    private static final ExecutorId A = new ExecutorId("a");
    private static final ExecutorId B = new ExecutorId("b");
    private static final TaskOutput OUTPUT = TaskOutput.stored(OutputSizes.of(new long[] {1}), 1);

    private final TaskDecisions decisions =
            new TaskDecisions(SchedulingPolicy.of(new TaskLimits(3, 1_000, 5_000)));

    private static ExecutorInfo info(ExecutorId id, int slots) {
        return new ExecutorInfo(new ExecutorAddress(id, "h", 1), slots, 0, "");
    }

    private static StageAttempt stage(int number, int attempt) {
        return new StageAttempt(new StageId(new QueryId(1), number), attempt);
    }

    private static DagAction.RunTasks run(
            long job, StageAttempt stage, int tasks, ExecutorId... preferred) {
        List<TaskSpec> specs =
                IntStream.range(0, tasks).mapToObj(p -> new TaskSpec(p, List.of())).toList();
        List<ExecutorId> wishes =
                preferred.length == 0
                        ? new ArrayList<>(java.util.Collections.nCopies(tasks, null))
                        : Arrays.asList(preferred);
        return new DagAction.RunTasks(
                new StageBundle(stage, null, 1, List.of(), Map.of()),
                new JobId(job),
                SchedulingPolicy.Pool.DEFAULT,
                specs,
                wishes);
    }

    private static List<TaskAction.Launch> launches(List<TaskAction> actions) {
        return actions.stream()
                .filter(TaskAction.Launch.class::isInstance)
                .map(TaskAction.Launch.class::cast)
                .toList();
    }

    private List<TaskAction> succeed(TaskAction.Launch launch) {
        return decisions.succeeded(launch.task(), launch.executor(), OUTPUT, TaskMetrics.NONE, 0);
    }

    private static TaskFailure error(boolean deterministic) {
        return new TaskFailure.TaskError(
                "SparkException", "X", "", "text", Map.of(), "", "", "", deterministic);
    }

    @Test
    void spreadsTasksOverExecutorsUpToTheirSlots() {
        decisions.executorJoined(info(A, 2), 0);
        decisions.executorJoined(info(B, 2), 0);
        List<TaskAction.Launch> first = launches(decisions.submit(run(1, stage(0, 0), 10), 0));
        assertEquals(4, first.size());
        assertEquals(2, first.stream().filter(l -> l.executor().equals(A)).count());
        List<TaskAction.Launch> next = launches(succeed(first.get(0)));
        assertEquals(1, next.size());
        assertEquals(first.get(0).executor(), next.get(0).executor());
    }

    @Test
    void earlierJobsGoFirst() {
        decisions.submit(run(2, stage(7, 0), 3), 0);
        decisions.submit(run(1, stage(5, 0), 3), 0);
        List<TaskAction.Launch> launched = launches(decisions.executorJoined(info(A, 4), 0));
        assertEquals(
                List.of(5, 5, 5, 7),
                launched.stream().map(l -> l.task().stage().stage().number()).toList());
    }

    @Test
    void tasksGoWhereTheirInputLiesButDoNotWaitForIt() {
        decisions.executorJoined(info(A, 1), 0);
        decisions.executorJoined(info(B, 1), 0);
        List<TaskAction.Launch> launched =
                launches(decisions.submit(run(1, stage(0, 0), 3, B, A, B), 0));
        assertEquals(
                B,
                launched.stream()
                        .filter(l -> l.task().partition() == 0)
                        .findFirst()
                        .orElseThrow()
                        .executor());
        assertEquals(
                A,
                launched.stream()
                        .filter(l -> l.task().partition() == 1)
                        .findFirst()
                        .orElseThrow()
                        .executor());
        TaskAction.Launch onA =
                launched.stream().filter(l -> l.executor().equals(A)).findFirst().orElseThrow();
        assertEquals(2, launches(succeed(onA)).getFirst().task().partition());
    }

    @Test
    void duplicateEndsFreeNoSecondSlotAndAreReportedOnce() {
        decisions.executorJoined(info(A, 1), 0);
        TaskAction.Launch first = launches(decisions.submit(run(1, stage(0, 0), 3), 0)).getFirst();
        assertEquals(2, succeed(first).size());
        assertTrue(succeed(first).isEmpty());
        assertTrue(decisions.failed(first.task(), A, error(false), TaskMetrics.NONE, 0).isEmpty());
        assertEquals(1, decisions.runningTasks());
    }

    @Test
    void failedTaskIsTriedElsewhereFirst() {
        decisions.executorJoined(info(A, 1), 0);
        decisions.executorJoined(info(B, 2), 0);
        List<TaskAction.Launch> launched = launches(decisions.submit(run(1, stage(0, 0), 2), 0));
        TaskAction.Launch onA =
                launched.stream().filter(l -> l.executor().equals(A)).findFirst().orElseThrow();
        List<TaskAction.Launch> again =
                launches(decisions.failed(onA.task(), A, error(false), TaskMetrics.NONE, 0));
        assertEquals(B, again.getFirst().executor());
        assertEquals(1, again.getFirst().task().attempt());
    }

    @Test
    void killedAttemptsAreTriedAgainHoweverOftenAndCountAsNoFailure() {
        decisions.executorJoined(info(A, 1), 0);
        TaskAction.Launch launch = launches(decisions.submit(run(1, stage(0, 0), 1), 0)).getFirst();
        for (int attempt = 0; attempt < 10; attempt++) {
            assertEquals(attempt, launch.task().attempt());
            assertEquals(
                    List.of(new TaskAction.Stop(A, launch.task(), "too slow")),
                    decisions.kill(launch.task(), "too slow"));
            launch = launches(killed(launch.task())).getFirst();
        }
        assertInstanceOf(TaskAction.Succeeded.class, succeed(launch).getFirst());
        assertTrue(decisions.isIdle());
    }

    private List<TaskAction> killed(TaskAttemptId task) {
        TaskFailure end = new TaskFailure.Cancelled("too slow");
        return decisions.failed(task, A, end, TaskMetrics.NONE, 0);
    }

    @Test
    void killThatIsLostOnItsWayIsToldAgain() {
        decisions.executorJoined(info(A, 2), 0);
        List<TaskAction.Launch> two = launches(decisions.submit(run(1, stage(0, 0), 2), 0));
        TaskAttemptId task = two.getFirst().task();
        decisions.kill(task, "too slow");
        List<TaskAttemptId> running = two.stream().map(TaskAction.Launch::task).toList();
        assertEquals(
                List.of(new TaskAction.Stop(A, task, "too slow")),
                decisions.heartbeat(A, running, List.of(), 60_000));
    }

    @Test
    void killOfWhatHasEndedDoesNothing() {
        decisions.executorJoined(info(A, 1), 0);
        TaskAction.Launch first = launches(decisions.submit(run(1, stage(0, 0), 2), 0)).getFirst();
        succeed(first);
        assertTrue(decisions.kill(first.task(), "too slow").isEmpty());
        assertTrue(decisions.kill(new TaskAttemptId(stage(9, 0), 0, 0), "too slow").isEmpty());
    }

    @Test
    void givesUpAfterTheLimitAndSaysWhatFailedLast() {
        decisions.executorJoined(info(A, 1), 0);
        TaskAction.Launch launch = launches(decisions.submit(run(1, stage(0, 0), 1), 0)).getFirst();
        List<TaskAction> actions = List.of();
        for (int i = 0; i < 3; i++) {
            actions = decisions.failed(launch.task(), A, error(false), TaskMetrics.NONE, 0);
            launch = i < 2 ? launches(actions).getFirst() : launch;
        }
        TaskAction.GaveUp gaveUp = (TaskAction.GaveUp) actions.getLast();
        assertInstanceOf(TaskFailure.GivenUp.class, gaveUp.failure());
        assertTrue(
                gaveUp.failure().message().contains("failed 3 times"), gaveUp.failure().message());
        assertTrue(decisions.isIdle());
    }

    @Test
    void userErrorsAreNotTriedAgain() {
        decisions.executorJoined(info(A, 1), 0);
        TaskAction.Launch launch = launches(decisions.submit(run(1, stage(0, 0), 5), 0)).getFirst();
        List<TaskAction> actions =
                decisions.failed(launch.task(), A, error(true), TaskMetrics.NONE, 0);
        assertInstanceOf(TaskAction.GaveUp.class, actions.getLast());
        assertTrue(launches(actions).isEmpty());
    }

    @Test
    void lostExecutorsTasksRunElsewhereAndItsLateEndsChangeNothing() {
        decisions.executorJoined(info(A, 1), 0);
        TaskAction.Launch onA = launches(decisions.submit(run(1, stage(0, 0), 1), 0)).getFirst();
        decisions.executorJoined(info(B, 1), 0);
        TaskAction.Launch onB = launches(decisions.executorLost(A, "killed", 0)).getFirst();
        assertEquals(B, onB.executor());
        assertNotEquals(onA.task(), onB.task());
        assertTrue(succeed(onA).isEmpty());
        assertTrue(decisions.executorLost(A, "again", 0).isEmpty());
        assertInstanceOf(
                TaskAction.Dismiss.class, decisions.executorJoined(info(A, 1), 0).getFirst());
        assertEquals(1, succeed(onB).size());
        assertTrue(decisions.isIdle());
    }

    @Test
    void executorThatWasGivenUpIsToldSoAsOftenAsItShowsALife() {
        decisions.executorJoined(info(A, 1), 0);
        assertInstanceOf(
                TaskAction.Dismiss.class, decisions.executorLost(A, "no answer", 0).getLast());
        for (int i = 0; i < 3; i++) {
            assertInstanceOf(
                    TaskAction.Dismiss.class,
                    decisions.heartbeat(A, List.of(), List.of(), i).getFirst());
        }
    }

    @Test
    void fetchFailureIsTheDagsBusinessAndCountsForNoTask() {
        decisions.executorJoined(info(A, 1), 0);
        TaskAction.Launch launch = launches(decisions.submit(run(1, stage(1, 0), 1), 0)).getFirst();
        TaskFailure failure =
                new TaskFailure.FetchFailure(
                        new BlockId(new TaskAttemptId(stage(0, 0), 0, 0), 0),
                        B,
                        TaskFailure.FetchFailure.Reason.MISSING,
                        "");
        List<TaskAction> actions = decisions.failed(launch.task(), A, failure, TaskMetrics.NONE, 0);
        assertInstanceOf(TaskAction.InputLost.class, actions.getLast());
        assertEquals(0, decisions.runningTasks());
    }

    @Test
    void launchThatGotLostIsToldAgainAndUnknownTasksAreStopped() {
        decisions.executorJoined(info(A, 1), 0);
        TaskAction.Launch launch = launches(decisions.submit(run(1, stage(0, 0), 1), 0)).getFirst();
        assertTrue(decisions.heartbeat(A, List.of(), List.of(), 500).isEmpty());
        assertEquals(List.of(launch), decisions.heartbeat(A, List.of(), List.of(), 1_500));
        TaskAttemptId stranger = new TaskAttemptId(stage(9, 0), 0, 0);
        List<TaskAction> actions =
                decisions.heartbeat(A, List.of(launch.task(), stranger), List.of(), 1_600);
        assertEquals(stranger, ((TaskAction.Stop) actions.getFirst()).task());
        assertEquals(1, actions.size());
    }

    @Test
    void droppedQueryIsToldAgainWhileAnExecutorHoldsSomethingOfIt() {
        decisions.executorJoined(info(A, 1), 0);
        decisions.drop(new QueryId(4));
        List<TaskAction> actions =
                decisions.heartbeat(A, List.of(), List.of(new QueryId(4), new QueryId(5)), 0);
        assertEquals(List.of(new TaskAction.Drop(A, new QueryId(4))), actions);
    }

    @Test
    void waitsABoundedTimeForTheFirstExecutor() {
        decisions.submit(run(1, stage(0, 0), 1), 0);
        assertTrue(decisions.tick(0).isEmpty());
        assertTrue(decisions.tick(4_000).isEmpty());
        TaskAction.GaveUp gaveUp = (TaskAction.GaveUp) decisions.tick(6_000).getFirst();
        assertInstanceOf(TaskFailure.NoExecutors.class, gaveUp.failure());
        assertTrue(gaveUp.failure().message().contains("troupe node"));
    }

    @Test
    void cancelledStageStopsItsTasksAndStartsNoMore() {
        decisions.executorJoined(info(A, 2), 0);
        decisions.submit(run(1, stage(0, 0), 9), 0);
        List<TaskAction> actions = decisions.cancel(stage(0, 0), "enough", 0);
        assertEquals(2, actions.stream().filter(TaskAction.Stop.class::isInstance).count());
        assertTrue(launches(actions).isEmpty());
    }

    @Test
    void oneAttemptMayCommitUntilItFails() {
        decisions.executorJoined(info(A, 1), 0);
        TaskAction.Launch first = launches(decisions.submit(run(1, stage(0, 0), 1), 0)).getFirst();
        TaskAttemptId other = new TaskAttemptId(stage(0, 0), 0, 7);
        assertNull(decisions.mayCommit(other, A));
        assertEquals(first.task(), decisions.mayCommit(first.task(), A));
        assertEquals(first.task(), decisions.mayCommit(other, A));
        TaskAction.Launch second =
                launches(decisions.failed(first.task(), A, error(false), TaskMetrics.NONE, 0))
                        .getFirst();
        assertEquals(second.task(), decisions.mayCommit(second.task(), A));
        succeed(second);
        assertEquals(second.task(), decisions.mayCommit(other, A));
    }

    @Test
    void laterRunOfTheStageMayCommitAgain() {
        decisions.executorJoined(info(A, 2), 0);
        TaskAction.Launch first = launches(decisions.submit(run(1, stage(0, 0), 1), 0)).getFirst();
        assertEquals(first.task(), decisions.mayCommit(first.task(), A));
        succeed(first);
        TaskAction.Launch again = launches(decisions.submit(run(1, stage(0, 1), 1), 0)).getFirst();
        assertEquals(again.task(), decisions.mayCommit(again.task(), A));
        assertEquals(again.task(), decisions.mayCommit(first.task(), A));
    }

    @Test
    void attemptThatWasDeniedToCommitIsNotTriedAgainWhileTheWinnerHolds() {
        decisions.executorJoined(info(A, 2), 0);
        TaskAction.Launch first = launches(decisions.submit(run(1, stage(0, 0), 1), 0)).getFirst();
        TaskAttemptId winner = new TaskAttemptId(stage(0, 1), 0, 0);
        decisions.submit(run(1, stage(0, 1), 1), 0);
        assertEquals(winner, decisions.mayCommit(winner, A));
        TaskFailure denied = new TaskFailure.CommitDenied(first.task(), winner);
        List<TaskAction> actions = decisions.failed(first.task(), A, denied, TaskMetrics.NONE, 0);
        assertTrue(launches(actions).isEmpty());
    }

    @Test
    void costPerTaskDoesNotGrowWithTheirNumber() {
        double small = nanosPerTask(10_000);
        double large = nanosPerTask(300_000);
        assertTrue(large < 20_000, "ns per task: " + large);
        assertTrue(large < 20 * small + 2_000, small + " → " + large);
    }

    private static double nanosPerTask(int tasks) {
        TaskDecisions decisions = new TaskDecisions(SchedulingPolicy.of(TaskLimits.CLUSTER));
        for (int i = 0; i < 1_000; i++) {
            decisions.executorJoined(info(new ExecutorId("e" + i), 4), 0);
        }
        ThreadMXBean clock = ManagementFactory.getThreadMXBean();
        long start = clock.getCurrentThreadCpuTime();
        List<TaskAction.Launch> running =
                new ArrayList<>(launches(decisions.submit(run(1, stage(0, 0), tasks), 0)));
        for (int i = 0; i < running.size(); i++) {
            TaskAction.Launch launch = running.get(i);
            running.addAll(
                    launches(
                            decisions.succeeded(
                                    launch.task(),
                                    launch.executor(),
                                    OUTPUT,
                                    TaskMetrics.NONE,
                                    0)));
        }
        assertEquals(tasks, running.size());
        assertFalse(decisions.runningTasks() > 0);
        return (clock.getCurrentThreadCpuTime() - start) / (double) tasks;
    }
}
