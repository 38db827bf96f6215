package io.troupe.driver.schedule;

import io.troupe.cluster.protocol.ExecutorId;
import io.troupe.cluster.protocol.InputLocations;
import io.troupe.cluster.protocol.StageBundle;
import io.troupe.cluster.protocol.StageId;
import io.troupe.cluster.protocol.TaskFailure;
import io.troupe.driver.shuffle.StageOutputs;
import io.troupe.planner.stage.LeafInput;
import io.troupe.planner.stage.TaskSpec;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Lays out stages and begins their attempts. All inputs of a stage are complete when it is asked
/// for.
final class StageStarts implements StageLayout.Inputs {
    private final Map<StageId, StageState> stages;

    /// @param stages the scheduler's stages, seen live
    StageStarts(Map<StageId, StageState> stages) {
        this.stages = stages;
    }

    @Override
    public long[] partitionBytes(StageId stage) {
        return stages.get(stage).outputs.partitionBytes();
    }

    @Override
    public int producers(StageId stage) {
        return stages.get(stage).tasks.size();
    }

    /// A stage that is new; those that it reads are known, or were released.
    StageState state(StageSpec spec) {
        boolean stable = spec.deterministic();
        for (StageId input : spec.inputs()) {
            StageState producer = stages.get(input);
            stable &= producer == null || producer.stable;
        }
        return new StageState(spec, stable);
    }

    /// A stage and all that read its outputs or what was made from them, as far as they have begun.
    Collection<StageState> madeFrom(StageState stage) {
        Map<StageId, StageState> found = new LinkedHashMap<>();
        Deque<StageState> pending = new ArrayDeque<>(List.of(stage));
        while (!pending.isEmpty()) {
            StageState next = pending.poll();
            if (next.isLaidOut() && found.put(next.spec.id(), next) == null) {
                for (StageState reader : stages.values()) {
                    if (reader.spec.inputs().contains(next.spec.id())) {
                        pending.add(reader);
                    }
                }
            }
        }
        return found.values();
    }

    /// Divides a stage into tasks.
    ///
    /// @return null, or why it cannot be done
    TaskFailure layOut(StageState stage, int slots) {
        try {
            stage.tasks = List.copyOf(stage.spec.layout().tasks(this, slots));
        } catch (RuntimeException e) {
            return new TaskFailure.TaskError(
                    "SparkException",
                    "INTERNAL_ERROR",
                    "XX000",
                    "cannot lay out " + stage.spec.id() + ": " + e,
                    Map.of(),
                    "",
                    "",
                    String.valueOf(e),
                    true);
        }
        stage.outputs =
                new StageOutputs(
                        stage.spec.id(), stage.tasks.size(), stage.spec.outputPartitions());
        return null;
    }

    /// Whether all that a stage reads is there.
    boolean inputsComplete(StageState stage) {
        for (StageId input : stage.spec.inputs()) {
            StageState producer = stages.get(input);
            if (producer == null || !producer.isComplete()) {
                return false;
            }
        }
        return true;
    }

    /// Begins an attempt that runs what is missing.
    DagAction.RunTasks begin(StageState stage, JobSpec job) {
        stage.attempt++;
        stage.phase = StageState.Phase.RUNNING;
        List<InputLocations> inputs = new ArrayList<>();
        for (StageId input : stage.spec.inputs()) {
            inputs.add(stages.get(input).outputs.locations());
        }
        List<TaskSpec> missing = new ArrayList<>();
        List<ExecutorId> preferred = new ArrayList<>();
        Map<Integer, TaskSpec> large = new HashMap<>();
        for (TaskSpec task : stage.tasks) {
            if (!stage.has(task.partition())) {
                missing.add(task);
                preferred.add(preference(stage, task));
                stage.outstanding.set(task.partition());
                if (TaskSize.estimate(task) > TaskSize.LARGE) {
                    large.put(task.partition(), task);
                }
            }
        }
        StageBundle bundle =
                new StageBundle(
                        stage.current(),
                        stage.spec.plan(),
                        stage.spec.outputPartitions(),
                        inputs,
                        Map.copyOf(large));
        return new DagAction.RunTasks(bundle, job.id(), job.pool(), missing, preferred);
    }

    /// Cached data, the one input that belongs to another query, and what stays where it was made
    /// are best read where they lie.
    private ExecutorId preference(StageState stage, TaskSpec task) {
        for (LeafInput input : task.inputs()) {
            switch (input) {
                case LeafInput.Producers producers -> {
                    StageId producer = new StageId(stage.spec.id().query(), producers.exchange());
                    return stages.get(producer).outputs.holder(producers.from());
                }
                case LeafInput.Cached cached -> {
                    for (StageId producer : stage.spec.inputs()) {
                        StageOutputs outputs = stages.get(producer).outputs;
                        if (!producer.query().equals(stage.spec.id().query())
                                && cached.from() < outputs.partitions()) {
                            return outputs.holder(cached.from());
                        }
                    }
                }
                case LeafInput.Files _,
                        LeafInput.Rows _,
                        LeafInput.Partitions _,
                        LeafInput.Whole _ -> {}
            }
        }
        return null;
    }
}
