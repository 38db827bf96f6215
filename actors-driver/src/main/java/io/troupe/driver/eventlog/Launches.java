package io.troupe.driver.eventlog;

import io.troupe.cluster.protocol.ExecutorId;
import io.troupe.cluster.protocol.StageAttempt;
import io.troupe.cluster.protocol.TaskAttemptId;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// The tasks that run, and when each was sent. Bounded: those beyond are not known of. Thread-safe.
final class Launches {
    private static final int MOST = 200_000;

    private final Map<TaskAttemptId, Launch> running = new ConcurrentHashMap<>();

    private record Launch(long time, ExecutorId executor) {}

    /// How many tasks run.
    record Counts(Map<StageAttempt, Integer> stages, Map<ExecutorId, Integer> executors) {}

    void launched(TaskAttemptId task, ExecutorId executor, long time) {
        if (running.size() < MOST) {
            running.put(task, new Launch(time, executor));
        }
    }

    /// When the task was sent, or 0; it runs no more.
    long ended(TaskAttemptId task) {
        Launch launch = running.remove(task);
        return launch == null ? 0 : launch.time();
    }

    /// The tasks of this attempt run no more, whether or not their ends will be told.
    void ended(StageAttempt stage) {
        running.keySet().removeIf(task -> task.stage().equals(stage));
    }

    /// The executor's tasks run no more.
    void ended(ExecutorId executor) {
        running.values().removeIf(launch -> launch.executor().equals(executor));
    }

    Counts counts() {
        Map<StageAttempt, Integer> stages = new HashMap<>();
        Map<ExecutorId, Integer> executors = new HashMap<>();
        running.forEach((task, launch) -> {
            stages.merge(task.stage(), 1, Integer::sum);
            executors.merge(launch.executor(), 1, Integer::sum);
        });
        return new Counts(stages, executors);
    }
}
