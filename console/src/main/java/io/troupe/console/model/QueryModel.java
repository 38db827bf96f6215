package io.troupe.console.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// A planned query.
public final class QueryModel {
    private final long id;
    private final long planned;
    private final String line;
    private final String description;
    private final String group;
    private final Map<String, Long> planningNanos;
    private final List<Operator> operators;
    private final List<Long> jobs = new ArrayList<>();
    private Map<String, String> plans;
    private long changes;

    /// An operator of its plan.
    ///
    /// @param id its place in the list
    /// @param parent the operator that reads it, or -1
    /// @param name its kind
    /// @param text its line in `explain`
    /// @param stage the stage that runs it, by its number in the query
    /// @param operator its number in that stage
    /// @param exchange the stage that writes it if it is an exchange, or -1
    /// @param line the line of the user's script that it comes from, or empty
    public record Operator(
            int id,
            int parent,
            String name,
            String text,
            int stage,
            int operator,
            int exchange,
            String line) {
        /// Parents come before their children: one that does not is none, so that operators are
        /// trees whoever wrote the log.
        static Operator of(int id, LoggedEvent event) {
            long parent = event.number("parent", -1);
            return new Operator(
                    id,
                    parent >= 0 && parent < id ? (int) parent : -1,
                    event.text("name"),
                    event.text("text"),
                    (int) event.number("stage"),
                    (int) event.number("operator"),
                    (int) event.number("exchange", -1),
                    event.text("line"));
        }
    }

    QueryModel(LoggedEvent event) {
        this.id = event.number("query");
        this.planned = event.time();
        this.line = event.text("line");
        this.description = event.text("description");
        this.group = event.text("group");
        this.planningNanos = event.object("planningNanos").numbers();
        this.operators = operators(event.objects("operators"));
        this.plans = event.object("plans").texts();
    }

    private static List<Operator> operators(List<LoggedEvent> written) {
        List<Operator> read = new ArrayList<>();
        for (LoggedEvent event : written) {
            read.add(Operator.of(read.size(), event));
        }
        return List.copyOf(read);
    }

    void addJob(long job) {
        jobs.add(job);
    }

    /// One of its jobs, stages or tasks has changed.
    void change() {
        changes++;
    }

    /// Grows when one of its jobs, stages or tasks changes.
    public long changes() {
        return changes;
    }

    void forgetPlans() {
        plans = Map.of();
    }

    public long id() {
        return id;
    }

    /// When it was planned, in milliseconds since the epoch.
    public long planned() {
        return planned;
    }

    /// The line of the user's script that asked for it.
    public String line() {
        return line;
    }

    /// What the user called it, or the line.
    public String title() {
        return description.isEmpty() ? line : description;
    }

    public String group() {
        return group;
    }

    public Map<String, Long> planningNanos() {
        return planningNanos;
    }

    public List<Operator> operators() {
        return operators;
    }

    /// Its jobs, in order.
    public List<Long> jobs() {
        return jobs;
    }

    /// Its plans as text, by name; empty where they were forgotten.
    public Map<String, String> plans() {
        return plans;
    }
}
