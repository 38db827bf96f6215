package io.troupe.console.rest;

import io.troupe.console.model.ApplicationModel;
import io.troupe.console.model.ExecutorModel;
import io.troupe.console.model.TaskMetric;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Executors as Spark's `ExecutorSummary`.
final class ExecutorAnswers {
    private ExecutorAnswers() {}

    /// @param lostToo whether those that are gone are told of
    static List<Map<String, Object>> all(ApplicationModel model, boolean lostToo) {
        List<Map<String, Object>> answers = new ArrayList<>();
        for (ExecutorModel executor : model.executors()) {
            if (lostToo || executor.isActive()) {
                answers.add(of(executor));
            }
        }
        return answers;
    }

    private static Map<String, Object> of(ExecutorModel executor) {
        ExecutorModel.Sample now =
                executor.samples().isEmpty()
                        ? new ExecutorModel.Sample(0, 0, 0, 0, 0, 0)
                        : executor.samples().getLast();
        Fields answer =
                new Fields()
                        .put("id", executor.id())
                        .put("hostPort", executor.host())
                        .put("isActive", executor.isActive())
                        .put("rddBlocks", 0)
                        .put("memoryUsed", now.store())
                        .put("diskUsed", now.disk())
                        .put("totalCores", executor.slots())
                        .put("maxTasks", executor.slots())
                        .put("activeTasks", executor.running())
                        .put("failedTasks", executor.failed())
                        .put("completedTasks", executor.succeeded())
                        .put("totalTasks", executor.succeeded() + executor.failed())
                        .put("totalDuration", StageAnswers.millis(executor.sum(TaskMetric.RUN)))
                        .put("totalGCTime", StageAnswers.millis(executor.sum(TaskMetric.GC)))
                        .put("totalInputBytes", executor.sum(TaskMetric.INPUT_BYTES))
                        .put("totalShuffleRead", executor.sum(TaskMetric.SHUFFLE_READ_BYTES))
                        .put("totalShuffleWrite", executor.sum(TaskMetric.SHUFFLE_WRITE_BYTES))
                        .put("isBlacklisted", false)
                        .put("maxMemory", executor.memory())
                        .put("addTime", Fields.time(executor.joined()))
                        .time("removeTime", executor.lost());
        if (!executor.reason().isEmpty()) {
            answer.put("removeReason", executor.reason());
        }
        return answer.put("executorLogs", Map.of())
                .put("blacklistedInStages", List.of())
                .put(
                        "peakMemoryMetrics",
                        new Fields()
                                .put("JVMHeapMemory", peak(executor, ExecutorModel.Sample::heap))
                                .put(
                                        "DirectPoolMemory",
                                        peak(executor, ExecutorModel.Sample::direct))
                                .put(
                                        "ProcessTreePythonRSSMemory",
                                        peak(executor, ExecutorModel.Sample::python))
                                .done())
                .put("attributes", Map.of())
                .put("resources", Map.of())
                .put("resourceProfileId", 0)
                .put("isExcluded", false)
                .put("excludedInStages", List.of())
                .done();
    }

    private static long peak(
            ExecutorModel executor, java.util.function.ToLongFunction<ExecutorModel.Sample> part) {
        return executor.samples().stream().mapToLong(part).max().orElse(0);
    }
}
