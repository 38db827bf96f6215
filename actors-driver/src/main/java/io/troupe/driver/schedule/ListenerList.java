package io.troupe.driver.schedule;

import io.troupe.cluster.protocol.ExecutorId;
import io.troupe.cluster.protocol.ExecutorInfo;
import io.troupe.cluster.protocol.JobId;
import io.troupe.cluster.protocol.StageAttempt;
import io.troupe.cluster.protocol.TaskAttemptId;
import io.troupe.cluster.protocol.TaskFailure;
import io.troupe.cluster.protocol.TaskMetrics;
import java.util.List;

/// Passes everything on to several listeners.
record ListenerList(List<SchedulerListener> listeners) implements SchedulerListener {
    @Override
    public void jobStarted(JobSpec job) {
        listeners.forEach(listener -> listener.jobStarted(job));
    }

    @Override
    public void jobEnded(JobId job, TaskFailure failure) {
        listeners.forEach(listener -> listener.jobEnded(job, failure));
    }

    @Override
    public void stageStarted(StageAttempt stage, JobId job, int tasks) {
        listeners.forEach(listener -> listener.stageStarted(stage, job, tasks));
    }

    @Override
    public void stageDone(StageAttempt stage) {
        listeners.forEach(listener -> listener.stageDone(stage));
    }

    @Override
    public void stageCancelled(StageAttempt stage, String reason) {
        listeners.forEach(listener -> listener.stageCancelled(stage, reason));
    }

    @Override
    public void taskLaunched(TaskAttemptId task, ExecutorId executor) {
        listeners.forEach(listener -> listener.taskLaunched(task, executor));
    }

    @Override
    public void taskEnded(
            TaskAttemptId task, ExecutorId executor, TaskMetrics metrics, TaskFailure failure) {
        listeners.forEach(listener -> listener.taskEnded(task, executor, metrics, failure));
    }

    @Override
    public void executorJoined(ExecutorInfo executor) {
        listeners.forEach(listener -> listener.executorJoined(executor));
    }

    @Override
    public void executorExcluded(ExecutorId executor, TaskFailure last) {
        listeners.forEach(listener -> listener.executorExcluded(executor, last));
    }

    @Override
    public void executorAdmitted(ExecutorId executor) {
        listeners.forEach(listener -> listener.executorAdmitted(executor));
    }

    @Override
    public void executorLost(ExecutorId executor, String reason) {
        listeners.forEach(listener -> listener.executorLost(executor, reason));
    }

    @Override
    public void applicationEnded() {
        listeners.forEach(SchedulerListener::applicationEnded);
    }
}
