package io.troupe.console.rest;

import io.troupe.console.model.ApplicationModel;
import io.troupe.console.model.JobModel;
import io.troupe.console.model.QueryModel;
import io.troupe.console.model.StageModel;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Jobs as Spark's `JobData`.
final class JobAnswers {
    static final List<String> STATES = List.of("running", "succeeded", "failed", "unknown");

    private JobAnswers() {}

    static List<Map<String, Object>> all(ApplicationModel model, String status) {
        List<Map<String, Object>> answers = new ArrayList<>();
        for (JobModel job : model.jobs()) {
            if (status.isEmpty() || status.equalsIgnoreCase(status(model, job))) {
                answers.addFirst(of(model, job));
            }
        }
        return answers;
    }

    static String status(ApplicationModel model, JobModel job) {
        if (job.isRunning()) {
            return model.ended() == 0 ? "RUNNING" : "UNKNOWN";
        }
        return job.failure() == null ? "SUCCEEDED" : "FAILED";
    }

    static Map<String, Object> of(ApplicationModel model, JobModel job) {
        QueryModel query = model.query(job.query());
        Counts counts = Counts.of(model, job);
        Fields answer =
                new Fields()
                        .put("jobId", job.id())
                        .put("name", job.description())
                        .put("description", query == null ? "" : query.title())
                        .time("submissionTime", job.started())
                        .time("completionTime", job.ended())
                        .put("stageIds", job.stages().stream().map(JobModel.Stage::number).toList())
                        .put("jobTags", List.of())
                        .put("status", status(model, job));
        if (query != null && !query.group().isEmpty()) {
            answer.put("jobGroup", query.group());
        }
        return answer.put("numTasks", counts.tasks)
                .put("numActiveTasks", counts.running)
                .put("numCompletedTasks", counts.succeeded)
                .put("numSkippedTasks", 0)
                .put("numFailedTasks", counts.failed)
                .put("numKilledTasks", 0)
                .put("numCompletedIndices", counts.succeeded)
                .put("numActiveStages", counts.activeStages)
                .put("numCompletedStages", counts.completedStages)
                .put(
                        "numSkippedStages",
                        job.isRunning()
                                ? 0
                                : Math.max(0, job.stages().size() - counts.stages.size()))
                .put("numFailedStages", counts.failedStages)
                .put("killedTasksSummary", Map.of())
                .done();
    }

    /// Sums over the stages that a job started.
    private static final class Counts {
        private int tasks;
        private int running;
        private int succeeded;
        private int failed;
        private int activeStages;
        private int completedStages;
        private int failedStages;
        private final Set<Integer> stages = new HashSet<>();

        static Counts of(ApplicationModel model, JobModel job) {
            Counts counts = new Counts();
            for (StageModel stage : model.stages()) {
                if (stage.job() == job.id()) {
                    counts.add(stage);
                }
            }
            return counts;
        }

        private void add(StageModel stage) {
            stages.add(stage.number());
            tasks += stage.tasks();
            running += stage.running();
            succeeded += stage.succeeded();
            failed += stage.failed();
            switch (stage.state()) {
                case ACTIVE -> activeStages++;
                case COMPLETE -> completedStages++;
                case FAILED -> failedStages++;
            }
        }
    }
}
