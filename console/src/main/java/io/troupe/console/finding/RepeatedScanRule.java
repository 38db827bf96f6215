package io.troupe.console.finding;

import io.troupe.console.model.ApplicationModel;
import io.troupe.console.model.OperatorFigures;
import io.troupe.console.model.PerQuery;
import io.troupe.console.model.QueryModel;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Several queries read the same files, made by the same line of the script. Told with the first of
/// them. No [Rule], as those look at one query.
final class RepeatedScanRule {
    private static final String NAME = "repeatedScan";
    private static final int LEAST_QUERIES = 4;
    private static final long LEAST_NANOS = 2_000_000_000L;

    private final PerQuery<Map<String, Scanned>> scans = new PerQuery<>();

    private record Scanned(long nanos, long bytes) {
        Scanned plus(Scanned other) {
            return new Scanned(nanos + other.nanos, bytes + other.bytes);
        }
    }

    /// Queries that read what one line names.
    private record Readers(QueryModel first, int queries, Scanned all) {
        Readers followedBy(Readers next) {
            return new Readers(first, queries + next.queries, all.plus(next.all));
        }
    }

    /// Looks at all queries of an application.
    List<Finding> look(ApplicationModel model) {
        Map<String, Readers> byLine = new LinkedHashMap<>();
        for (QueryModel query : model.queries()) {
            scans.of(query, key -> count(model, key))
                    .forEach((line, scanned) ->
                            byLine.merge(
                                    line, new Readers(query, 1, scanned), Readers::followedBy));
        }
        List<Finding> found = new ArrayList<>();
        byLine.forEach((line, readers) -> {
            if (readers.queries() >= LEAST_QUERIES && readers.all().nanos() >= LEAST_NANOS) {
                found.add(finding(line, readers));
            }
        });
        return found;
    }

    private Finding finding(String line, Readers readers) {
        int queries = readers.queries();
        double saved = readers.all().nanos() * (queries - 1.0) / queries;
        return new Finding(
                NAME,
                readers.first().id(),
                -1,
                0,
                "Repeated scan: " + queries + " queries read the same files" + Words.at(line),
                "They read "
                        + Words.bytes(readers.all().bytes())
                        + " in "
                        + Words.time(readers.all().nanos())
                        + " of tasks' time ("
                        + LEAST_QUERIES
                        + " queries and "
                        + Words.time(LEAST_NANOS)
                        + " or more are told).",
                "cache what they have in common: select the columns that they use, then .cache()",
                saved / 1e9);
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
