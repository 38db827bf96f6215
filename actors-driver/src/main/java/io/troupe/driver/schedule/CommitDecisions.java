package io.troupe.driver.schedule;

import io.troupe.cluster.protocol.QueryId;
import io.troupe.cluster.protocol.TaskAttemptId;
import io.troupe.cluster.protocol.TaskId;
import java.util.HashMap;
import java.util.Map;

/// Lets one attempt of each task commit its output: the first that asks while it is known to run.
/// Its failure lets another one in, and so does a later run of the stage, which means that the
/// output of the earlier one is lost.
final class CommitDecisions {
    private final Map<TaskId, TaskAttemptId> winners = new HashMap<>();

    /// The attempt that may commit. An attempt that does not hold a slot never wins.
    ///
    /// @param live whether the attempt that asks is known to run
    /// @return the winner, or null if nobody has won and the one that asks may not
    TaskAttemptId ask(TaskAttemptId task, boolean live) {
        TaskAttemptId winner = winners.get(task.task());
        if (live && (winner == null || winner.stage().attempt() < task.stage().attempt())) {
            winners.put(task.task(), task);
            return task;
        }
        return winner;
    }

    /// Whether another attempt of the task has leave.
    boolean heldByAnother(TaskAttemptId task) {
        TaskAttemptId winner = winners.get(task.task());
        return winner != null && !winner.equals(task);
    }

    void failed(TaskAttemptId task) {
        winners.remove(task.task(), task);
    }

    boolean isEmpty() {
        return winners.isEmpty();
    }

    void forget(QueryId query) {
        winners.keySet().removeIf(task -> task.stage().query().equals(query));
    }
}
