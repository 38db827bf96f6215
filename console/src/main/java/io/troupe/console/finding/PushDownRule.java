package io.troupe.console.finding;

import io.troupe.console.model.OperatorFigures;
import io.troupe.console.model.StageModel;
import io.troupe.console.model.TaskMetric;
import java.util.ArrayList;
import java.util.List;

/// A scan reads everything for a filter right above it that keeps little of it.
final class PushDownRule implements Rule {
    private static final long LEAST_ROWS = 1_000_000;
    private static final double MOST_KEPT = 0.05;
    private static final int LONGEST = 160;

    @Override
    public String name() {
        return "pushDown";
    }

    @Override
    public List<Finding> look(QueryFacts facts) {
        List<Finding> found = new ArrayList<>();
        for (OperatorFigures filter : facts.figures()) {
            if (filter.operator().name().equals("Filter")) {
                OperatorFigures scan = scanBelow(facts, filter);
                StageModel stage = facts.stageOf(filter);
                if (scan != null
                        && stage != null
                        && scan.operator().text().contains("PushedFilters: []")
                        && scan.rows() >= LEAST_ROWS
                        && filter.rows() <= MOST_KEPT * scan.rows()) {
                    found.add(finding(filter, scan, stage));
                }
            }
        }
        return found;
    }

    /// The scan that feeds the filter through projections only, or null.
    private static OperatorFigures scanBelow(QueryFacts facts, OperatorFigures filter) {
        OperatorFigures at = filter;
        while (true) {
            List<OperatorFigures> below = facts.below(at);
            if (below.size() != 1) {
                return null;
            }
            at = below.getFirst();
            switch (at.operator().name()) {
                case "FileScan" -> {
                    return at;
                }
                case "Project" -> {
                    // What it adds is only renamed or computed.
                }
                default -> {
                    return null;
                }
            }
        }
    }

    private Finding finding(OperatorFigures filter, OperatorFigures scan, StageModel stage) {
        return Finding.ofStage(
                this,
                stage,
                scan.ownNanos() * (1 - (double) filter.rows() / scan.rows()),
                new Finding.Text(
                        "Filter after a full scan: "
                                + Words.count(filter.rows())
                                + " of "
                                + Words.count(scan.rows())
                                + " rows are kept",
                        "The scan"
                                + Words.at(scan.operator())
                                + " read "
                                + Words.bytes(stage.sum(TaskMetric.INPUT_BYTES))
                                + "; nothing of \""
                                + Words.cut(filter.operator().text(), LONGEST)
                                + "\""
                                + Words.at(filter.operator())
                                + " could be asked of the files' statistics.",
                        "compare the column itself with a value, without a function or a cast around it"));
    }
}
