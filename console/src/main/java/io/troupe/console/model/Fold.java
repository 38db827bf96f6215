package io.troupe.console.model;

import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.Map;

/// Feeds events into an application's model and keeps the model bounded: the oldest queries, jobs,
/// stages and single tasks go first. What it does not know it passes over.
public final class Fold {
    private static final int MOST_QUERIES = 1000;
    private static final int MOST_PLANS = 200;
    private static final int MOST_JOBS = 2000;
    private static final int MOST_STAGES = 2000;
    private static final int MOST_TASKS = 400_000;
    private static final String PEAK = ".peak.bytes";

    private final ApplicationModel model = new ApplicationModel();
    private final TaskLineReader taskLines = new TaskLineReader();
    private int tasks;
    private long unreadable;

    /// What the events told so far.
    public ApplicationModel model() {
        return model;
    }

    /// Lines that were no events.
    public long unreadable() {
        return unreadable;
    }

    /// Takes a line of the log: bytes of UTF-8, without its end.
    public void line(byte[] bytes, int from, int to) {
        TaskEnd task = taskLines.read(bytes, from, to);
        if (task != null) {
            model.saw(task.time());
            taskEnded(task);
            return;
        }
        LoggedEvent event =
                LoggedEvent.parse(new String(bytes, from, to - from, StandardCharsets.UTF_8))
                        .orElse(null);
        if (event == null) {
            unreadable++;
        } else {
            apply(event);
        }
    }

    private void apply(LoggedEvent event) {
        model.saw(event.time());
        switch (event.name()) {
            case "applicationStarted" -> model.start(event);
            case "applicationEnded" -> model.end(event);
            case "queryPlanned" -> queryPlanned(event);
            case "jobStarted" -> jobStarted(event);
            case "jobEnded" -> jobEnded(event);
            case "stageStarted" -> stageStarted(event);
            case "stageDone" -> stageEnded(event, StageModel.State.COMPLETE, "");
            case "stageCancelled" ->
                    stageEnded(event, StageModel.State.FAILED, event.text("reason"));
            case "taskEnded" -> taskEnded(TaskEnd.of(event));
            case "running" -> running(event);
            case "executorJoined" -> model.executorJoined(event);
            case "executorLost" -> executorLost(event);
            case "cacheFilled" -> cacheFilled(event);
            case "cacheDropped" ->
                    model.cachesById()
                            .computeIfPresent(
                                    event.number("cache"), (id, cache) -> cache.drop(event.time()));
            default -> {
                // An event of a later version.
            }
        }
    }

    private void queryPlanned(LoggedEvent event) {
        QueryModel query = new QueryModel(event);
        model.queriesById().put(query.id(), query);
        forgetFirst(model.queriesById(), MOST_QUERIES);
        int kept = model.queriesById().size();
        if (kept > MOST_PLANS) {
            model.queriesById().values().stream()
                    .skip(kept - MOST_PLANS - 1)
                    .findFirst()
                    .ifPresent(QueryModel::forgetPlans);
        }
    }

    private void jobStarted(LoggedEvent event) {
        JobModel job = new JobModel(event, model.numbers());
        model.jobsById().put(job.id(), job);
        forgetFirst(model.jobsById(), MOST_JOBS);
        QueryModel query = model.query(job.query());
        if (query != null) {
            query.addJob(job.id());
            query.change();
        }
    }

    private void jobEnded(LoggedEvent event) {
        JobModel job = model.job(event.number("job"));
        if (job != null) {
            job.end(event.time(), Failure.of(event));
            changed(job.query());
        }
    }

    private void stageStarted(LoggedEvent event) {
        int number = model.numbers().of(event.number("query"), (int) event.number("stage"));
        model.addStage(ApplicationModel.Key.of(event), new StageModel(number, event), MOST_STAGES);
        changed(event.number("query"));
    }

    private void stageEnded(LoggedEvent event, StageModel.State how, String why) {
        StageModel stage = model.stage(ApplicationModel.Key.of(event));
        if (stage != null) {
            stage.end(event.time(), how, why);
            changed(stage.query());
        }
    }

    private void taskEnded(TaskEnd task) {
        long[] values = task.values();
        long[] split = Activity.split(values);
        ExecutorModel executor = model.executorNamed(task.executor(), task.time());
        executor.add(values, task.notes().failure() == null);
        executor.started(task.counters().value("python.worker.starts"));
        sample(task.time(), task.counters(), executor);
        model.strip().add(Math.min(task.started(), task.launched()), task.time(), split);
        StageModel stage = model.stage(task.stage());
        if (stage != null) {
            TaskTable.Place place =
                    new TaskTable.Place(
                            task.partition(), task.tried(), executor.index(), task.started());
            stage.add(task, place, values, split);
            notes(task, stage, executor);
            changed(stage.query());
            tasks++;
            forgetTasks();
        }
    }

    private void changed(long query) {
        QueryModel known = model.query(query);
        if (known != null) {
            known.change();
        }
    }

    private void notes(TaskEnd task, StageModel stage, ExecutorModel executor) {
        TaskEnd.Notes notes = task.notes();
        notes.stacks().forEach(model.stacks()::add);
        if (!notes.printed().isEmpty()) {
            model.printed()
                    .add(
                            new PrintedLines.Printed(
                                    task.time(),
                                    stage.job(),
                                    stage,
                                    task.partition(),
                                    task.tried(),
                                    executor.id(),
                                    notes.failure() != null,
                                    notes.printed()));
        }
    }

    /// A task tells of the process that ran it.
    private static void sample(long time, TaskCounters counters, ExecutorModel executor) {
        if (counters.has("executor.heap" + PEAK)) {
            executor.sample(
                    new ExecutorModel.Sample(
                            time,
                            counters.value("executor.heap" + PEAK),
                            counters.value("executor.direct" + PEAK),
                            counters.value("executor.store" + PEAK),
                            counters.value("executor.disk" + PEAK),
                            counters.value("executor.python" + PEAK)));
        }
    }

    private void running(LoggedEvent event) {
        for (StageModel stage : model.stages()) {
            if (stage.running() != 0) {
                stage.running(0);
                changed(stage.query());
            }
        }
        model.executors().forEach(executor -> executor.running(0));
        for (LoggedEvent stage : event.objects("stages")) {
            StageModel found = model.stage(ApplicationModel.Key.of(stage));
            if (found != null) {
                found.running((int) stage.number("running"));
                changed(found.query());
            }
        }
        event.object("executors")
                .numbers()
                .forEach((name, count) -> {
                    ExecutorModel executor = model.executorNamed(name);
                    if (executor != null) {
                        executor.running(count.intValue());
                    }
                });
    }

    private void executorLost(LoggedEvent event) {
        ExecutorModel executor = model.executorNamed(event.text("executor"));
        if (executor != null) {
            executor.lose(event.time(), event.text("reason"));
        }
    }

    private void cacheFilled(LoggedEvent event) {
        long cache = event.number("cache");
        model.cachesById()
                .put(
                        cache,
                        new CacheModel(
                                cache,
                                event.text("level"),
                                event.text("description"),
                                event.time(),
                                0));
        forgetFirst(model.cachesById(), MOST_QUERIES);
    }

    private void forgetTasks() {
        if (tasks > MOST_TASKS) {
            for (StageModel stage : model.stages()) {
                tasks -= stage.forgetTasks();
                if (tasks <= MOST_TASKS) {
                    return;
                }
            }
        }
    }

    private static void forgetFirst(Map<?, ?> map, int most) {
        Iterator<?> first = map.entrySet().iterator();
        while (map.size() > most) {
            first.next();
            first.remove();
        }
    }
}
