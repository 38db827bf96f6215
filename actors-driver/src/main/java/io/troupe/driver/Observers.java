package io.troupe.driver;

import io.troupe.cluster.node.ClusterMember;
import io.troupe.console.application.OneApplication;
import io.troupe.driver.eventlog.EventLog;
import io.troupe.driver.eventlog.LogFolder;
import io.troupe.driver.eventlog.Progress;
import io.troupe.driver.eventlog.QueryListener;
import io.troupe.driver.job.JobRunner;
import io.troupe.driver.node.Wiring;
import io.troupe.driver.schedule.SchedulerListener;
import io.troupe.driver.session.AccumulatorUpdates;
import io.troupe.driver.session.Diagnosis;
import io.troupe.driver.session.Telemetry;
import io.troupe.executor.task.Held;
import io.troupe.planner.error.TroupeException;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/// Those who watch an application: its event log, and what runs now.
///
/// @param log the event log, or null where the user wants none
/// @param accumulators what Python functions counted
/// @param diagnosis what is wrong with queries that ran
/// @param runner completed with the executors once they are there
/// @param console the console, or null where the user wants none or there is no log to show
record Observers(
        String applicationId,
        EventLog log,
        Progress progress,
        AccumulatorUpdates accumulators,
        Diagnosis diagnosis,
        DriverConsole console,
        CompletableFuture<JobRunner> runner)
        implements AutoCloseable {
    static Observers start(Map<String, String> conf) {
        boolean local = conf.getOrDefault("spark.master", "local").startsWith("local");
        String id = (local ? "local-" : "app-") + System.currentTimeMillis();
        boolean wanted = !"false".equalsIgnoreCase(conf.get("spark.eventLog.enabled"));
        Map<String, String> settings = new LinkedHashMap<>(conf);
        settings.put("spark.app.id", id);
        EventLog log = wanted ? EventLog.start(folder(conf), id, Wiring.VERSION, settings) : null;
        boolean shown = !"false".equalsIgnoreCase(conf.get("spark.ui.enabled"));
        CompletableFuture<JobRunner> runner = new CompletableFuture<>();
        if (log == null) {
            return new Observers(
                    id,
                    null,
                    new Progress(),
                    new AccumulatorUpdates(),
                    Diagnosis.none(),
                    null,
                    runner);
        }
        OneApplication application = new OneApplication(id, log::flushed);
        DriverConsole console =
                shown
                        ? DriverConsole.start(
                                conf, application, () -> members(runner), () -> held(runner))
                        : null;
        return new Observers(
                id,
                log,
                new Progress(),
                new AccumulatorUpdates(),
                new LoggedDiagnosis(application),
                console,
                runner);
    }

    private static List<ClusterMember> members(CompletableFuture<JobRunner> runner) {
        return runner.isDone() && !runner.isCompletedExceptionally()
                ? runner.join().members()
                : List.of();
    }

    private static Held held(CompletableFuture<JobRunner> runner) {
        return runner.isDone() && !runner.isCompletedExceptionally()
                ? runner.join().held()
                : Held.NOTHING;
    }

    private static LogFolder folder(Map<String, String> conf) {
        return LogFolder.of(conf, System.getenv());
    }

    /// An event log that the user asked for by its folder has to be had.
    ///
    /// @throws TroupeException naming the folder
    static void check(Map<String, String> conf) {
        LogFolder folder = folder(conf);
        if (folder.chosen() && !"false".equalsIgnoreCase(conf.get("spark.eventLog.enabled"))) {
            try {
                folder.prepare();
            } catch (IOException e) {
                throw new TroupeException(
                        TroupeException.Kind.IllegalArgumentException,
                        "CANNOT_WRITE_EVENT_LOG",
                        null,
                        e.getMessage(),
                        Map.of("folder", folder.path().toString()));
            }
        }
    }

    SchedulerListener listener() {
        return SchedulerListener.all(
                log == null
                        ? List.of(progress, accumulators)
                        : List.of(progress, accumulators, log));
    }

    Telemetry telemetry() {
        QueryListener queries = log == null ? QueryListener.none() : log;
        return new Telemetry(
                applicationId,
                queries,
                progress,
                accumulators,
                diagnosis,
                () -> console == null ? null : console.url());
    }

    @Override
    public void close() {
        if (console != null) {
            console.close();
        }
        if (log != null) {
            log.close();
        }
    }
}
