package io.troupe.driver.simulation;

import io.troupe.cluster.protocol.JobId;
import io.troupe.cluster.protocol.QueryId;
import io.troupe.cluster.protocol.StageId;
import io.troupe.cluster.protocol.TaskAttemptId;
import io.troupe.driver.schedule.JobSpec;
import io.troupe.driver.schedule.SchedulingPolicy.Pool;
import io.troupe.driver.schedule.StageLayout;
import io.troupe.driver.schedule.StageSpec;
import io.troupe.planner.stage.TaskSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/// Jobs drawn by chance: stages that each read some earlier ones, the last of which is the result.
final class DrawnWorkload implements Workload {
    private final SimulationSettings settings;

    DrawnWorkload(SimulationSettings settings) {
        this.settings = settings;
    }

    @Override
    public List<Arrival> jobs(SplittableRandom random) {
        int span = (int) Math.max(1, settings.faultMillis());
        List<Arrival> jobs = new ArrayList<>();
        for (int i = 1; i <= settings.jobs(); i++) {
            jobs.add(new Arrival(draw(i, random), random.nextInt(span)));
        }
        return jobs;
    }

    @Override
    public long millis(TaskAttemptId task, SplittableRandom random) {
        return 1 + random.nextInt(300);
    }

    private JobSpec draw(long number, SplittableRandom random) {
        QueryId query = new QueryId(number);
        int count = 1 + random.nextInt(settings.maxStages());
        List<StageSpec> stages = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            List<StageId> inputs = new ArrayList<>();
            for (int k = 0; k < i; k++) {
                if (k == i - 1 || random.nextInt(3) == 0) {
                    inputs.add(new StageId(query, k));
                }
            }
            boolean last = i == count - 1;
            int tasks = 1 + random.nextInt(settings.maxTasks());
            StageWork work =
                    new StageWork(
                            tasks,
                            last && random.nextInt(3) == 0,
                            !last && random.nextInt(12) == 0);
            stages.add(stage(new StageId(query, i), work, last, inputs));
        }
        String pool = random.nextInt(3) == 0 ? "quick" : Pool.DEFAULT;
        return new JobSpec(new JobId(number), stages, stages.getLast().id(), "simulated", pool, 0);
    }

    static StageSpec stage(StageId id, StageWork work, boolean result, List<StageId> inputs) {
        List<TaskSpec> specs = new ArrayList<>(work.tasks());
        for (int p = 0; p < work.tasks(); p++) {
            specs.add(new TaskSpec(p, List.of()));
        }
        StageLayout layout = (known, slots) -> specs;
        return new StageSpec(id, work, 1, result, !work.unstable(), inputs, layout);
    }
}
