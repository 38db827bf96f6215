package io.troupe.driver.simulation;

import io.troupe.cluster.protocol.ExecutorId;
import io.troupe.cluster.protocol.TaskAttemptId;
import io.troupe.cluster.protocol.TaskFailure;
import io.troupe.cluster.protocol.TaskId;
import io.troupe.driver.schedule.JobSpec;
import java.util.BitSet;
import java.util.Map;

/// Reads a job's result, partition by partition as they become ready, and checks it against the
/// right answer.
final class SimulatedReader {
    private final World world;
    private final SimulatedDriver driver;
    private final JobSpec job;
    private final long[] answer;
    private final BitSet read = new BitSet();
    private final BitSet pending = new BitSet();
    private Map<TaskId, TaskAttemptId> picks;
    private boolean isDone;
    private TaskFailure failure;
    private boolean released;

    SimulatedReader(World world, SimulatedDriver driver, JobSpec job) {
        this.world = world;
        this.driver = driver;
        this.job = job;
        this.answer = Answers.of(job);
    }

    JobSpec job() {
        return job;
    }

    void layout(int partitions) {
        if (partitions != answer.length) {
            throw world.violation(
                    job.id() + " has " + partitions + " partitions, not " + answer.length);
        }
    }

    void ready(TaskAttemptId task, ExecutorId holder) {
        int partition = task.partition();
        if (pending.get(partition) || read.get(partition)) {
            throw world.violation(
                    "partition " + partition + " of " + job.id() + " was announced twice");
        }
        if (failure != null) {
            throw world.violation(job.id() + " gives a result after it failed");
        }
        pending.set(partition);
        driver.invariants().accepted(task, holder);
        world.after(1 + world.below(200), () -> fetch(task, holder));
    }

    private void fetch(TaskAttemptId task, ExecutorId holder) {
        if (released) {
            return;
        }
        int partition = task.partition();
        SimulatedExecutor executor = driver.executor(holder);
        long wait = executor.waitFor(Network.DRIVER);
        if (wait > 0 && wait < SimulatedExecutor.DATA_PATIENCE) {
            world.after(wait, () -> fetch(task, holder));
            return;
        }
        pending.clear(partition);
        Answers.Output output = wait > 0 ? null : executor.block(task);
        if (output == null || executor.isCorrupt(task)) {
            world.reached(isDone ? RarePath.RESULT_LOST_AFTER_THE_END : RarePath.RESULT_LOST);
            if (wait > 0) {
                driver.gone(holder, "result fetch");
            }
            driver.resultLost(job.id(), partition);
            return;
        }
        check(partition, output);
        read.set(partition);
        if (read.cardinality() == answer.length) {
            release();
        }
    }

    private void check(int partition, Answers.Output output) {
        picks = Answers.Output.merge(picks, output.picks());
        if (picks != null && picks.isEmpty()) {
            throw world.violation(
                    "the result of " + job.id() + " mixes runs of a stage whose rows change");
        }
        if (output.picks() == null && output.value() != answer[partition]) {
            throw world.violation("partition " + partition + " of " + job.id() + " is wrong");
        }
    }

    void done() {
        isDone = true;
        if (read.cardinality() + pending.cardinality() < answer.length) {
            throw world.violation(
                    job.id() + " is done but announced only " + read + " and " + pending);
        }
    }

    private void release() {
        released = true;
        driver.release(job);
    }

    void failed(TaskFailure why) {
        if (failure != null) {
            throw world.violation(job.id() + " failed twice");
        }
        if (!released) {
            failure = why;
            driver.invariants().jobFailed(job, why);
            world.after(10, this::release);
        }
    }

    boolean isOver() {
        return released;
    }

    boolean succeeded() {
        return failure == null && released;
    }

    String describe() {
        return job.id() + " read " + read + " of " + answer.length;
    }
}
