package io.troupe.console.finding;

import io.troupe.console.model.OperatorFigures;
import io.troupe.console.model.QueryModel;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// Several queries read the same files, made by the same line of the script. Told with the first of
/// them.
final class RepeatedScanRule implements Rule {
    private static final int LEAST_QUERIES = 4;
    private static final long LEAST_NANOS = 2_000_000_000L;

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
            for (OperatorFigures figure : OperatorFigures.of(facts.model(), query)) {
                if (isScan(figure.operator()) && figure.operator().line().equals(line)) {
                    nanos += figure.ownNanos();
                    bytes += figure.bytes();
                }
            }
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

    private static boolean isScan(QueryModel.Operator operator) {
        return operator.name().equals("FileScan") && !operator.line().isEmpty();
    }
}
