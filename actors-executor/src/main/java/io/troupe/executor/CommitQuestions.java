package io.troupe.executor;

import io.troupe.cluster.protocol.ExecutorId;
import io.troupe.cluster.protocol.ExecutorMessage;
import io.troupe.cluster.protocol.SchedulerMessage;
import io.troupe.cluster.protocol.TaskAttemptId;
import io.troupe.cluster.protocol.TaskFailure;
import io.troupe.executor.task.CommitGate;
import io.troupe.executor.task.TaskFailureException;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.pekko.actor.typed.ActorRef;

/// Asks the driver, on a task's thread, whether the task may commit its output.
final class CommitQuestions implements CommitGate {
    private static final int TRIES = 5;
    private static final int SECONDS_PER_TRY = 2;

    private final ActorRef<SchedulerMessage> scheduler;
    private final ExecutorId executor;
    private final Map<TaskAttemptId, CompletableFuture<ExecutorMessage.CommitAnswer>> asked =
            new ConcurrentHashMap<>();

    CommitQuestions(ActorRef<SchedulerMessage> scheduler, ExecutorId executor) {
        this.scheduler = scheduler;
        this.executor = executor;
    }

    void answered(ExecutorMessage.CommitAnswer answer) {
        CompletableFuture<ExecutorMessage.CommitAnswer> waiting = asked.get(answer.task());
        if (waiting != null) {
            waiting.complete(answer);
        }
    }

    /// Questions and answers may be lost: asked again a few times.
    @Override
    public void require(TaskAttemptId task) throws InterruptedException {
        CompletableFuture<ExecutorMessage.CommitAnswer> answer =
                asked.computeIfAbsent(task, t -> new CompletableFuture<>());
        try {
            for (int i = 0; i < TRIES; i++) {
                scheduler.tell(new SchedulerMessage.AskCommit(task, executor));
                try {
                    TaskAttemptId winner = answer.get(SECONDS_PER_TRY, TimeUnit.SECONDS).winner();
                    if (task.equals(winner)) {
                        return;
                    }
                    throw new TaskFailureException(
                            new TaskFailure.CommitDenied(task, winner), null);
                } catch (TimeoutException e) {
                    continue;
                } catch (ExecutionException e) {
                    throw new IllegalStateException("answers are never exceptional", e);
                }
            }
            throw new TaskFailureException(
                    new TaskFailure.ExecutorLost(
                            executor, "the driver did not answer whether " + task + " may commit"),
                    null);
        } finally {
            asked.remove(task);
        }
    }
}
