package io.troupe.driver.job;

import io.troupe.cluster.node.ClusterMember;
import io.troupe.cluster.protocol.TaskAttemptId;
import io.troupe.executor.task.Held;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/// Runs queries on the executors. Thread-safe; several jobs may run at once.
public interface JobRunner extends AutoCloseable {
    /// Starts the query and returns at once.
    ///
    /// @throws io.troupe.planner.error.TroupeException when it cannot be admitted
    JobHandle run(QueryJob job);

    /// Task slots there are now, over all executors; at least 1.
    int slots();

    /// True when the executor shares this process, so that broadcast data is held once and moves by
    /// reference.
    boolean isLocal();

    /// Keeps the batches of the plan with this cache id in the executors' stores while it is in use
    /// by a job whose graph materialises it.
    CacheRegistry caches();

    /// The processes of its cluster; empty where it has none.
    default List<ClusterMember> members() {
        return List.of();
    }

    /// What the executors in this process hold.
    default Held held() {
        return Held.NOTHING;
    }

    /// Cancels the jobs whose properties pass the test.
    void cancel(Predicate<Map<String, String>> which, String reason);

    /// Cancels one job; nothing happens if it has ended.
    void cancel(long job, String reason);

    /// Ends one attempt of a task, which is tried once more; this counts as no failure of it.
    /// Nothing happens if the attempt has ended.
    void kill(TaskAttemptId task, String reason);

    /// Stops the executors of this application and frees what they hold.
    @Override
    void close();
}
