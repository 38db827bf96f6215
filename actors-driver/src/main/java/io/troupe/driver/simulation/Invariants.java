package io.troupe.driver.simulation;

import io.troupe.cluster.protocol.ExecutorId;
import io.troupe.cluster.protocol.JobId;
import io.troupe.cluster.protocol.StageId;
import io.troupe.cluster.protocol.TaskAttemptId;
import io.troupe.cluster.protocol.TaskFailure;
import io.troupe.driver.schedule.DagAction;
import io.troupe.driver.schedule.JobSpec;
import io.troupe.driver.schedule.StageSpec;
import io.troupe.driver.shuffle.StageOutputs;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// The rules that hold at every step, whatever goes wrong.
final class Invariants {
    /// The registry is compared with the executors' stores after so many facts.
    private static final int FACTS_PER_AUDIT = 16;

    private final World world;
    private final SimulatedDriver driver;
    private final int maxFailures;
    private final Set<JobId> cancelled = new HashSet<>();
    private final Map<StageId, StageSpec> stages = new HashMap<>();

    /// Failures that count, by the task's first attempt in its stage attempt.
    private final Map<TaskAttemptId, Integer> failures = new HashMap<>();

    private final Set<TaskAttemptId> givenUp = new HashSet<>();
    private final Set<TaskAttemptId> granted = new HashSet<>();
    private final Map<TaskAttemptId, List<TaskAttemptId>> commits = new HashMap<>();
    private final Set<ExecutorId> draining = new HashSet<>();
    private final Set<TaskAttemptId> launches = new HashSet<>();
    private final Map<TaskAttemptId, ExecutorId> copies = new HashMap<>();
    private final Set<Placed> damaged = new HashSet<>();
    private int facts;

    private record Placed(TaskAttemptId task, ExecutorId executor) {}

    Invariants(World world, SimulatedDriver driver) {
        this.world = world;
        this.driver = driver;
        this.maxFailures = world.settings.policy().limits().maxFailures();
    }

    private static TaskAttemptId first(TaskAttemptId task) {
        return task.attempt() == 0 ? task : new TaskAttemptId(task.stage(), task.partition(), 0);
    }

    void started(DagAction.RunTasks run) {
        if (run.bundle().stage().attempt() == 2) {
            world.reached(RarePath.STAGE_RUN_A_THIRD_TIME);
        }
        for (var input : run.bundle().inputs()) {
            for (int p = 0; p < input.partitions(); p++) {
                if (!driver.seemsLive(input.holderOf(p).executor())) {
                    throw world.violation(
                            run.bundle().stage()
                                    + " is told to read from "
                                    + input.holderOf(p)
                                    + ", which was given up");
                }
            }
        }
    }

    void cancelled(JobId job) {
        cancelled.add(job);
    }

    /// A task is sent to an executor, for the first time or again.
    void launched(TaskAttemptId task, ExecutorId executor) {
        if (world.settings.faults() > 0 && launches.add(task) && draining.contains(executor)) {
            throw world.violation(task + " is given to " + executor + ", which leaves");
        }
    }

    void draining(ExecutorId executor) {
        draining.add(executor);
    }

    void damaged(TaskAttemptId task, ExecutorId executor) {
        damaged.add(new Placed(task, executor));
    }

    void repaired(TaskAttemptId task, ExecutorId executor) {
        damaged.remove(new Placed(task, executor));
    }

    void copied(TaskAttemptId task, ExecutorId executor) {
        copies.put(task, executor);
    }

    /// An executor was given up, and the registry knows.
    void lost(ExecutorId executor) {
        for (Map.Entry<TaskAttemptId, ExecutorId> copy : copies.entrySet()) {
            StageOutputs outputs = driver.outputs(copy.getKey().stage().stage());
            int partition = copy.getKey().partition();
            if (outputs != null && copy.getValue().equals(outputs.holder(partition))) {
                world.reached(RarePath.COPY_TOOK_OVER);
            }
        }
        copies.values().removeIf(executor::equals);
        facts = FACTS_PER_AUDIT - 1;
    }

    /// An attempt ended well, as the task scheduler sees it.
    void succeeded(TaskAttemptId task) {
        if (task.attempt() > 0 && givenUp.isEmpty()) {
            world.reached(RarePath.COPY_OF_SLOW_TASK_WON);
        }
    }

    void failed(TaskAttemptId task, ExecutorId executor, TaskFailure failure) {
        givenUp.add(task);
        if (granted.contains(task)) {
            world.reached(RarePath.COMMIT_AFTER_A_FAILED_WINNER);
        }
        if (failure instanceof TaskFailure.Cancelled c && c.reason().contains("faster")) {
            world.reached(RarePath.COPY_OF_SLOW_TASK_LOST);
        }
        if (failure instanceof TaskFailure.Cancelled c && c.reason().equals(SimulatedDriver.KILL)) {
            world.reached(RarePath.KILLED_BY_THE_USER);
        }
        if (failure.counts() && !draining.contains(executor)) {
            int count = failures.merge(first(task), 1, Integer::sum);
            if (count > maxFailures && driver.bundle(task.stage()) != null) {
                throw world.violation(
                        task + " is the " + count + ". try that failed, of " + maxFailures);
            }
        }
    }

    /// The driver lets an attempt commit.
    void granted(TaskAttemptId task) {
        granted.add(task);
    }

    /// An attempt makes its output count.
    void committed(TaskAttemptId task) {
        if (givenUp.contains(task)) {
            return;
        }
        List<TaskAttemptId> earlier = commits.computeIfAbsent(first(task), t -> new ArrayList<>());
        for (TaskAttemptId other : earlier) {
            if (!givenUp.contains(other) && !other.equals(task)) {
                throw world.violation("both " + other + " and " + task + " committed");
            }
        }
        earlier.add(task);
    }

    /// The caller is told of a part of the result.
    void accepted(TaskAttemptId task, ExecutorId holder) {
        StageSpec stage = stages.get(task.stage().stage());
        boolean commits = stage != null && ((Workload.StageWork) stage.plan()).commits();
        if (commits && !granted.contains(task)) {
            throw world.violation(task + " gives a result that it was not allowed to commit");
        }
    }

    void submitted(JobSpec job) {
        job.stages().forEach(stage -> stages.put(stage.id(), stage));
    }

    void released(JobSpec job) {
        job.stages().forEach(stage -> stages.remove(stage.id()));
        copies.keySet().removeIf(task -> task.stage().stage().query().equals(job.target().query()));
    }

    /// A job may end without its result only for a reason that happened.
    void jobFailed(JobSpec job, TaskFailure why) {
        world.note(() -> job.id() + " failed: " + why.message());
        boolean happened =
                switch (why) {
                    case TaskFailure.Cancelled c -> {
                        yield cancelled.contains(job.id());
                    }
                    case TaskFailure.NoExecutors n -> {
                        world.reached(RarePath.JOB_OUT_OF_EXECUTORS);
                        yield world.settings.faults() > 0;
                    }
                    case TaskFailure.GivenUp g -> gaveUp(job, g);
                    default -> false;
                };
        if (!happened) {
            throw world.violation(job.id() + " failed for no good reason: " + why.message());
        }
    }

    private boolean gaveUp(JobSpec job, TaskFailure.GivenUp why) {
        if (why.last() instanceof TaskFailure.FetchFailure) {
            world.reached(RarePath.JOB_OUT_OF_INPUTS);
            return world.settings.faults() > 0;
        }
        if (why.last() instanceof TaskFailure.Cancelled) {
            world.reached(RarePath.UNSTABLE_STAGE_ROLLED_BACK);
            return job.stages().stream().anyMatch(stage -> !stage.deterministic());
        }
        world.reached(RarePath.JOB_OUT_OF_TRIES);
        return failures.entrySet().stream()
                .anyMatch(e ->
                        e.getValue() >= maxFailures
                                && e.getKey().stage().stage().query().equals(job.target().query()));
    }

    /// A fact was worked off to its end.
    void afterFact() {
        if (++facts >= FACTS_PER_AUDIT) {
            facts = 0;
            audit();
        }
    }

    /// What the registry names is there, unless its loss is not yet known.
    private void audit() {
        for (StageId stage : stages.keySet()) {
            StageOutputs outputs = driver.outputs(stage);
            for (int p = 0; outputs != null && p < outputs.partitions(); p++) {
                ExecutorId holder = outputs.holder(p);
                if (holder == null) {
                    continue;
                }
                TaskAttemptId task = outputs.registered(p);
                SimulatedExecutor executor = driver.executor(holder);
                if (!driver.tasks().isLive(holder)) {
                    throw world.violation(
                            "the output of "
                                    + task
                                    + " is registered at "
                                    + holder
                                    + ", which was given up");
                }
                if (executor.isAlive()
                        && executor.block(task) == null
                        && !damaged.contains(new Placed(task, holder))) {
                    throw world.violation(
                            "the output of "
                                    + task
                                    + " is registered at "
                                    + holder
                                    + ", which does not have it");
                }
            }
        }
    }

    /// What is left behind when nothing is left to do; null if nothing is.
    String remains() {
        if (!driver.dag().activeJobs().isEmpty()) {
            return "jobs are still active: " + driver.dag().activeJobs();
        }
        if (!driver.tasks().isIdle()) {
            return "the task scheduler still holds tasks, copies or leaves to commit";
        }
        if (driver.openBundles() > 0) {
            return "bundles of stages are left";
        }
        for (SimulatedExecutor executor : driver.executors()) {
            if (!executor.isAlive()) {
                continue;
            }
            if (!driver.tasks().isLive(executor.id())) {
                return executor.id() + " lives on though nobody counts on it";
            }
            if (!executor.isEmpty()) {
                return executor.id() + " still holds outputs, runs tasks or remembers queries";
            }
        }
        for (SimulatedNode node : driver.nodes()) {
            if (node.executors().size() != 1) {
                return node.address + " has " + node.executors().size() + " executors, not one";
            }
        }
        int slots = world.settings.executors() * world.settings.slots();
        return driver.tasks().totalSlots() == slots
                ? null
                : "the scheduler counts " + driver.tasks().totalSlots() + " slots of " + slots;
    }
}
