package io.troupe.console.model;

import java.util.ArrayList;
import java.util.List;

/// A job: the stages that give one result.
public final class JobModel {
    private final long id;
    private final long query;
    private final String description;
    private final long started;
    private final List<Stage> stages;
    private long ended;
    private Failure failure;

    /// A stage as the job declares it.
    ///
    /// @param number its number in the application
    /// @param query the query that it belongs to
    /// @param stage its number within the query
    /// @param isResult whether it gives the job's result
    /// @param inputs numbers within the query of the stages that it reads
    public record Stage(
            int number, long query, int stage, boolean isResult, List<Integer> inputs) {}

    JobModel(LoggedEvent event, StageNumbers numbers) {
        this.id = event.number("job");
        this.query = event.number("query");
        this.description = event.text("description");
        this.started = event.time();
        List<Stage> declared = new ArrayList<>();
        for (LoggedEvent stage : event.objects("stages")) {
            long of = stage.number("query");
            int number = (int) stage.number("stage");
            declared.add(
                    new Stage(
                            numbers.of(of, number),
                            of,
                            number,
                            stage.flag("result"),
                            stage.integers("inputs")));
        }
        this.stages = List.copyOf(declared);
    }

    void end(long time, Failure why) {
        ended = time;
        failure = why;
    }

    public long id() {
        return id;
    }

    public long query() {
        return query;
    }

    /// The line of the user's script.
    public String description() {
        return description;
    }

    public long started() {
        return started;
    }

    /// Milliseconds since the epoch, or 0 while it runs.
    public long ended() {
        return ended;
    }

    public boolean isRunning() {
        return ended == 0;
    }

    /// Why it failed, or null.
    public Failure failure() {
        return failure;
    }

    public List<Stage> stages() {
        return stages;
    }
}
