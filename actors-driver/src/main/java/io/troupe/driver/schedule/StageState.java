package io.troupe.driver.schedule;

import io.troupe.cluster.protocol.JobId;
import io.troupe.cluster.protocol.StageAttempt;
import io.troupe.cluster.protocol.TaskAttemptId;
import io.troupe.driver.shuffle.StageOutputs;
import io.troupe.planner.stage.TaskSpec;
import java.util.BitSet;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/// What the scheduler knows of one stage.
///
/// ```
/// WAITING ──inputs complete──▶ RUNNING ──all outputs──▶ DONE
///    ▲                            │                      │
///    └──────input or output lost──┴──────output lost─────┘
/// ```
final class StageState {
    /// What is awaited.
    enum Phase {
        /// Outputs of input stages, or a job that needs the stage.
        WAITING,
        /// Ends of its tasks.
        RUNNING,
        /// Nothing: all outputs are there.
        DONE
    }

    final StageSpec spec;
    final SortedSet<JobId> users = new TreeSet<>();
    Phase phase = Phase.WAITING;
    int attempt = -1;

    /// Attempts in a row that ended with a fetch failure.
    int fetchFailures;

    List<TaskSpec> tasks;

    /// For result stages: which partitions the caller was told of.
    private final BitSet delivered = new BitSet();

    private int deliveredCount;

    /// For result stages: a stage that gives other rows now than those that went into the result,
    /// as the whole of it had been delivered by then; null if there is none.
    StageSpec voidedBy;

    StageOutputs outputs;

    /// Partitions of the current attempt whose tasks have not ended.
    final BitSet outstanding = new BitSet();

    /// Whether any attempt of any of its tasks gives the same rows.
    final boolean stable;

    StageState(StageSpec spec, boolean stable) {
        this.spec = spec;
        this.stable = stable;
    }

    StageAttempt current() {
        return new StageAttempt(spec.id(), attempt);
    }

    boolean isCurrent(TaskAttemptId task) {
        return phase == Phase.RUNNING && task.stage().attempt() == attempt;
    }

    boolean isLaidOut() {
        return tasks != null;
    }

    boolean has(int partition) {
        return spec.isResult() ? isDelivered(partition) : outputs.has(partition);
    }

    boolean isComplete() {
        return isLaidOut()
                && (spec.isResult() ? deliveredCount == tasks.size() : outputs.isComplete());
    }

    boolean isDelivered(int partition) {
        return delivered.get(partition);
    }

    boolean anyDelivered() {
        return deliveredCount > 0;
    }

    /// The caller is told of a partition that it was not told of.
    void deliver(int partition) {
        delivered.set(partition);
        deliveredCount++;
    }

    /// What the caller was told of a partition no longer holds.
    void undeliver(int partition) {
        delivered.clear(partition);
        deliveredCount--;
    }
}
