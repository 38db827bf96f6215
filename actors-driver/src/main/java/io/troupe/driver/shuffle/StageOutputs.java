package io.troupe.driver.shuffle;

import io.troupe.cluster.protocol.ExecutorAddress;
import io.troupe.cluster.protocol.ExecutorId;
import io.troupe.cluster.protocol.FilledBlocks;
import io.troupe.cluster.protocol.InputLocations;
import io.troupe.cluster.protocol.OutputSizes;
import io.troupe.cluster.protocol.StageAttempt;
import io.troupe.cluster.protocol.StageId;
import io.troupe.cluster.protocol.TaskAttemptId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Outputs of one stage: at most one registered output per partition, the one that consumers are
/// told to read. Used by one thread.
public final class StageOutputs {
    private final StageId stage;
    private final ExecutorAddress[] holders;
    private final int[] stageAttempts;
    private final int[] attempts;
    private final OutputSizes[] sizes;
    private final long[] partitionBytes;
    private final BitSet present = new BitSet();
    private int count;

    /// Executors that hold the same output once more; null while there is none.
    private ExecutorAddress[] seconds;

    private long rows;
    private final long[] rowsOf;

    /// Nothing registered yet.
    ///
    /// @param partitions the stage's tasks
    /// @param outputPartitions partitions of each task's output
    public StageOutputs(StageId stage, int partitions, int outputPartitions) {
        this.stage = stage;
        this.holders = new ExecutorAddress[partitions];
        this.stageAttempts = new int[partitions];
        this.attempts = new int[partitions];
        this.sizes = new OutputSizes[partitions];
        this.rowsOf = new long[partitions];
        this.partitionBytes = new long[outputPartitions];
    }

    /// Registers an output unless its partition has one.
    ///
    /// @return whether it was registered
    public boolean register(
            TaskAttemptId task, ExecutorAddress holder, OutputSizes size, long taskRows) {
        int p = task.partition();
        if (present.get(p)) {
            return false;
        }
        present.set(p);
        count++;
        holders[p] = holder;
        stageAttempts[p] = task.stage().attempt();
        attempts[p] = task.attempt();
        sizes[p] = size;
        rowsOf[p] = taskRows;
        rows += taskRows;
        addBytes(size, 1);
        return true;
    }

    /// Notes that an executor holds the registered output of a task once more.
    public void addCopy(TaskAttemptId task, ExecutorAddress holder) {
        int p = task.partition();
        if (isRegistered(task) && !holders[p].executor().equals(holder.executor())) {
            if (seconds == null) {
                seconds = new ExecutorAddress[holders.length];
            }
            seconds[p] = holder;
        }
    }

    private boolean isRegistered(TaskAttemptId task) {
        int p = task.partition();
        return p < holders.length
                && present.get(p)
                && stageAttempts[p] == task.stage().attempt()
                && attempts[p] == task.attempt();
    }

    /// An output and where it lies.
    ///
    /// @param task the attempt that made it
    /// @param holder the executor
    public record Located(TaskAttemptId task, ExecutorAddress holder) {}

    /// The registered outputs that one executor holds and no other.
    public List<Located> onlyAt(ExecutorId executor) {
        List<Located> found = new ArrayList<>();
        for (int p = present.nextSetBit(0); p >= 0; p = present.nextSetBit(p + 1)) {
            if (holders[p].executor().equals(executor) && second(p) == null) {
                found.add(new Located(registered(p), holders[p]));
            }
        }
        return found;
    }

    /// The attempt whose output is registered for a partition that has one.
    public TaskAttemptId registered(int partition) {
        StageAttempt attempt = new StageAttempt(stage, stageAttempts[partition]);
        return new TaskAttemptId(attempt, partition, attempts[partition]);
    }

    private ExecutorAddress second(int p) {
        return seconds == null ? null : seconds[p];
    }

    /// Unregisters an output at an executor if it is the registered one. A second copy takes its
    /// place.
    ///
    /// @return whether the output is lost
    public boolean unregister(TaskAttemptId task, ExecutorId holder) {
        int p = task.partition();
        return isRegistered(task) && unregister(p, holder);
    }

    private boolean unregister(int p, ExecutorId holder) {
        ExecutorAddress second = second(p);
        if (second != null && second.executor().equals(holder)) {
            seconds[p] = null;
            return false;
        }
        if (!holders[p].executor().equals(holder)) {
            return false;
        }
        if (second != null) {
            holders[p] = second;
            seconds[p] = null;
            return false;
        }
        remove(p);
        return true;
    }

    /// Unregisters all outputs that an executor holds. Second copies take their place.
    ///
    /// @return how many are lost
    public int unregister(ExecutorId holder) {
        int lost = 0;
        for (int p = present.nextSetBit(0); p >= 0; p = present.nextSetBit(p + 1)) {
            lost += unregister(p, holder) ? 1 : 0;
        }
        return lost;
    }

    /// Unregisters everything.
    public void clear() {
        for (int p = present.nextSetBit(0); p >= 0; p = present.nextSetBit(p + 1)) {
            remove(p);
        }
    }

    private void remove(int p) {
        present.clear(p);
        count--;
        addBytes(sizes[p], -1);
        rows -= rowsOf[p];
        holders[p] = null;
        sizes[p] = null;
        if (seconds != null) {
            seconds[p] = null;
        }
    }

    private void addBytes(OutputSizes size, int sign) {
        for (int i = 0; i < partitionBytes.length; i++) {
            partitionBytes[i] += sign * size.bytes(i);
        }
    }

    /// Whether every partition has an output.
    public boolean isComplete() {
        return count == holders.length;
    }

    /// Whether a partition has an output.
    public boolean has(int partition) {
        return present.get(partition);
    }

    /// Number of outputs registered.
    public int count() {
        return count;
    }

    /// Number of the stage's partitions.
    public int partitions() {
        return holders.length;
    }

    /// Approximate bytes per output partition, over all registered outputs. A copy.
    public long[] partitionBytes() {
        return partitionBytes.clone();
    }

    /// Rows over all registered outputs.
    public long rows() {
        return rows;
    }

    /// The executor that holds a partition's output, or null.
    public ExecutorId holder(int partition) {
        return holders[partition] == null ? null : holders[partition].executor();
    }

    /// Where all outputs lie; only of a complete stage.
    public InputLocations locations() {
        List<ExecutorAddress> executors = new ArrayList<>();
        Map<ExecutorAddress, Integer> index = new HashMap<>();
        int[] holder = new int[holders.length];
        for (int p = 0; p < holder.length; p++) {
            Integer known = index.get(holders[p]);
            if (known == null) {
                known = executors.size();
                index.put(holders[p], known);
                executors.add(holders[p]);
            }
            holder[p] = known;
        }
        return new InputLocations(
                stage,
                List.copyOf(executors),
                holder,
                stageAttempts.clone(),
                attempts.clone(),
                FilledBlocks.of(Arrays.asList(sizes), partitionBytes.length));
    }
}
