package io.troupe.console.finding;

import io.troupe.console.model.TaskMetric;
import java.util.List;

/// Tasks wait for the garbage collector.
final class GcRule implements Rule {
    private static final double LEAST_SHARE = 0.15;
    private static final long LEAST_NANOS = 1_000_000_000L;

    @Override
    public String name() {
        return "gc";
    }

    @Override
    public List<Finding> look(QueryFacts facts) {
        long gc = facts.sum(TaskMetric.GC);
        long run = Math.max(1, facts.sum(TaskMetric.RUN));
        if (gc < LEAST_NANOS || gc < LEAST_SHARE * run) {
            return List.of();
        }
        return List.of(
                Finding.ofQuery(
                        this,
                        facts.query(),
                        gc,
                        new Finding.Text(
                                "Garbage collection: "
                                        + Words.percent((double) gc / run)
                                        + " of the tasks' time",
                                "Tasks waited "
                                        + Words.time(gc)
                                        + " of "
                                        + Words.time(run)
                                        + " for the Java heap ("
                                        + Words.percent(LEAST_SHARE)
                                        + " or more is told).",
                                "give the processes more memory, or fewer cores for the memory that they have")));
    }
}
