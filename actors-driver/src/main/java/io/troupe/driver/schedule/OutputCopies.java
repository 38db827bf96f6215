package io.troupe.driver.schedule;

import io.troupe.cluster.protocol.ExecutorAddress;
import io.troupe.cluster.protocol.ExecutorId;
import io.troupe.cluster.protocol.TaskAttemptId;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// Decides which outputs should lie at a second executor: all of them where that is wanted, and
/// those of executors that leave.
final class OutputCopies {
    private final boolean always;
    private final Set<ExecutorId> leaving = new HashSet<>();

    /// @param always whether each output is wanted twice
    OutputCopies(boolean always) {
        this.always = always;
    }

    void executorLost(ExecutorId executor) {
        leaving.remove(executor);
    }

    /// An output was registered.
    void registered(
            StageState stage, TaskAttemptId task, ExecutorAddress holder, List<DagAction> actions) {
        if (always || leaving.contains(holder.executor())) {
            actions.add(new DagAction.CopyOutput(task, stage.spec.outputPartitions(), holder));
        }
    }

    /// An executor leaves: what lies there and nowhere else is to be copied.
    void draining(ExecutorId executor, Collection<StageState> stages, List<DagAction> actions) {
        leaving.add(executor);
        for (StageState stage : stages) {
            if (stage.isLaidOut() && !stage.spec.isResult()) {
                stage.outputs
                        .onlyAt(executor)
                        .forEach(output ->
                                actions.add(
                                        new DagAction.CopyOutput(
                                                output.task(),
                                                stage.spec.outputPartitions(),
                                                output.holder())));
            }
        }
        actions.add(new DagAction.OutputsListed(executor));
    }
}
