package io.troupe.console.model;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// An application: all that its log told so far, bounded. Whoever reads it holds the lock of who
/// feeds it.
public final class ApplicationModel {
    /// The schema that is read, as `docs/event-log.md` counts.
    public static final int NEWEST_SCHEMA = 2;

    private final Map<Long, QueryModel> queries = new LinkedHashMap<>();
    private final Map<Long, JobModel> jobs = new LinkedHashMap<>();
    private final Map<Key, StageModel> stages = new LinkedHashMap<>();
    private final Map<Long, List<StageModel>> stagesByQuery = new HashMap<>();
    private final Map<String, ExecutorModel> executorsById = new LinkedHashMap<>();
    private final List<ExecutorModel> executors = new ArrayList<>();
    private final Map<Long, CacheModel> caches = new LinkedHashMap<>();
    private final StageNumbers numbers = new StageNumbers();
    private final CoreStrip strip = new CoreStrip();
    private final PrintedLines printed = new PrintedLines();
    private final Stacks stacks = new Stacks();
    private Map<String, String> settings = Map.of();
    private Map<String, String> system = Map.of();
    private String id = "";
    private String version = "";
    private String user = "";
    private long schema;
    private long started;
    private long ended;
    private long latest;
    private long dropped;

    /// A stage attempt.
    ///
    /// @param query the query
    /// @param stage the stage's number in it
    /// @param attempt the attempt's number, from 0
    record Key(long query, int stage, int attempt) {
        static Key of(LoggedEvent event) {
            return new Key(
                    event.number("query"),
                    (int) event.number("stage"),
                    (int) event.number("attempt"));
        }
    }

    void start(LoggedEvent event) {
        if (started == 0) {
            started = event.time();
            strip.origin(started);
        }
        id = event.text("application");
        version = event.text("version");
        schema = event.number("schema");
        user = event.text("user");
        settings = event.object("settings").texts();
        system = event.object("system").texts();
    }

    void end(LoggedEvent event) {
        ended = event.time();
        dropped = event.number("dropped");
    }

    void saw(long time) {
        latest = Math.max(latest, time);
    }

    Map<Long, QueryModel> queriesById() {
        return queries;
    }

    Map<Long, JobModel> jobsById() {
        return jobs;
    }

    StageModel stage(Key key) {
        return stages.get(key);
    }

    /// Adds a stage attempt; beyond that many the oldest go.
    void addStage(Key key, StageModel stage, int most) {
        forget(stages.put(key, stage));
        stagesByQuery.computeIfAbsent(stage.query(), query -> new ArrayList<>()).add(stage);
        Iterator<StageModel> oldest = stages.values().iterator();
        while (stages.size() > most) {
            forget(oldest.next());
            oldest.remove();
        }
    }

    private void forget(StageModel stage) {
        if (stage != null) {
            List<StageModel> left = stagesByQuery.get(stage.query());
            left.remove(stage);
            if (left.isEmpty()) {
                stagesByQuery.remove(stage.query());
            }
        }
    }

    Map<Long, CacheModel> cachesById() {
        return caches;
    }

    StageNumbers numbers() {
        return numbers;
    }

    void executorJoined(LoggedEvent introduction) {
        String name = introduction.text("executor");
        if (!executorsById.containsKey(name)) {
            ExecutorModel made = new ExecutorModel(executors.size(), introduction);
            executors.add(made);
            executorsById.put(name, made);
        }
    }

    /// The executor of that name; one that the log does not introduce has no more than its name and
    /// the time at which it is first seen.
    ExecutorModel executorNamed(String name, long time) {
        ExecutorModel known = executorsById.get(name);
        if (known == null) {
            executorJoined(new LoggedEvent(Map.of("executor", name, "time", time)));
            known = executorsById.get(name);
        }
        return known;
    }

    ExecutorModel executorNamed(String name) {
        return executorsById.get(name);
    }

    /// The application's identity.
    public String id() {
        return id;
    }

    public String name() {
        return settings.getOrDefault("spark.app.name", id);
    }

    /// Who ran it, or empty.
    public String user() {
        return user;
    }

    /// Troupe's version that ran it.
    public String version() {
        return version;
    }

    /// Where its log is of a later schema than this console knows, what that means; otherwise
    /// empty.
    public String schemaNote() {
        return schema <= NEWEST_SCHEMA
                ? ""
                : "its log has schema "
                        + schema
                        + ", this console knows "
                        + NEWEST_SCHEMA
                        + ": figures may be missing";
    }

    /// Its settings, secrets left out.
    public Map<String, String> settings() {
        return settings;
    }

    /// What its process runs on: versions, processors, memory.
    public Map<String, String> system() {
        return system;
    }

    /// Milliseconds since the epoch.
    public long started() {
        return started;
    }

    /// Milliseconds since the epoch; 0 while it runs, or if its log was cut off.
    public long ended() {
        return ended;
    }

    /// Time of the last event.
    public long latest() {
        return latest;
    }

    /// Events that the log could not take.
    public long dropped() {
        return dropped;
    }

    /// In the order in which they were planned.
    public Collection<QueryModel> queries() {
        return queries.values();
    }

    /// The query of that number, or null.
    public QueryModel query(long number) {
        return queries.get(number);
    }

    public Collection<JobModel> jobs() {
        return jobs.values();
    }

    /// The job of that number, or null.
    public JobModel job(long number) {
        return jobs.get(number);
    }

    /// Attempts of stages, in the order in which they started.
    public Collection<StageModel> stages() {
        return stages.values();
    }

    /// The attempts of a query's stages.
    public List<StageModel> stagesOf(long query) {
        return List.copyOf(stagesByQuery.getOrDefault(query, List.of()));
    }

    /// In the order in which they joined; a place in this list names an executor in task tables.
    public List<ExecutorModel> executors() {
        return executors;
    }

    public Collection<CacheModel> caches() {
        return caches.values();
    }

    /// What all cores did over time.
    public CoreStrip strip() {
        return strip;
    }

    /// What Python functions printed.
    public PrintedLines printed() {
        return printed;
    }

    /// Where a sampler found Python functions.
    public Stacks stacks() {
        return stacks;
    }

    /// A query runs while one of its jobs does.
    public boolean isRunning(QueryModel query) {
        if (ended == 0) {
            for (long number : query.jobs()) {
                JobModel job = jobs.get(number);
                if (job != null && job.isRunning()) {
                    return true;
                }
            }
        }
        return false;
    }

    /// Whether all jobs of the query are still known, and have ended.
    public boolean hasEnded(QueryModel query) {
        for (long number : query.jobs()) {
            JobModel job = jobs.get(number);
            if (job == null || job.isRunning()) {
                return false;
            }
        }
        return !query.jobs().isEmpty();
    }
}
