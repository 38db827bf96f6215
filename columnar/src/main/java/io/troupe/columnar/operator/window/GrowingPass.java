package io.troupe.columnar.operator.window;

import io.troupe.columnar.operator.window.Reach.Step;

/// Carries one state through the partition, and writes its value for the rows of a step when the
/// step ends.
final class GrowingPass implements PartitionPass {
    private final Step step;
    private final RunningValue value;
    private final ResultColumn result;
    private final long partitionRows;
    private long rows;
    private long stepFirst;
    private long steps;

    GrowingPass(Reach.Growing reach, ResultColumn result, long partitionRows) {
        this.step = reach.step();
        this.value = reach.value().get();
        this.result = result;
        this.partitionRows = partitionRows;
    }

    @Override
    public void add(Piece piece) {
        int from = 0;
        for (int row = 0; row < piece.rows(); row++) {
            boolean begins =
                    switch (step) {
                        case ROW -> true;
                        case PEERS -> piece.newPeers()[row];
                        case PARTITION -> false;
                    };
            if (begins && rows + row > stepFirst) {
                value.add(piece.arguments(), from, row);
                endStep(rows + row);
                from = row;
            }
        }
        value.add(piece.arguments(), from, piece.rows());
        rows += piece.rows();
    }

    private void endStep(long end) {
        RunningValue.Place place = new RunningValue.Place(stepFirst, end, steps, partitionRows);
        result.repeat(value.value(place), end - stepFirst);
        stepFirst = end;
        steps++;
    }

    @Override
    public void end() {
        endStep(rows);
    }

    @Override
    public void close() {}
}
