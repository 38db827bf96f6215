package io.troupe.driver.eventlog;

import io.troupe.cluster.protocol.ExecutorId;
import io.troupe.cluster.protocol.ExecutorInfo;
import io.troupe.cluster.protocol.JobId;
import io.troupe.cluster.protocol.StageAttempt;
import io.troupe.cluster.protocol.TaskAttemptId;
import io.troupe.cluster.protocol.TaskFailure;
import io.troupe.cluster.protocol.TaskMetrics;
import io.troupe.driver.schedule.JobSpec;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/// Something that happened. Each becomes one line; `docs/event-log.md` says how.
sealed interface Event {
    record ApplicationStarted(
            String application,
            String version,
            Map<String, String> settings,
            Map<String, String> system)
            implements Event {}

    /// No event: whoever waits for `written` wants all that came before to be in the file.
    record Flush(CompletableFuture<Void> written) implements Event {}

    /// How many tasks run, by stage attempt and by executor.
    record Running(Launches.Counts counts) implements Event {}

    record CacheFilled(long cache, String level, String description) implements Event {}

    record CacheDropped(long cache) implements Event {}

    /// Nothing follows but the end of the log.
    record Closing() implements Event {}

    record ApplicationEnded(long dropped) implements Event {}

    record QueryPlanned(long query, Supplier<QueryDetails> details) implements Event {}

    record JobStarted(JobSpec job) implements Event {}

    record JobEnded(JobId job, TaskFailure failure) implements Event {}

    record StageStarted(StageAttempt stage, JobId job, int tasks) implements Event {}

    record StageDone(StageAttempt stage) implements Event {}

    record StageCancelled(StageAttempt stage, String reason) implements Event {}

    /// @param launched when the task was sent to the executor, in milliseconds since the epoch; 0
    ///   if that is not known
    record TaskEnded(
            TaskAttemptId task,
            ExecutorId executor,
            TaskMetrics metrics,
            TaskFailure failure,
            long launched)
            implements Event {}

    record ExecutorJoined(ExecutorInfo executor) implements Event {}

    record ExecutorLost(ExecutorId executor, String reason) implements Event {}
}
