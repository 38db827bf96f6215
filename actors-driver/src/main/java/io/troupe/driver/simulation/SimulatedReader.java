package io.troupe.driver.simulation;

import io.troupe.cluster.protocol.ExecutorId;
import io.troupe.cluster.protocol.TaskAttemptId;
import io.troupe.cluster.protocol.TaskFailure;
import io.troupe.driver.schedule.JobSpec;
import java.util.BitSet;

/// Reads a job's result, partition by partition as they become ready, and checks it against the
/// right answer.
final class SimulatedReader {
    private final World world;
    private final SimulatedCluster cluster;
    private final JobSpec job;
    private final long[] answer;
    private final BitSet read = new BitSet();
    private final BitSet pending = new BitSet();
    private TaskFailure failure;
    private boolean released;

    SimulatedReader(World world, SimulatedCluster cluster, JobSpec job) {
        this.world = world;
        this.cluster = cluster;
        this.job = job;
        this.answer = SimulatedJobs.answer(job);
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
        pending.set(partition);
        world.after(1 + world.random.nextLong(300), "result read", () -> fetch(task, holder));
    }

    private void fetch(TaskAttemptId task, ExecutorId holder) {
        if (released) {
            return;
        }
        int partition = task.partition();
        pending.clear(partition);
        SimulatedExecutor executor = cluster.executor(holder);
        Long value = executor.isAlive() ? executor.block(task) : null;
        if (value == null) {
            world.reached("result lost");
            if (!executor.isAlive()) {
                cluster.gone(holder, "result fetch");
            }
            cluster.resultLost(job.id(), partition);
            return;
        }
        if (value != answer[partition]) {
            throw world.violation("partition " + partition + " of " + job.id() + " is wrong");
        }
        read.set(partition);
        releaseIfRead();
    }

    void done() {
        if (read.cardinality() + pending.cardinality() < answer.length) {
            throw world.violation(
                    job.id() + " is done but announced only " + read + " and " + pending);
        }
    }

    private void releaseIfRead() {
        if (read.cardinality() == answer.length) {
            release();
        }
    }

    private void release() {
        released = true;
        cluster.release(job);
    }

    void failed(TaskFailure why) {
        if (failure != null) {
            throw world.violation(job.id() + " failed twice");
        }
        if (!released) {
            failure = why;
            world.reached("job failed: " + why.getClass().getSimpleName());
            world.after(10, "release", this::release);
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
