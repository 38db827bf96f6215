package io.troupe.driver.schedule;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.troupe.cluster.protocol.BlockId;
import io.troupe.cluster.protocol.ExecutorAddress;
import io.troupe.cluster.protocol.ExecutorId;
import io.troupe.cluster.protocol.JobId;
import io.troupe.cluster.protocol.OutputSizes;
import io.troupe.cluster.protocol.QueryId;
import io.troupe.cluster.protocol.StageId;
import io.troupe.cluster.protocol.TaskAttemptId;
import io.troupe.cluster.protocol.TaskFailure;
import io.troupe.cluster.protocol.TaskOutput;
import io.troupe.planner.stage.TaskSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class DagDecisionsTest {
    private static final QueryId QUERY = new QueryId(1);
    private static final ExecutorId A = new ExecutorId("a");
    private static final ExecutorId B = new ExecutorId("b");

    private final DagDecisions dag = new DagDecisions(3, false);

    @BeforeEach
    void executors() {
        dag.executorJoined(A, 1);
        dag.executorJoined(B, 2);
    }

    private static StageSpec stage(
            int number, int tasks, boolean result, boolean deterministic, int... inputs) {
        List<TaskSpec> specs =
                IntStream.range(0, tasks).mapToObj(p -> new TaskSpec(p, List.of())).toList();
        List<StageId> ids = IntStream.of(inputs).mapToObj(i -> new StageId(QUERY, i)).toList();
        return new StageSpec(
                new StageId(QUERY, number),
                null,
                1,
                result,
                deterministic,
                ids,
                (known, slots) -> specs);
    }

    private static JobSpec job(long id, StageSpec... stages) {
        return new JobSpec(new JobId(id), List.of(stages), stages[stages.length - 1].id(), "");
    }

    private static <T> List<T> of(List<DagAction> actions, Class<T> type) {
        return actions.stream().filter(type::isInstance).map(type::cast).toList();
    }

    private static DagAction.RunTasks run(List<DagAction> actions) {
        List<DagAction.RunTasks> runs = of(actions, DagAction.RunTasks.class);
        assertEquals(1, runs.size(), actions.toString());
        return runs.getFirst();
    }

    private List<DagAction> succeed(TaskAttemptId task, ExecutorId on) {
        return dag.taskSucceeded(
                task,
                new ExecutorAddress(on, "h", 1),
                TaskOutput.stored(OutputSizes.of(new long[] {5}), 1));
    }

    private List<DagAction> succeedAll(DagAction.RunTasks run, ExecutorId... on) {
        List<DagAction> last = new ArrayList<>();
        int i = 0;
        for (TaskSpec task : run.tasks()) {
            last.addAll(
                    succeed(
                            new TaskAttemptId(run.bundle().stage(), task.partition(), 0),
                            on[i++ % on.length]));
        }
        return last;
    }

    private static int number(DagAction.RunTasks run) {
        return run.bundle().stage().stage().number();
    }

    @Test
    void runsStagesWhenTheirInputsAreThereAndDeliversEachPartitionOnce() {
        DagAction.RunTasks first =
                run(dag.submit(job(1, stage(0, 2, false, true), stage(1, 3, true, true, 0))));
        assertEquals(0, number(first));
        List<DagAction> actions = succeedAll(first, A);
        DagAction.RunTasks second = run(actions);
        assertEquals(1, number(second));
        assertEquals(3, of(actions, DagAction.ResultLayout.class).getFirst().partitions());
        assertEquals(2, second.bundle().inputs().getFirst().partitions());
        List<DagAction> end = succeedAll(second, A);
        assertEquals(3, of(end, DagAction.ResultReady.class).size());
        assertEquals(1, of(end, DagAction.JobDone.class).size());
        assertTrue(dag.activeJobs().isEmpty());
    }

    @Test
    void independentStagesRunTogether() {
        List<DagAction> actions =
                dag.submit(
                        job(
                                1,
                                stage(0, 1, false, true),
                                stage(1, 1, false, true),
                                stage(2, 1, true, true, 0, 1)));
        assertEquals(2, of(actions, DagAction.RunTasks.class).size());
    }

    @Test
    void finishedStagesOfTheQueryAreNotRunAgain() {
        StageSpec shared = stage(0, 2, false, true);
        DagAction.RunTasks first = run(dag.submit(job(1, shared)));
        assertEquals(1, of(succeedAll(first, A), DagAction.JobDone.class).size());
        assertEquals(1, number(run(dag.submit(job(2, shared, stage(1, 1, true, true, 0))))));
    }

    @Test
    void lostExecutorMakesOnlyItsOutputsAgainThroughAnyDepth() {
        JobSpec job =
                job(
                        1,
                        stage(0, 4, false, true),
                        stage(1, 2, false, true, 0),
                        stage(2, 2, true, true, 1));
        DagAction.RunTasks first = run(dag.submit(job));
        DagAction.RunTasks second = run(succeedAll(first, A, B));
        DagAction.RunTasks third = run(succeedAll(second, A, B));
        List<DagAction> actions = dag.executorLost(A, 1);
        assertEquals(
                third.bundle().stage(),
                of(actions, DagAction.CancelTasks.class).getFirst().stage());
        DagAction.RunTasks again = run(actions);
        assertEquals(0, number(again));
        assertEquals(List.of(0, 2), again.tasks().stream().map(TaskSpec::partition).toList());
        DagAction.RunTasks middle = run(succeedAll(again, B));
        assertEquals(List.of(0), middle.tasks().stream().map(TaskSpec::partition).toList());
        DagAction.RunTasks last = run(succeedAll(middle, B));
        assertEquals(1, last.bundle().stage().attempt());
        assertEquals(1, of(succeedAll(last, B), DagAction.JobDone.class).size());
    }

    @Test
    void outputsNobodyNeedsAnyMoreAreNotMadeAgain() {
        JobSpec job =
                job(
                        1,
                        stage(0, 1, false, true),
                        stage(1, 1, false, true, 0),
                        stage(2, 2, true, true, 1));
        DagAction.RunTasks second = run(succeedAll(run(dag.submit(job)), A));
        succeedAll(second, B);
        assertTrue(dag.executorLost(A, 1).isEmpty());
    }

    @Test
    void lateEndOnALostExecutorIsIgnored() {
        DagAction.RunTasks first = run(dag.submit(job(1, stage(0, 1, true, true))));
        dag.executorLost(A, 1);
        assertTrue(succeed(new TaskAttemptId(first.bundle().stage(), 0, 0), A).isEmpty());
        assertEquals(1, of(succeedAll(first, B), DagAction.JobDone.class).size());
        assertTrue(succeedAll(first, B).isEmpty());
    }

    private List<DagAction> fetchFailure(DagAction.RunTasks producer, DagAction.RunTasks consumer) {
        return dag.fetchFailed(
                new TaskAttemptId(consumer.bundle().stage(), 0, 0),
                new TaskFailure.FetchFailure(
                        new BlockId(new TaskAttemptId(producer.bundle().stage(), 0, 0), 0),
                        A,
                        TaskFailure.FetchFailure.Reason.MISSING,
                        ""));
    }

    @Test
    void lostBlockIsMadeAgainAndStaleReportsOfItChangeNothing() {
        DagAction.RunTasks first =
                run(dag.submit(job(1, stage(0, 2, false, true), stage(1, 2, true, true, 0))));
        DagAction.RunTasks second = run(succeedAll(first, A));
        DagAction.RunTasks again = run(fetchFailure(first, second));
        assertEquals(List.of(0), again.tasks().stream().map(TaskSpec::partition).toList());
        assertTrue(fetchFailure(first, second).isEmpty());
        assertEquals(1, run(succeedAll(again, A)).bundle().stage().attempt());
    }

    @Test
    void stageThatNeverGetsItsInputsIsGivenUp() {
        DagAction.RunTasks producer =
                run(dag.submit(job(1, stage(0, 1, false, true), stage(1, 1, true, true, 0))));
        List<DagAction> actions = List.of();
        for (int i = 0; i < 3; i++) {
            DagAction.RunTasks consumer = run(succeedAll(producer, A));
            actions = fetchFailure(producer, consumer);
            producer = i < 2 ? run(actions) : producer;
        }
        TaskFailure failure = of(actions, DagAction.JobFailed.class).getFirst().failure();
        assertInstanceOf(TaskFailure.GivenUp.class, failure);
        assertTrue(failure.message().contains("3 attempts"), failure.message());
    }

    @Test
    void stageWhoseRowsChangeStartsOverWithAllThatReadIt() {
        JobSpec job =
                job(
                        1,
                        stage(0, 2, false, false),
                        stage(1, 2, false, true, 0),
                        stage(2, 1, true, true, 1));
        DagAction.RunTasks first = run(dag.submit(job));
        DagAction.RunTasks second = run(succeedAll(first, A, B));
        succeed(new TaskAttemptId(second.bundle().stage(), 0, 0), B);
        DagAction.RunTasks again = run(dag.executorLost(A, 1));
        assertEquals(2, again.tasks().size());
        assertEquals(2, run(succeedAll(again, B)).tasks().size());
    }

    @Test
    void lostResultIsMadeAgainEvenAfterTheJobWasDone() {
        DagAction.RunTasks first = run(dag.submit(job(1, stage(0, 2, true, true))));
        succeedAll(first, A);
        DagAction.RunTasks again = run(dag.resultLost(new JobId(1), 1));
        assertEquals(List.of(1), again.tasks().stream().map(TaskSpec::partition).toList());
        List<DagAction> end = succeedAll(again, B);
        assertEquals(1, of(end, DagAction.ResultReady.class).size());
        assertEquals(1, of(end, DagAction.JobDone.class).size());
        dag.release(QUERY);
        assertTrue(dag.resultLost(new JobId(1), 0).isEmpty());
    }

    @Test
    void cancelledJobStopsItsStagesUnlessOthersUseThem() {
        StageSpec shared = stage(0, 1, false, true);
        dag.submit(job(1, shared, stage(1, 1, true, true, 0)));
        dag.submit(job(2, shared, stage(2, 1, true, true, 0)));
        List<DagAction> one = dag.cancel(new JobId(1), "enough");
        assertTrue(of(one, DagAction.CancelTasks.class).isEmpty());
        assertEquals(1, of(one, DagAction.JobFailed.class).size());
        assertEquals(1, of(dag.cancel(new JobId(2), "enough"), DagAction.CancelTasks.class).size());
    }

    @Test
    void inputThatIsMadeAgainIsStoppedWhenTheJobEndsWithoutIt() {
        DagAction.RunTasks first =
                run(dag.submit(job(1, stage(0, 1, false, true), stage(1, 1, true, true, 0))));
        DagAction.RunTasks second = run(succeedAll(first, A));
        DagAction.RunTasks again = run(dag.executorLost(A, 2));
        assertEquals(0, number(again));
        List<DagAction> end = succeedAll(second, B);
        assertEquals(1, of(end, DagAction.JobDone.class).size());
        assertEquals(
                List.of(again.bundle().stage()),
                of(end, DagAction.CancelTasks.class).stream()
                        .map(DagAction.CancelTasks::stage)
                        .toList());
    }

    @Test
    void layoutThatThrowsFailsTheJobWithTheReason() {
        StageSpec bad =
                new StageSpec(
                        new StageId(QUERY, 0),
                        null,
                        1,
                        true,
                        true,
                        List.of(),
                        (known, slots) -> {
                            throw new IllegalStateException("no files");
                        });
        TaskFailure failure =
                of(dag.submit(job(1, bad)), DagAction.JobFailed.class).getFirst().failure();
        assertTrue(failure.message().contains("no files"), failure.message());
    }

    @Test
    void secondCopyTakesThePlaceOfALostOutput() {
        DagDecisions twice = new DagDecisions(3, true);
        twice.executorJoined(A, 1);
        twice.executorJoined(B, 1);
        DagAction.RunTasks first =
                run(twice.submit(job(1, stage(0, 1, false, true), stage(1, 1, true, true, 0))));
        TaskAttemptId task = new TaskAttemptId(first.bundle().stage(), 0, 0);
        List<DagAction> ended =
                twice.taskSucceeded(
                        task,
                        new ExecutorAddress(A, "h", 1),
                        TaskOutput.stored(OutputSizes.of(new long[] {5}), 1));
        DagAction.CopyOutput order = of(ended, DagAction.CopyOutput.class).getFirst();
        assertEquals(A, order.from().executor());
        twice.outputCopied(task, new ExecutorAddress(B, "h", 1));
        assertEquals(List.of(), twice.executorLost(A, 1));
        assertEquals(B, twice.outputs(first.bundle().stage().stage()).holder(0));
        assertEquals(0, number(run(twice.executorLost(B, 1))));
    }

    @Test
    void leavingExecutorsOutputsAreCopiedOnceAndLateOnesToo() {
        StageSpec shared = stage(0, 2, false, true);
        DagAction.RunTasks first = run(dag.submit(job(1, shared)));
        TaskAttemptId one = new TaskAttemptId(first.bundle().stage(), 0, 0);
        TaskAttemptId two = new TaskAttemptId(first.bundle().stage(), 1, 0);
        succeed(one, A);
        List<DagAction> listed = dag.executorDraining(A);
        assertEquals(one, of(listed, DagAction.CopyOutput.class).getFirst().task());
        assertEquals(1, of(listed, DagAction.OutputsListed.class).size());
        dag.outputCopied(one, new ExecutorAddress(B, "h", 1));
        List<DagAction> late = succeed(two, A);
        assertEquals(two, of(late, DagAction.CopyOutput.class).getFirst().task());
        assertEquals(
                List.of(two),
                of(dag.executorDraining(A), DagAction.CopyOutput.class).stream()
                        .map(DagAction.CopyOutput::task)
                        .toList());
    }
}
