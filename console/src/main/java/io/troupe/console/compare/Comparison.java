package io.troupe.console.compare;

import io.troupe.console.finding.Words;
import io.troupe.console.model.ApplicationModel;
import io.troupe.console.model.OperatorFigures;
import io.troupe.console.model.QueryModel;
import io.troupe.console.model.StageModel;
import io.troupe.console.model.TaskMetric;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.ToLongFunction;

/// Two runs side by side, in words: which queries took longer, and which of their operators.
///
/// @param before the first run
/// @param after the second run
public record Comparison(ApplicationModel before, ApplicationModel after) {
    private static final int MOST_QUERIES = 20;
    private static final int MOST_OPERATORS = 5;
    private static final int LONGEST = 96;

    /// Below these a change is noise.
    private static final long LEAST_NANOS = 10_000_000L;

    private static final double LEAST_SHARE = 0.1;

    /// The report, lines of text.
    public String text() {
        StringBuilder text = new StringBuilder();
        text.append(row("", before.id(), after.id(), ""));
        note(text, "first", before);
        note(text, "second", after);
        total(text, "tasks' time", TaskMetric.RUN, Words::time);
        total(text, "Python", TaskMetric.PYTHON, Words::time);
        total(text, "garbage collection", TaskMetric.GC, Words::time);
        total(text, "read", TaskMetric.INPUT_BYTES, Words::bytes);
        total(text, "exchanged", TaskMetric.SHUFFLE_READ_BYTES, Words::bytes);
        total(text, "spilled", TaskMetric.SPILL_BYTES, Words::bytes);
        text.append('\n');
        List<QueryMatch> matches = new ArrayList<>(QueryMatch.of(before, after));
        matches.sort(Comparator.comparingLong((QueryMatch match) -> -Math.abs(change(match))));
        matches.stream().limit(MOST_QUERIES).forEach(match -> query(text, match));
        if (matches.size() > MOST_QUERIES) {
            text.append("… and ")
                    .append(matches.size() - MOST_QUERIES)
                    .append(" more queries with smaller changes\n");
        }
        return text.toString();
    }

    /// Why figures of a run may be less than all.
    private static void note(StringBuilder text, String which, ApplicationModel run) {
        if (!run.schemaNote().isEmpty()) {
            text.append("the ")
                    .append(which)
                    .append(" run: ")
                    .append(run.schemaNote())
                    .append('\n');
        }
        if (run.ended() == 0) {
            text.append("the ")
                    .append(which)
                    .append(" run: its log has no end; it still runs, or its log was cut off\n");
        }
    }

    private static String row(String name, String one, String other, String change) {
        return String.format(Locale.ROOT, "%-20s %22s %22s  %s%n", name, one, other, change);
    }

    private void total(
            StringBuilder text,
            String name,
            TaskMetric metric,
            java.util.function.LongFunction<String> words) {
        long one = sum(before, metric);
        long other = sum(after, metric);
        if (one != 0 || other != 0) {
            text.append(row(name, words.apply(one), words.apply(other), times(one, other)));
        }
    }

    private static long sum(ApplicationModel model, TaskMetric metric) {
        return model.executors().stream().mapToLong(executor -> executor.sum(metric)).sum();
    }

    /// How many times as much.
    private static String times(long one, long other) {
        return one == 0 ? "new" : String.format(Locale.ROOT, "%.2f ×", (double) other / one);
    }

    private long change(QueryMatch match) {
        return nanos(after, match.after()) - nanos(before, match.before());
    }

    private static long nanos(ApplicationModel model, QueryModel query) {
        return query == null
                ? 0
                : model.stagesOf(query.id()).stream()
                        .mapToLong((StageModel stage) -> stage.sum(TaskMetric.RUN))
                        .sum();
    }

    private void query(StringBuilder text, QueryMatch match) {
        long one = nanos(before, match.before());
        long other = nanos(after, match.after());
        text.append("query ").append(Words.cut(match.any().title(), LONGEST)).append(": ");
        if (match.before() == null || match.after() == null) {
            text.append("only in the ")
                    .append(match.before() == null ? "second" : "first")
                    .append(" run, ")
                    .append(Words.time(one + other))
                    .append('\n');
            return;
        }
        text.append(Words.time(one))
                .append(" → ")
                .append(Words.time(other))
                .append(" (")
                .append(times(one, other))
                .append(")\n");
        List<OperatorChange> changes =
                OperatorChange.of(before, match.before(), after, match.after());
        changes.stream()
                .filter(change -> isNotable(change))
                .sorted(Comparator.comparingLong(change -> -Math.abs(change.nanos())))
                .limit(MOST_OPERATORS)
                .forEach(change -> operator(text, change));
    }

    private static boolean isNotable(OperatorChange change) {
        if (change.before() == null || change.after() == null) {
            return change.any().ownNanos() >= LEAST_NANOS;
        }
        return Math.abs(change.nanos())
                        >= Math.max(LEAST_NANOS, LEAST_SHARE * change.before().ownNanos())
                || change.rows() != 0
                || change.spillBytes() != 0;
    }

    private static void operator(StringBuilder text, OperatorChange change) {
        text.append("  ")
                .append(Words.cut(change.any().operator().text(), LONGEST))
                .append(Words.at(change.any().operator()))
                .append('\n');
        if (change.before() == null || change.after() == null) {
            text.append("    only in the ")
                    .append(change.before() == null ? "second" : "first")
                    .append(" run: ")
                    .append(Words.time(change.any().ownNanos()))
                    .append(", ")
                    .append(Words.count(change.any().rows()))
                    .append(" rows\n");
            return;
        }
        text.append("    ").append(figure(change, OperatorFigures::ownNanos, Words::time));
        if (change.rows() != 0) {
            text.append(", rows ").append(figure(change, OperatorFigures::rows, Words::count));
        }
        if (change.spillBytes() != 0) {
            text.append(", spilled ")
                    .append(figure(change, OperatorFigures::spillBytes, Words::bytes));
        }
        text.append('\n');
    }

    private static String figure(
            OperatorChange change,
            ToLongFunction<OperatorFigures> part,
            java.util.function.LongFunction<String> words) {
        return words.apply(part.applyAsLong(change.before()))
                + " → "
                + words.apply(part.applyAsLong(change.after()));
    }
}
