package io.troupe.driver.simulation;

import io.troupe.cluster.protocol.JobId;
import io.troupe.cluster.protocol.QueryId;
import io.troupe.cluster.protocol.StageId;
import io.troupe.cluster.protocol.TaskAttemptId;
import io.troupe.console.model.LoggedEvent;
import io.troupe.driver.schedule.JobSpec;
import io.troupe.driver.schedule.StageSpec;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/// What an application did, from its event log: its jobs when they came, their stages, and how long
/// each task computed. Time for moving data is part of a task's time, as it was measured.
final class LoggedWorkload implements Workload {
    private static final int MAX_TASKS = 10_000_000;

    private final double failuresPerNodeHour;
    private final Map<StageId, long[]> millis = new HashMap<>();
    private final Map<Long, LoggedJob> jobs = new LinkedHashMap<>();
    private long first = Long.MAX_VALUE;
    private long last;
    private long work;

    private record LoggedJob(long time, String description, List<StageSpec> stages) {}

    private LoggedWorkload(double failuresPerNodeHour) {
        this.failuresPerNodeHour = failuresPerNodeHour;
    }

    /// Reads a log.
    ///
    /// @throws IOException if it cannot be read or tells of no job
    static LoggedWorkload read(Path log, double failuresPerNodeHour) throws IOException {
        LoggedWorkload read = new LoggedWorkload(failuresPerNodeHour);
        List<LoggedEvent> started = new ArrayList<>();
        try (BufferedReader lines = Files.newBufferedReader(log)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                LoggedEvent event = LoggedEvent.parse(line).orElse(null);
                if (event != null) {
                    read.add(event, started);
                }
            }
        }
        started.forEach(read::addJob);
        if (read.jobs.isEmpty()) {
            throw new IOException(log + " tells of no job that ran a task");
        }
        return read;
    }

    private void add(LoggedEvent event, List<LoggedEvent> started) {
        switch (event.name()) {
            case "jobStarted" -> started.add(event);
            case "taskEnded" -> addTask(event);
            default -> {
                return;
            }
        }
        first = Math.min(first, event.time());
        last = Math.max(last, event.time());
    }

    private static StageId stage(LoggedEvent event) {
        return new StageId(new QueryId(event.number("query")), (int) event.number("stage"));
    }

    private void addTask(LoggedEvent event) {
        int partition = (int) event.number("partition");
        if (partition < 0
                || partition >= MAX_TASKS
                || !event.object("failure").fields().isEmpty()) {
            return;
        }
        long[] known = millis.getOrDefault(stage(event), new long[0]);
        if (partition >= known.length) {
            known = Arrays.copyOf(known, partition + 1);
            millis.put(stage(event), known);
        }
        known[partition] = Math.max(1, event.number("runNanos") / 1_000_000);
        work += known[partition];
    }

    private void addJob(LoggedEvent event) {
        Map<Integer, StageId> numbered = new HashMap<>();
        List<StageSpec> stages = new ArrayList<>();
        for (LoggedEvent logged : event.objects("stages")) {
            StageId id = stage(logged);
            List<StageId> inputs = new ArrayList<>();
            for (int input : logged.integers("inputs")) {
                StageId known = numbered.get(input);
                if (known != null) {
                    inputs.add(known);
                }
            }
            numbered.put(id.number(), id);
            long[] tasks = millis.get(id);
            if (tasks != null) {
                boolean result = Boolean.TRUE.equals(logged.fields().get("result"));
                stages.add(
                        DrawnWorkload.stage(
                                id,
                                new StageWork(tasks.length, false, false),
                                result,
                                inputs.stream().filter(millis::containsKey).toList()));
            }
        }
        if (!stages.isEmpty()) {
            jobs.put(
                    event.number("job"),
                    new LoggedJob(event.time(), event.text("description"), stages));
        }
    }

    @Override
    public List<Arrival> jobs(SplittableRandom random) {
        List<Arrival> arrivals = new ArrayList<>();
        jobs.forEach((id, job) ->
                arrivals.add(
                        new Arrival(
                                new JobSpec(
                                        new JobId(id),
                                        job.stages(),
                                        job.stages().getLast().id(),
                                        job.description()),
                                job.time() - first)));
        return arrivals;
    }

    @Override
    public long millis(TaskAttemptId task, SplittableRandom random) {
        return millis.get(task.stage().stage())[task.partition()];
    }

    @Override
    public long patienceMillis() {
        return Math.max(600_000, Math.min(100 * work, Integer.MAX_VALUE / 4));
    }

    @Override
    public boolean isToBeLeftClean() {
        return false;
    }

    @Override
    public double failuresPerNodeHour() {
        return failuresPerNodeHour;
    }

    /// Milliseconds from the first job's start to the last task's end, as it was.
    long recordedMillis() {
        return last - first;
    }

    /// Milliseconds that all tasks computed.
    long workMillis() {
        return work;
    }

    int jobCount() {
        return jobs.size();
    }
}
