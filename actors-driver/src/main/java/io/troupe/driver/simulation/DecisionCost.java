package io.troupe.driver.simulation;

import io.troupe.cluster.protocol.ExecutorAddress;
import io.troupe.cluster.protocol.ExecutorId;
import io.troupe.cluster.protocol.ExecutorInfo;
import io.troupe.cluster.protocol.JobId;
import io.troupe.cluster.protocol.OutputSizes;
import io.troupe.cluster.protocol.QueryId;
import io.troupe.cluster.protocol.StageId;
import io.troupe.cluster.protocol.TaskMetrics;
import io.troupe.cluster.protocol.TaskOutput;
import io.troupe.driver.schedule.DagAction;
import io.troupe.driver.schedule.DagDecisions;
import io.troupe.driver.schedule.JobSpec;
import io.troupe.driver.schedule.SchedulingPolicy;
import io.troupe.driver.schedule.StageSpec;
import io.troupe.driver.schedule.TaskAction;
import io.troupe.driver.schedule.TaskDecisions;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/// What the decisions of a job cost the driver, in time and memory, without messages and executors.
public final class DecisionCost {
    private static final TaskOutput OUTPUT = TaskOutput.stored(OutputSizes.of(new long[] {100}), 1);

    private final DagDecisions dag = new DagDecisions(4, false);
    private final TaskDecisions tasks;
    private final Deque<TaskAction.Launch> launched = new ArrayDeque<>();
    private final int executors;
    private boolean done;

    /// What was measured.
    ///
    /// @param microsPerTask time of both schedulers' decisions for a task, from the job's
    ///   submission to its end, in microseconds
    /// @param bytesPerTask memory that is held for a task at the job's end, in bytes
    public record Measured(double microsPerTask, double bytesPerTask) {}

    private DecisionCost(int executors, SchedulingPolicy policy) {
        this.executors = executors;
        this.tasks = new TaskDecisions(policy);
    }

    /// Measures a job of two stages.
    ///
    /// @param count tasks of both stages together
    public static Measured measure(int executors, int slots, int count, SchedulingPolicy policy) {
        DecisionCost cost = new DecisionCost(executors, policy);
        for (int i = 0; i < executors; i++) {
            ExecutorAddress address = new ExecutorAddress(new ExecutorId("e" + i), "h", 1);
            cost.obey(cost.tasks.executorJoined(new ExecutorInfo(address, slots, 0, ""), 0));
        }
        QueryId query = new QueryId(1);
        StageId first = new StageId(query, 0);
        List<StageSpec> stages = new ArrayList<>();
        stages.add(
                DrawnWorkload.stage(
                        first, new Workload.StageWork(count / 2, false, false), false, List.of()));
        stages.add(
                DrawnWorkload.stage(
                        new StageId(query, 1),
                        new Workload.StageWork(count - count / 2, false, false),
                        true,
                        List.of(first)));
        JobSpec job = new JobSpec(new JobId(1), stages, stages.getLast().id(), "measured");
        long before = heldBytes();
        long nanos = cost.play(job);
        double bytes = heldBytes() - before;
        if (!cost.done || cost.executors != executors) {
            throw new IllegalStateException("the job did not end");
        }
        return new Measured(nanos / 1e3 / count, bytes / count);
    }

    private long play(JobSpec job) {
        long start = System.nanoTime();
        obeyDag(dag.submit(job));
        while (!launched.isEmpty()) {
            TaskAction.Launch next = launched.poll();
            obey(tasks.succeeded(next.task(), next.executor(), OUTPUT, TaskMetrics.NONE, 0));
        }
        return System.nanoTime() - start;
    }

    private void obey(List<TaskAction> actions) {
        for (TaskAction action : actions) {
            switch (action) {
                case TaskAction.Launch a -> launched.add(a);
                case TaskAction.Succeeded a ->
                        obeyDag(dag.taskSucceeded(a.task(), a.holder(), a.output()));
                case TaskAction.Joined a ->
                        obeyDag(dag.executorJoined(a.executor(), a.totalSlots()));
                default -> throw new IllegalStateException("not expected: " + action);
            }
        }
    }

    private void obeyDag(List<DagAction> actions) {
        for (DagAction action : actions) {
            switch (action) {
                case DagAction.RunTasks a -> obey(tasks.submit(a, 0));
                case DagAction.JobDone a -> done = true;
                case DagAction.ResultLayout a -> launched.size();
                case DagAction.ResultReady a -> launched.size();
                case DagAction.StageDone a -> launched.size();
                default -> throw new IllegalStateException("not expected: " + action);
            }
        }
    }

    private static long heldBytes() {
        Runtime runtime = Runtime.getRuntime();
        long held = Long.MAX_VALUE;
        for (int i = 0; i < 3; i++) {
            System.gc();
            held = Math.min(held, runtime.totalMemory() - runtime.freeMemory());
        }
        return held;
    }
}
