package io.troupe.console.finding;

import io.troupe.console.model.ApplicationModel;
import io.troupe.console.model.OperatorFigures;
import io.troupe.console.model.QueryModel;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.WeakHashMap;

/// Several queries read the same files, made by the same line of the script. Told with the first of
/// them.
final class RepeatedScanRule implements Rule {
    private static final int LEAST_QUERIES = 4;
    private static final long LEAST_NANOS = 2_000_000_000L;

    /// What queries that have ended have read, by line: it changes no more, and pages ask each
    /// second.
    private final Map<QueryModel, Map<String, Scanned>> ended = new WeakHashMap<>();

    private record Scanned(long nanos, long bytes) {
        static final Scanned NOTHING = new Scanned(0, 0);

        Scanned plus(Scanned other) {
            return new Scanned(nanos + other.nanos, bytes + other.bytes);
        }
    }

    @Override
    public String name() {
        return "repeatedScan";
    }

    @Override
    public List<Finding> look(QueryFacts facts) {
        List<Finding> found = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        for (QueryModel.Operator scan : facts.query().operators()) {
            if (isScan(scan) && seen.add(scan.line())) {
                look(facts, scan, found);
            }
        }
        return found;
    }

    private void look(QueryFacts facts, QueryModel.Operator scan, List<Finding> found) {
        String line = scan.line();
        int queries = 0;
        long nanos = 0;
        long bytes = 0;
        for (QueryModel query : facts.model().queries()) {
            if (query.operators().stream().noneMatch(o -> isScan(o) && o.line().equals(line))) {
                continue;
            }
            if (query.id() < facts.query().id()) {
                return;
            }
            queries++;
            Scanned scanned = scanned(facts.model(), query).getOrDefault(line, Scanned.NOTHING);
            nanos += scanned.nanos();
            bytes += scanned.bytes();
        }
        if (queries >= LEAST_QUERIES && nanos >= LEAST_NANOS) {
            found.add(
                    Finding.ofQuery(
                            this,
                            facts.query(),
                            nanos * (queries - 1.0) / queries,
                            new Finding.Text(
                                    "Repeated scan: "
                                            + queries
                                            + " queries read the same files"
                                            + Words.at(scan),
                                    "They read "
                                            + Words.bytes(bytes)
                                            + " in "
                                            + Words.time(nanos)
                                            + " of tasks' time ("
                                            + LEAST_QUERIES
                                            + " queries and "
                                            + Words.time(LEAST_NANOS)
                                            + " or more are told).",
                                    "cache what they have in common: select the columns that they use, then .cache()")));
        }
    }

    private Map<String, Scanned> scanned(ApplicationModel model, QueryModel query) {
        if (query.jobs().isEmpty() || model.isRunning(query)) {
            return count(model, query);
        }
        synchronized (ended) {
            return ended.computeIfAbsent(query, key -> count(model, key));
        }
    }

    private static Map<String, Scanned> count(ApplicationModel model, QueryModel query) {
        Map<String, Scanned> scanned = new HashMap<>();
        for (OperatorFigures figure : OperatorFigures.of(model, query)) {
            if (isScan(figure.operator())) {
                scanned.merge(
                        figure.operator().line(),
                        new Scanned(figure.ownNanos(), figure.bytes()),
                        Scanned::plus);
            }
        }
        return scanned;
    }

    private static boolean isScan(QueryModel.Operator operator) {
        return operator.name().equals("FileScan") && !operator.line().isEmpty();
    }
}
