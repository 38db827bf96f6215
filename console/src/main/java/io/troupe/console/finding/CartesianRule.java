package io.troupe.console.finding;

import io.troupe.console.model.OperatorFigures;
import io.troupe.console.model.StageModel;
import java.util.ArrayList;
import java.util.List;

/// A join that tries each row of one side against each of the other.
final class CartesianRule implements Rule {
    private static final double LEAST_PAIRS = 1e7;
    private static final long LEAST_NANOS = 200_000_000L;
    private static final int LONGEST = 160;

    @Override
    public String name() {
        return "cartesian";
    }

    @Override
    public List<Finding> look(QueryFacts facts) {
        List<Finding> found = new ArrayList<>();
        for (OperatorFigures join : facts.figures()) {
            StageModel stage = facts.stageOf(join);
            List<OperatorFigures> sides = facts.below(join);
            if (stage != null
                    && join.operator().name().equals("BroadcastNestedLoopJoin")
                    && sides.size() == 2) {
                double pairs = (double) sides.get(0).rows() * sides.get(1).rows();
                if (Math.max(pairs, join.rows()) >= LEAST_PAIRS && join.ownNanos() >= LEAST_NANOS) {
                    found.add(finding(join, sides, stage));
                }
            }
        }
        return found;
    }

    private Finding finding(OperatorFigures join, List<OperatorFigures> sides, StageModel stage) {
        return Finding.ofStage(
                this,
                stage,
                join.ownNanos(),
                new Finding.Text(
                        "Cartesian join: every row was tried against every other",
                        "\""
                                + Words.cut(join.operator().text(), LONGEST)
                                + "\""
                                + Words.at(join.operator())
                                + " took "
                                + Words.time(join.ownNanos())
                                + " for "
                                + Words.count(sides.get(0).rows())
                                + " rows against "
                                + Words.count(sides.get(1).rows())
                                + ", and gave "
                                + Words.count(join.rows())
                                + ".",
                        "join on an equality of columns, if need be of a coarser key (a day, a cell) beside the condition"));
    }
}
