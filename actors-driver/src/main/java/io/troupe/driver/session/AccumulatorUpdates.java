package io.troupe.driver.session;

import io.troupe.cluster.protocol.ExecutorId;
import io.troupe.cluster.protocol.TaskAttemptId;
import io.troupe.cluster.protocol.TaskFailure;
import io.troupe.cluster.protocol.TaskMetrics;
import io.troupe.driver.schedule.SchedulerListener;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What Python functions added to accumulators, until the client takes it. Of all successful tries
/// of a partition of a stage the first counts, however often the partition is made again.
public final class AccumulatorUpdates implements SchedulerListener {
    /// Partitions that are remembered as counted; a job of more than that, with lost outputs at its
    /// end, may count some twice.
    private static final int REMEMBERED = 1_000_000;

    private final Map<String, Boolean> counted =
            new LinkedHashMap<>() {
                @Override
                protected boolean removeEldestEntry(Map.Entry<String, Boolean> eldest) {
                    return size() > REMEMBERED;
                }
            };

    private List<byte[]> waiting = new ArrayList<>();

    @Override
    public synchronized void taskEnded(
            TaskAttemptId task, ExecutorId executor, TaskMetrics metrics, TaskFailure failure) {
        if (failure != null || metrics.observed().isEmpty()) {
            return;
        }
        metrics.observed()
                .forEach((name, updates) -> {
                    String place = task.stage().stage() + "/" + task.partition() + name;
                    if (name.startsWith(TaskMetrics.ACCUMULATORS)
                            && counted.putIfAbsent(place, true) == null) {
                        waiting.add(updates);
                    }
                });
    }

    /// All that came since it was asked for last, in order.
    synchronized List<byte[]> take() {
        List<byte[]> taken = waiting;
        waiting = new ArrayList<>();
        return taken;
    }
}
