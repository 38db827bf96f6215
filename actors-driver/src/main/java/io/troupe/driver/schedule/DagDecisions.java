package io.troupe.driver.schedule;

import io.troupe.cluster.protocol.ExecutorAddress;
import io.troupe.cluster.protocol.ExecutorId;
import io.troupe.cluster.protocol.JobId;
import io.troupe.cluster.protocol.QueryId;
import io.troupe.cluster.protocol.StageAttempt;
import io.troupe.cluster.protocol.StageId;
import io.troupe.cluster.protocol.TaskAttemptId;
import io.troupe.cluster.protocol.TaskFailure;
import io.troupe.cluster.protocol.TaskOutput;
import io.troupe.driver.shuffle.StageOutputs;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/// Decides which stages run: facts in, actions out. At most one attempt of a stage has live tasks;
/// what arrives from earlier attempts or from lost executors changes nothing that would be wrong.
///
/// A stage attempt's input locations are fixed when it starts. When an executor is lost, stages
/// that still need its outputs wait until only those are made again, through any depth. One thread.
public final class DagDecisions {
    private final int maxStageAttempts;
    private final OutputCopies copies;
    private final Map<StageId, StageState> stages = new HashMap<>();
    private final StageStarts starts = new StageStarts(stages);
    private final SortedMap<JobId, JobSpec> jobs = new TreeMap<>();

    /// Jobs with announced results that may not be read yet; until their query is released.
    private final Map<JobId, JobSpec> finished = new HashMap<>();

    private final Set<ExecutorId> executors = new HashSet<>();
    private int slots = 1;
    private List<DagAction> actions = new ArrayList<>();

    /// @param maxStageAttempts attempts in a row of one stage that may end with a fetch failure
    /// @param secondCopies whether each output is to be kept by a second executor too
    public DagDecisions(int maxStageAttempts, boolean secondCopies) {
        this.maxStageAttempts = maxStageAttempts;
        this.copies = new OutputCopies(secondCopies);
    }

    /// An executor can be given tasks; its outputs count from now on.
    public List<DagAction> executorJoined(ExecutorId executor, int totalSlots) {
        executors.add(executor);
        slots = Math.max(1, totalSlots);
        return take();
    }

    /// A job is to be run.
    public List<DagAction> submit(JobSpec job) {
        jobs.put(job.id(), job);
        for (StageSpec spec : job.stages()) {
            stages.computeIfAbsent(spec.id(), id -> starts.state(spec)).users.add(job.id());
        }
        advance(job);
        return take();
    }

    /// A job is no longer wanted.
    public List<DagAction> cancel(JobId job, String reason) {
        if (jobs.containsKey(job)) {
            failJob(job, new TaskFailure.Cancelled(reason));
        }
        return take();
    }

    /// Nobody will use a query any more: its jobs end and all that is held for it may go.
    public List<DagAction> release(QueryId query) {
        for (JobSpec job : List.copyOf(jobs.values())) {
            if (job.target().query().equals(query)) {
                failJob(job.id(), new TaskFailure.Cancelled(query + " was released"));
            }
        }
        stages.keySet().removeIf(id -> id.query().equals(query));
        finished.values().removeIf(job -> job.target().query().equals(query));
        actions.add(new DagAction.DropQuery(query));
        return take();
    }

    /// A task ended well. Duplicates, late ends and ends on lost executors are ignored.
    public List<DagAction> taskSucceeded(
            TaskAttemptId task, ExecutorAddress holder, TaskOutput output) {
        StageState stage = stages.get(task.stage().stage());
        if (stage == null || !stage.isLaidOut() || !executors.contains(holder.executor())) {
            return take();
        }
        if (stage.isCurrent(task)) {
            stage.outstanding.clear(task.partition());
        } else if (!stage.stable || stage.phase == StageState.Phase.DONE) {
            return take();
        }
        accept(stage, task, holder, output);
        if (stage.phase == StageState.Phase.RUNNING) {
            endAttemptIfOver(stage);
        } else if (stage.isComplete()) {
            done(stage);
        }
        return take();
    }

    private void accept(
            StageState stage, TaskAttemptId task, ExecutorAddress holder, TaskOutput output) {
        if (!stage.spec.isResult()) {
            if (stage.outputs.register(task, holder, output.sizes(), output.rows())) {
                copies.registered(stage, task, holder, actions);
            }
        } else if (!stage.isDelivered(task.partition())) {
            stage.deliver(task.partition());
            for (JobId job : stage.users) {
                actions.add(new DagAction.ResultReady(job, task, holder, output));
            }
        }
    }

    private void endAttemptIfOver(StageState stage) {
        if (stage.isComplete()) {
            done(stage);
        } else if (stage.outstanding.isEmpty()) {
            stage.phase = StageState.Phase.WAITING;
            advanceAll(stage.users);
        }
    }

    private void done(StageState stage) {
        if (stage.phase == StageState.Phase.RUNNING && !stage.outstanding.isEmpty()) {
            actions.add(new DagAction.CancelTasks(stage.current(), "the stage is done"));
        }
        stage.phase = StageState.Phase.DONE;
        stage.fetchFailures = 0;
        stage.outstanding.clear();
        actions.add(new DagAction.StageDone(stage.current()));
        advanceAll(stage.users);
    }

    /// The tasks of a stage attempt cannot be brought to an end.
    public List<DagAction> stageFailed(StageAttempt attempt, TaskFailure failure) {
        StageState stage = stages.get(attempt.stage());
        if (stage != null
                && stage.phase == StageState.Phase.RUNNING
                && stage.attempt == attempt.attempt()) {
            for (JobId job : List.copyOf(stage.users)) {
                failJob(job, failure);
            }
        }
        return take();
    }

    /// A task could not read an input: that input is lost, the stage needs a new attempt.
    public List<DagAction> fetchFailed(TaskAttemptId task, TaskFailure.FetchFailure failure) {
        TaskAttemptId producer = failure.block().producer();
        StageState lost = stages.get(producer.stage().stage());
        if (lost != null
                && lost.isLaidOut()
                && lost.outputs.unregister(producer, failure.executor())) {
            outputsLost(lost);
        }
        StageState consumer = stages.get(task.stage().stage());
        if (consumer != null && consumer.isCurrent(task)) {
            consumer.fetchFailures++;
            if (consumer.fetchFailures >= maxStageAttempts) {
                TaskFailure why =
                        DagFailures.inputsUnreadable(consumer.spec, maxStageAttempts, failure);
                for (JobId job : List.copyOf(consumer.users)) {
                    failJob(job, why);
                }
            } else {
                suspend(consumer, "an input was lost");
            }
        }
        advanceAll(List.copyOf(jobs.keySet()));
        return take();
    }

    /// An executor is gone with all that it held.
    public List<DagAction> executorLost(ExecutorId executor, int totalSlots) {
        slots = Math.max(1, totalSlots);
        copies.executorLost(executor);
        if (!executors.remove(executor)) {
            return take();
        }
        for (StageState stage : List.copyOf(stages.values())) {
            if (stage.isLaidOut()
                    && !stage.spec.isResult()
                    && stage.outputs.unregister(executor) > 0) {
                outputsLost(stage);
            }
        }
        for (StageState stage : stages.values()) {
            if (stage.phase == StageState.Phase.RUNNING && !starts.inputsComplete(stage)) {
                suspend(stage, "inputs were lost with executor " + executor);
            }
        }
        advanceAll(List.copyOf(jobs.keySet()));
        return take();
    }

    /// An executor is about to leave: what it alone holds is copied.
    public List<DagAction> executorDraining(ExecutorId executor) {
        copies.draining(executor, stages.values(), actions);
        return take();
    }

    /// An output lies at one more executor.
    public List<DagAction> outputCopied(TaskAttemptId task, ExecutorAddress holder) {
        StageState stage = stages.get(task.stage().stage());
        if (stage != null && stage.isLaidOut() && executors.contains(holder.executor())) {
            stage.outputs.addCopy(task, holder);
        }
        return take();
    }

    /// A result partition that was announced can no longer be read.
    public List<DagAction> resultLost(JobId job, int partition) {
        JobSpec spec = jobs.containsKey(job) ? jobs.get(job) : reopen(job);
        if (spec == null) {
            return take();
        }
        StageState stage = stages.get(spec.target());
        if (stage.spec.isResult() && stage.isDelivered(partition)) {
            stage.undeliver(partition);
            if (stage.voidedBy != null && stage.anyDelivered()) {
                failJob(job, DagFailures.resultBegun(stage.voidedBy));
                return take();
            }
            stage.voidedBy = null;
            if (stage.phase == StageState.Phase.DONE) {
                stage.phase = StageState.Phase.WAITING;
            }
            advance(spec);
        }
        return take();
    }

    /// A finished job whose result was lost before it was read runs on.
    private JobSpec reopen(JobId id) {
        JobSpec spec = finished.remove(id);
        if (spec != null) {
            jobs.put(id, spec);
            spec.stages().forEach(stage -> stages.get(stage.id()).users.add(id));
        }
        return spec;
    }

    private void outputsLost(StageState stage) {
        if (stage.phase == StageState.Phase.DONE) {
            stage.phase = StageState.Phase.WAITING;
        }
        if (!stage.spec.deterministic()) {
            rollBack(stage);
        }
    }

    /// What a stage made before does not fit what it would make now: it and all that was computed
    /// from it start over.
    private void rollBack(StageState lost) {
        for (StageState stage : starts.madeFrom(lost)) {
            if (stage.phase == StageState.Phase.RUNNING) {
                suspend(stage, "outputs of " + lost.spec.id() + ", which it needs, are void");
            }
            if (!stage.spec.isResult()) {
                stage.phase = StageState.Phase.WAITING;
                stage.outputs.clear();
            } else if (stage.isComplete()) {
                stage.voidedBy = lost.spec;
            } else if (stage.anyDelivered()) {
                TaskFailure why = DagFailures.resultBegun(lost.spec);
                List.copyOf(stage.users).forEach(job -> failJob(job, why));
            }
        }
    }

    private void suspend(StageState stage, String reason) {
        actions.add(new DagAction.CancelTasks(stage.current(), reason));
        stage.phase = StageState.Phase.WAITING;
        stage.outstanding.clear();
    }

    private void advanceAll(Iterable<JobId> ids) {
        List<JobId> copy = new ArrayList<>();
        ids.forEach(copy::add);
        for (JobId id : copy) {
            JobSpec job = jobs.get(id);
            if (job != null) {
                advance(job);
            }
        }
    }

    private void advance(JobSpec job) {
        StageState target = stages.get(job.target());
        if (target.isComplete()) {
            actions.add(new DagAction.JobDone(job.id()));
            forget(job, "the job is done without it");
            if (target.spec.isResult()) {
                finished.put(job.id(), job);
            }
            return;
        }
        bringAbout(target, job, new HashSet<>());
    }

    /// Starts the stage if its inputs are there, else what its inputs need.
    private void bringAbout(StageState stage, JobSpec job, Set<StageId> seen) {
        if (!seen.add(stage.spec.id())
                || stage.phase != StageState.Phase.WAITING
                || !jobs.containsKey(job.id())) {
            return;
        }
        boolean ready = true;
        for (StageId input : stage.spec.inputs()) {
            StageState producer = stages.get(input);
            if (producer == null) {
                failJob(job.id(), DagFailures.inputReleased(stage.spec, input));
                return;
            }
            if (!producer.isComplete()) {
                ready = false;
                bringAbout(producer, job, seen);
            }
        }
        if (ready) {
            start(stage, job);
        }
    }

    private void start(StageState stage, JobSpec job) {
        if (!stage.isLaidOut()) {
            TaskFailure failure = starts.layOut(stage, slots);
            if (failure != null) {
                failJob(job.id(), failure);
                return;
            }
            if (stage.spec.isResult()) {
                for (JobId user : stage.users) {
                    actions.add(new DagAction.ResultLayout(user, stage.tasks.size()));
                }
            }
        }
        actions.add(
                starts.begin(stage, stage.users.isEmpty() ? job : jobs.get(stage.users.first())));
    }

    private void failJob(JobId id, TaskFailure failure) {
        JobSpec job = jobs.get(id);
        if (job == null) {
            return;
        }
        forget(job, failure.message());
        actions.add(new DagAction.JobFailed(id, failure));
    }

    /// A job needs nothing more. What runs for it alone is stopped: after the release of its query
    /// nobody would.
    private void forget(JobSpec job, String reason) {
        jobs.remove(job.id());
        for (StageSpec spec : job.stages()) {
            StageState stage = stages.get(spec.id());
            if (stage != null && stage.users.remove(job.id()) && stage.users.isEmpty()) {
                if (stage.phase == StageState.Phase.RUNNING) {
                    suspend(stage, reason);
                }
            }
        }
    }

    /// Outputs of a stage; null if it is unknown or not laid out.
    public StageOutputs outputs(StageId stage) {
        StageState state = stages.get(stage);
        return state == null ? null : state.outputs;
    }

    /// Whether a job may still say something to its caller.
    public boolean knows(JobId job) {
        return jobs.containsKey(job) || finished.containsKey(job);
    }

    /// Jobs that have not ended.
    public Set<JobId> activeJobs() {
        return jobs.keySet();
    }

    private List<DagAction> take() {
        List<DagAction> taken = actions;
        actions = new ArrayList<>();
        return taken;
    }
}
