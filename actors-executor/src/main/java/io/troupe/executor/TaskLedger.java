package io.troupe.executor;

import io.troupe.cluster.protocol.QueryId;
import io.troupe.cluster.protocol.SchedulerMessage;
import io.troupe.cluster.protocol.TaskAttemptId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// What an executor knows of its tasks: which run, and which ends the scheduler has not
/// acknowledged. Decides what an order means that may come late, twice or out of order. A plain
/// class, so that the simulator runs it too.
public final class TaskLedger {
    /// What an order means.
    public enum Meaning {
        /// Start the task.
        START,
        /// Tell its end again.
        RETELL,
        /// Stop the task, which runs.
        STOP,
        /// Say that there is no such task.
        DENY,
        /// Do nothing.
        NOTHING
    }

    private final boolean acknowledged;
    private final Set<TaskAttemptId> running = new HashSet<>();
    private final Map<TaskAttemptId, SchedulerMessage> untold = new LinkedHashMap<>();
    private final Set<QueryId> queries = new HashSet<>();

    /// @param acknowledged whether ends must be told until they are acknowledged
    public TaskLedger(boolean acknowledged) {
        this.acknowledged = acknowledged;
    }

    /// A task is to be started.
    public Meaning launch(TaskAttemptId task) {
        if (untold.containsKey(task)) {
            return Meaning.RETELL;
        }
        queries.add(task.stage().stage().query());
        return running.add(task) ? Meaning.START : Meaning.NOTHING;
    }

    /// A copy of another executor's output is to be kept for a query.
    public void keep(QueryId query) {
        queries.add(query);
    }

    /// Whether something may be held for the query.
    public boolean keeps(QueryId query) {
        return queries.contains(query);
    }

    /// A task is to be stopped.
    public Meaning cancel(TaskAttemptId task) {
        if (running.contains(task)) {
            return Meaning.STOP;
        }
        return untold.containsKey(task) ? Meaning.RETELL : Meaning.DENY;
    }

    /// A task ended.
    ///
    /// @return whether its query was dropped meanwhile, so that what it left must be dropped again
    public boolean ended(TaskAttemptId task, SchedulerMessage end) {
        running.remove(task);
        if (acknowledged) {
            untold.put(task, end);
        }
        return !queries.contains(task.stage().stage().query());
    }

    /// Replaces an end that could not be told.
    public void replace(TaskAttemptId task, SchedulerMessage end) {
        untold.replace(task, end);
    }

    /// The scheduler knows these ends.
    public void acknowledge(Collection<TaskAttemptId> tasks) {
        tasks.forEach(untold::remove);
    }

    /// A query is over.
    public void drop(QueryId query) {
        queries.remove(query);
    }

    /// The end of a task that is to be told again.
    public SchedulerMessage end(TaskAttemptId task) {
        return untold.get(task);
    }

    /// Up to that many ends that are not acknowledged, oldest first.
    public List<SchedulerMessage> untold(int limit) {
        return untold.values().stream().limit(limit).toList();
    }

    /// Tasks that run or wait for a thread.
    public List<TaskAttemptId> running() {
        return new ArrayList<>(running);
    }

    /// Queries that something may be held for.
    public List<QueryId> queries() {
        return new ArrayList<>(queries);
    }
}
