package io.troupe.console.metrics;

import io.troupe.console.application.OneApplication;
import io.troupe.console.model.Activity;
import io.troupe.console.model.ApplicationModel;
import io.troupe.console.model.ExecutorModel;
import io.troupe.console.model.TaskMetric;
import java.io.IOException;
import java.util.List;

/// What a driver tells of its application.
///
/// @param application the application
public record ApplicationMetrics(OneApplication application) implements Metrics.Source {
    @Override
    public void write(MetricText text) throws IOException {
        application.ask(model -> {
            write(text, model);
            return model;
        });
    }

    private static void write(MetricText text, ApplicationModel model) {
        List<ExecutorModel> active =
                model.executors().stream().filter(ExecutorModel::isActive).toList();
        text.gauge("troupe_executors", "Executors that are there.", active.size())
                .gauge(
                        "troupe_slots",
                        "Task slots of the executors that are there.",
                        active.stream().mapToInt(ExecutorModel::slots).sum())
                .gauge(
                        "troupe_tasks_running",
                        "Tasks that run.",
                        active.stream().mapToInt(ExecutorModel::running).sum())
                .counter(
                        "troupe_events_dropped",
                        "Events that the log could not take.",
                        model.dropped());
        text.family("troupe_jobs", "gauge", "Jobs by how they stand.")
                .sample("troupe_jobs", "state=\"running\"", jobs(model, true, false))
                .sample("troupe_jobs", "state=\"failed\"", jobs(model, false, true))
                .sample("troupe_jobs", "state=\"succeeded\"", jobs(model, false, false));
        text.family("troupe_tasks", "counter", "Task attempts that ended.")
                .sample(
                        "troupe_tasks_total",
                        "result=\"succeeded\"",
                        model.executors().stream().mapToLong(ExecutorModel::succeeded).sum())
                .sample(
                        "troupe_tasks_total",
                        "result=\"failed\"",
                        model.executors().stream().mapToLong(ExecutorModel::failed).sum());
        text.family("troupe_task_seconds", "counter", "Time of tasks by what it went to.");
        for (Activity activity : Activity.values()) {
            text.sample(
                    "troupe_task_seconds_total",
                    MetricText.label("activity", activity.key()),
                    model.stages().stream().mapToLong(s -> s.nanos(activity)).sum() / 1e9);
        }
        sum(text, model, "troupe_input_bytes", "Read from files.", TaskMetric.INPUT_BYTES);
        sum(text, model, "troupe_output_bytes", "Written to files.", TaskMetric.OUTPUT_BYTES);
        sum(
                text,
                model,
                "troupe_shuffle_bytes",
                "Read of exchanges.",
                TaskMetric.SHUFFLE_READ_BYTES);
        sum(
                text,
                model,
                "troupe_spill_bytes",
                "Written to disk for want of memory.",
                TaskMetric.SPILL_BYTES);
        sum(text, model, "troupe_python_rows", "Rows given to Python.", TaskMetric.PYTHON_ROWS);
    }

    private static long jobs(ApplicationModel model, boolean running, boolean failed) {
        return model.jobs().stream()
                .filter(job -> job.isRunning() == running && (job.failure() != null) == failed)
                .count();
    }

    private static void sum(
            MetricText text, ApplicationModel model, String name, String help, TaskMetric metric) {
        text.counter(name, help, model.executors().stream().mapToLong(e -> e.sum(metric)).sum());
    }
}
