package io.troupe.driver.schedule;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

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
import io.troupe.driver.schedule.SchedulingPolicy.Ahead;
import io.troupe.driver.schedule.SchedulingPolicy.Exclusion;
import io.troupe.driver.schedule.SchedulingPolicy.Pool;
import io.troupe.driver.schedule.SchedulingPolicy.Speculation;
import io.troupe.planner.stage.TaskSpec;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// Speculation, exclusion, pools and leaving executors.
class SchedulingPolicyTest {
    private static final ExecutorId A = new ExecutorId("a");
    private static final ExecutorId B = new ExecutorId("b");
    private static final ExecutorId C = new ExecutorId("c");
    private static final TaskFailure CRASH = new TaskFailure.WorkerCrash("died", 1, "");
    private static final TaskOutput OUTPUT = TaskOutput.stored(OutputSizes.of(new long[] {1}), 1);

    private static final Ahead AHEAD = new Ahead(2, 1_000, 8);

    private TaskDecisions decisions = decisions(Speculation.OFF, Exclusion.OFF, List.of());

    private static TaskDecisions decisions(
            Speculation speculation, Exclusion exclusion, List<Pool> pools) {
        return new TaskDecisions(
                new SchedulingPolicy(
                        TaskLimits.CLUSTER,
                        speculation,
                        exclusion,
                        !pools.isEmpty(),
                        pools,
                        10_000,
                        false,
                        AHEAD));
    }

    private void join(int slots, ExecutorId... ids) {
        for (ExecutorId id : ids) {
            decisions.executorJoined(
                    new ExecutorInfo(new ExecutorAddress(id, "h", 1), slots, 0, ""), 0);
        }
    }

    private List<TaskAction.Launch> submit(long job, String pool, int tasks) {
        return submit(job, pool, tasks, 0);
    }

    private List<TaskAction.Launch> submit(long job, String pool, int tasks, long now) {
        List<TaskSpec> specs =
                IntStream.range(0, tasks).mapToObj(p -> new TaskSpec(p, List.of())).toList();
        StageAttempt stage = new StageAttempt(new StageId(new QueryId(job), 0), 0);
        return of(
                TaskAction.Launch.class,
                decisions.submit(
                        new DagAction.RunTasks(
                                new StageBundle(stage, null, 1, List.of(), Map.of()),
                                new JobId(job),
                                pool,
                                specs,
                                List.of()),
                        now));
    }

    private static <T extends TaskAction> List<T> of(Class<T> type, List<TaskAction> actions) {
        return actions.stream().filter(type::isInstance).map(type::cast).toList();
    }

    private List<TaskAction> succeed(TaskAction.Launch launch, long now) {
        return decisions.succeeded(launch.task(), launch.executor(), OUTPUT, TaskMetrics.NONE, now);
    }

    private List<TaskAction> fail(TaskAction.Launch launch, TaskFailure failure, long now) {
        return decisions.failed(launch.task(), launch.executor(), failure, TaskMetrics.NONE, now);
    }

    @Test
    void slowTaskGetsACopyElsewhereAndTheFirstEndStopsTheOther() {
        decisions = decisions(Speculation.ON, Exclusion.OFF, List.of());
        join(10, A, B);
        List<TaskAction.Launch> first = submit(1, Pool.DEFAULT, 10);
        first.subList(0, 9).forEach(launch -> succeed(launch, 100));
        TaskAction.Launch slow = first.get(9);
        assertEquals(List.of(), of(TaskAction.Launch.class, decisions.tick(300)));
        List<TaskAction.Launch> copies = of(TaskAction.Launch.class, decisions.tick(400));
        assertEquals(1, copies.size());
        TaskAction.Launch copy = copies.getFirst();
        assertEquals(slow.task().partition(), copy.task().partition());
        assertEquals(1, copy.task().attempt());
        assertTrue(!copy.executor().equals(slow.executor()));
        assertEquals(List.of(), of(TaskAction.Launch.class, decisions.tick(9_000)));
        List<TaskAction> actions = succeed(copy, 9_100);
        assertEquals(slow.task(), of(TaskAction.Stop.class, actions).getFirst().task());
        assertEquals(1, of(TaskAction.Succeeded.class, actions).size());
        succeed(slow, 9_200);
        assertTrue(decisions.isIdle());
    }

    @Test
    void failureOfOneCopyStartsNoThirdWhileTheOtherRuns() {
        decisions = decisions(Speculation.ON, Exclusion.OFF, List.of());
        join(10, A, B, C);
        List<TaskAction.Launch> first = submit(1, Pool.DEFAULT, 10);
        first.subList(0, 9).forEach(launch -> succeed(launch, 100));
        TaskAction.Launch copy = of(TaskAction.Launch.class, decisions.tick(400)).getFirst();
        assertEquals(List.of(), of(TaskAction.Launch.class, fail(copy, CRASH, 500)));
        List<TaskAction.Launch> again = of(TaskAction.Launch.class, fail(first.get(9), CRASH, 600));
        assertEquals(1, again.size());
        assertEquals(2, again.getFirst().task().attempt());
    }

    @Test
    void executorWhereTasksFailGetsNoMoreUntilItsTimeIsOver() {
        decisions = decisions(Speculation.OFF, new Exclusion(true, 2, 1_000), List.of());
        join(2, A, B);
        List<TaskAction.Launch> first = submit(1, Pool.DEFAULT, 8);
        List<TaskAction.Launch> onA = first.stream().filter(l -> l.executor().equals(A)).toList();
        assertEquals(1, of(TaskAction.Launch.class, fail(onA.get(0), CRASH, 10)).size());
        List<TaskAction> second = fail(onA.get(1), CRASH, 20);
        assertEquals(A, of(TaskAction.Excluded.class, second).getFirst().executor());
        assertEquals(List.of(), of(TaskAction.Launch.class, second));
        List<TaskAction> later = decisions.tick(1_020);
        assertEquals(A, of(TaskAction.Admitted.class, later).getFirst().executor());
        assertEquals(A, of(TaskAction.Launch.class, later).getFirst().executor());
    }

    @Test
    void lastExecutorIsNeverExcluded() {
        decisions = decisions(Speculation.OFF, new Exclusion(true, 1, 1_000), List.of());
        join(1, A, B);
        List<TaskAction.Launch> first = submit(1, Pool.DEFAULT, 8);
        fail(first.get(0), CRASH, 10);
        List<TaskAction> second = fail(first.get(1), CRASH, 10);
        assertEquals(List.of(), of(TaskAction.Excluded.class, second));
        assertEquals(1, of(TaskAction.Launch.class, second).size());
        List<TaskAction> lost = decisions.executorLost(second.isEmpty() ? A : B, "gone", 20);
        assertEquals(1, of(TaskAction.Launch.class, lost).size());
    }

    @Test
    void poolsShareSlotsByLeastShareAndWeight() {
        decisions =
                decisions(
                        Speculation.OFF,
                        Exclusion.OFF,
                        List.of(new Pool("big", false, 3, 0), new Pool("quick", false, 1, 2)));
        submit(1, "big", 100);
        submit(2, "quick", 100);
        submit(3, "other", 100);
        List<TaskAction.Launch> launched = new ArrayList<>();
        launched.addAll(
                of(
                        TaskAction.Launch.class,
                        decisions.executorJoined(
                                new ExecutorInfo(new ExecutorAddress(A, "h", 1), 12, 0, ""), 0)));
        assertEquals(
                List.of(7L, 2L, 3L),
                IntStream.of(1, 2, 3)
                        .mapToObj(job -> launched.stream().filter(l -> jobOf(l) == job).count())
                        .toList());
        assertEquals(2, jobOf(launched.getFirst()));
    }

    private static long jobOf(TaskAction.Launch launch) {
        return launch.task().stage().stage().query().value();
    }

    @Test
    void fairPoolSharesItsSlotsBetweenJobs() {
        decisions = decisions(Speculation.OFF, Exclusion.OFF, List.of(new Pool("p", true, 1, 0)));
        submit(1, "p", 100);
        submit(2, "p", 100);
        join(0, B);
        List<TaskAction.Launch> launched =
                of(
                        TaskAction.Launch.class,
                        decisions.executorJoined(
                                new ExecutorInfo(new ExecutorAddress(A, "h", 1), 8, 0, ""), 0));
        assertEquals(4, launched.stream().filter(l -> jobOf(l) == 2).count());
    }

    @Test
    void leavingExecutorFinishesHandsOverAndIsGivenUpWhenNobodyReadsFromIt() {
        join(1, A, B);
        List<TaskAction.Launch> first = submit(1, Pool.DEFAULT, 2);
        TaskAction.Launch onA =
                first.stream().filter(l -> l.executor().equals(A)).findFirst().orElseThrow();
        List<TaskAction> leaving = decisions.executorLeaves(A, "told to", 100);
        assertEquals(A, of(TaskAction.Draining.class, leaving).getFirst().executor());
        assertEquals(List.of(), decisions.executorLeaves(A, "told to", 110));
        List<TaskAction> ended = succeed(onA, 200);
        assertEquals(1, of(TaskAction.Draining.class, ended).size());
        TaskAttemptId output = onA.task();
        List<TaskAction.Copy> copies =
                of(
                        TaskAction.Copy.class,
                        decisions.copyOutput(
                                new DagAction.CopyOutput(output, 1, new ExecutorAddress(A, "h", 1)),
                                210));
        assertEquals(B, copies.getFirst().executor());
        assertEquals(List.of(), decisions.outputsListed(A, 220));
        List<TaskAction> copied = decisions.outputCopied(output, B, true, 230);
        assertEquals(1, of(TaskAction.Copied.class, copied).size());
        assertTrue(decisions.isLive(A), "a stage still runs that was told to read from it");
        TaskAction.Launch onB =
                first.stream().filter(l -> l.executor().equals(B)).findFirst().orElseThrow();
        succeed(onB, 240);
        List<TaskAction> gone = decisions.tick(500);
        assertEquals(A, of(TaskAction.Dismiss.class, gone).getFirst().executor());
        assertTrue(!decisions.isLive(A));
    }

    @Test
    void leavingExecutorIsGivenUpWhenItsTimeIsOver() {
        join(1, A, B);
        submit(1, Pool.DEFAULT, 2);
        decisions.executorLeaves(A, "told to", 100);
        assertEquals(List.of(), of(TaskAction.Lost.class, decisions.tick(10_000)));
        List<TaskAction> late = decisions.tick(10_100);
        assertEquals(A, of(TaskAction.Lost.class, late).getFirst().executor());
    }

    @Test
    void stopThatGotLostIsToldAgain() {
        join(1, A);
        TaskAction.Launch launch = submit(1, Pool.DEFAULT, 1).getFirst();
        decisions.cancel(launch.task().stage(), "asked", 10);
        List<TaskAction> actions =
                decisions.heartbeat(A, List.of(launch.task()), List.of(), 20_000);
        assertEquals(launch.task(), of(TaskAction.Stop.class, actions).getFirst().task());
    }

    private static final TaskMetrics SHORT = new TaskMetrics(100_000, 0, Map.of());
    private static final TaskMetrics LONG = new TaskMetrics(5_000_000, 0, Map.of());

    /// Ends tasks in the order of their launch until so many have ended.
    private Deque<TaskAction.Launch> play(
            List<TaskAction.Launch> first, int ends, TaskMetrics ran) {
        Deque<TaskAction.Launch> there = new ArrayDeque<>(first);
        for (int i = 0; i < ends; i++) {
            TaskAction.Launch next = there.poll();
            there.addAll(
                    of(
                            TaskAction.Launch.class,
                            decisions.succeeded(next.task(), next.executor(), OUTPUT, ran, 10)));
        }
        return there;
    }

    @Test
    void shortTasksAreSentBeforeThereIsASlotForThem() {
        join(2, A);
        List<TaskAction.Launch> first = submit(1, Pool.DEFAULT, 100);
        Deque<TaskAction.Launch> there = play(first, AHEAD.measured() - 1, SHORT);
        assertEquals(2, there.size());
        assertEquals(2 + 2 * AHEAD.perSlot(), play(List.copyOf(there), 1, SHORT).size());
    }

    @Test
    void longTasksWaitForTheirSlots() {
        join(2, A);
        assertEquals(2, play(submit(1, Pool.DEFAULT, 100), 50, LONG).size());
    }

    @Test
    void taskThatWaitsBehindALongOneIsTakenBackWhenAnotherExecutorIsFree() {
        join(1, A);
        int waiting = AHEAD.perSlot();
        List<TaskAction.Launch> first = submit(1, Pool.DEFAULT, AHEAD.measured() + waiting + 2);
        List<TaskAction.Launch> there = List.copyOf(play(first, AHEAD.measured(), SHORT));
        assertEquals(1 + waiting, there.size());
        List<TaskAction> joined =
                decisions.executorJoined(
                        new ExecutorInfo(new ExecutorAddress(B, "h", 1), 1, 0, ""), 10);
        TaskAction.Launch last = of(TaskAction.Launch.class, joined).getFirst();
        assertEquals(List.of(), of(TaskAction.Stop.class, decisions.tick(900)));
        decisions.succeeded(last.task(), B, OUTPUT, SHORT, 900);
        List<TaskAttemptId> stopped =
                of(TaskAction.Stop.class, decisions.tick(910)).stream()
                        .map(TaskAction.Stop::task)
                        .toList();
        assertEquals(there.stream().skip(1).map(TaskAction.Launch::task).toList(), stopped);
        TaskAction.Launch elsewhere =
                of(
                                TaskAction.Launch.class,
                                fail(there.get(1), new TaskFailure.Cancelled("waits"), 920))
                        .getFirst();
        assertEquals(B, elsewhere.executor());
        assertEquals(1, elsewhere.task().attempt());
    }
}
