package io.troupe.console.rest;

import io.troupe.console.http.ClientError;
import io.troupe.console.model.ApplicationModel;
import io.troupe.console.model.QueryModel;
import io.troupe.console.model.StageModel;
import io.troupe.console.model.TaskMetric;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Stages as Spark's `StageData`.
final class StageAnswers {
    static final List<String> STATES =
            List.of("active", "complete", "pending", "failed", "skipped");

    private StageAnswers() {}

    static List<Map<String, Object>> all(ApplicationModel model, String status) {
        List<Map<String, Object>> answers = new ArrayList<>();
        for (StageModel stage : model.stages()) {
            if (status.isEmpty() || status.equalsIgnoreCase(stage.state().name())) {
                answers.addFirst(of(model, stage));
            }
        }
        return answers;
    }

    static List<Map<String, Object>> attempts(ApplicationModel model, long number) {
        List<Map<String, Object>> answers = new ArrayList<>();
        for (StageModel stage : model.stages()) {
            if (stage.number() == number) {
                answers.add(of(model, stage));
            }
        }
        if (answers.isEmpty()) {
            throw ClientError.missing("stage " + number);
        }
        return answers;
    }

    static StageModel find(ApplicationModel model, long number, long attempt) {
        for (StageModel stage : model.stages()) {
            if (stage.number() == number && stage.attempt() == attempt) {
                return stage;
            }
        }
        throw ClientError.missing("attempt " + attempt + " of stage " + number);
    }

    static Map<String, Object> of(ApplicationModel model, StageModel stage) {
        QueryModel query = model.query(stage.query());
        String title = query == null ? "cached plan" : query.title();
        Fields answer =
                new Fields()
                        .put("status", stage.state().name())
                        .put("stageId", stage.number())
                        .put("attemptId", stage.attempt())
                        .put("numTasks", stage.tasks())
                        .put("numActiveTasks", stage.running())
                        .put("numCompleteTasks", stage.succeeded())
                        .put("numFailedTasks", stage.failed())
                        .put("numKilledTasks", 0)
                        .put("numCompletedIndices", stage.succeeded())
                        .time("submissionTime", stage.started())
                        .time("firstTaskLaunchedTime", stage.started())
                        .time("completionTime", stage.ended());
        if (!stage.reason().isEmpty()) {
            answer.put("failureReason", stage.reason());
        }
        sums(answer, stage);
        return answer.put("name", title)
                .put("description", title)
                .put("details", query == null ? "" : query.line())
                .put("schedulingPool", "default")
                .put("rddIds", List.of())
                .put("accumulatorUpdates", List.of())
                .put("killedTasksSummary", Map.of())
                .put("resourceProfileId", 0)
                .done();
    }

    private static void sums(Fields answer, StageModel stage) {
        answer.put("executorRunTime", millis(stage.sum(TaskMetric.RUN)))
                .put("executorCpuTime", stage.sum(TaskMetric.CPU))
                .put("jvmGcTime", millis(stage.sum(TaskMetric.GC)))
                .put("resultSize", stage.sum(TaskMetric.RESULT_BYTES))
                .put("memoryBytesSpilled", stage.sum(TaskMetric.SPILL_BYTES))
                .put("diskBytesSpilled", stage.sum(TaskMetric.SPILL_BYTES))
                .put("peakExecutionMemory", stage.sum(TaskMetric.PEAK_MEMORY))
                .put("inputBytes", stage.sum(TaskMetric.INPUT_BYTES))
                .put("inputRecords", stage.sum(TaskMetric.INPUT_ROWS))
                .put("outputBytes", stage.sum(TaskMetric.OUTPUT_BYTES))
                .put("outputRecords", stage.sum(TaskMetric.OUTPUT_ROWS))
                .put("shuffleFetchWaitTime", millis(stage.sum(TaskMetric.SHUFFLE_WAIT)))
                .put("shuffleReadBytes", stage.sum(TaskMetric.SHUFFLE_READ_BYTES))
                .put("shuffleReadRecords", stage.sum(TaskMetric.SHUFFLE_READ_ROWS))
                .put("shuffleWriteBytes", stage.sum(TaskMetric.SHUFFLE_WRITE_BYTES))
                .put("shuffleWriteRecords", stage.sum(TaskMetric.SHUFFLE_WRITE_ROWS))
                .put("pythonTime", millis(stage.sum(TaskMetric.PYTHON)))
                .put("pythonRecords", stage.sum(TaskMetric.PYTHON_ROWS));
    }

    static long millis(long nanos) {
        return nanos / 1_000_000;
    }
}
