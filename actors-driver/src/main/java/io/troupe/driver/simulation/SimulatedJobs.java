package io.troupe.driver.simulation;

import io.troupe.cluster.protocol.JobId;
import io.troupe.cluster.protocol.QueryId;
import io.troupe.cluster.protocol.StageId;
import io.troupe.cluster.protocol.TaskId;
import io.troupe.driver.schedule.JobSpec;
import io.troupe.driver.schedule.StageLayout;
import io.troupe.driver.schedule.StageSpec;
import io.troupe.planner.stage.TaskSpec;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/// Draws jobs, and knows what their answers must be.
final class SimulatedJobs {
    private SimulatedJobs() {}

    /// A job with stages that each read some earlier ones; the last is the result.
    static JobSpec draw(long number, SplittableRandom random, SimulationSettings settings) {
        QueryId query = new QueryId(number);
        int count = 1 + random.nextInt(settings.maxStages());
        List<StageSpec> stages = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            List<StageId> inputs = new ArrayList<>();
            for (int k = 0; k < i; k++) {
                boolean needed = k == i - 1;
                if (needed || random.nextInt(3) == 0) {
                    inputs.add(new StageId(query, k));
                }
            }
            int tasks = 1 + random.nextInt(settings.maxTasks());
            List<TaskSpec> specs =
                    IntStream.range(0, tasks).mapToObj(p -> new TaskSpec(p, List.of())).toList();
            StageLayout layout = (known, slots) -> specs;
            stages.add(
                    new StageSpec(
                            new StageId(query, i), specs, 1, i == count - 1, true, inputs, layout));
        }
        return new JobSpec(new JobId(number), stages, stages.getLast().id(), "simulated");
    }

    /// What a task gives that reads nothing.
    static long start(TaskId task) {
        return mix(task.stage().query().value() * 1_000 + task.stage().number(), task.partition());
    }

    /// Adds something that was read.
    static long mix(long value, long read) {
        long x = (value ^ Long.rotateLeft(read, 17)) * 0x9E3779B97F4A7C15L;
        return x ^ x >>> 29;
    }

    /// The right answer: the value of each partition of the result, computed as one machine would.
    static long[] answer(JobSpec job) {
        Map<StageId, long[]> values = new HashMap<>();
        for (StageSpec stage : job.stages()) {
            int tasks = ((List<?>) stage.plan()).size();
            long[] own = new long[tasks];
            for (int p = 0; p < tasks; p++) {
                own[p] = start(new TaskId(stage.id(), p));
                for (StageId input : stage.inputs()) {
                    for (long value : values.get(input)) {
                        own[p] = mix(own[p], value);
                    }
                }
            }
            values.put(stage.id(), own);
        }
        return values.get(job.target());
    }
}
