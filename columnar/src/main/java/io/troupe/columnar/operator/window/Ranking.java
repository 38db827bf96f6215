package io.troupe.columnar.operator.window;

import io.troupe.columnar.column.Values;
import io.troupe.columnar.vector.DoubleVector;
import io.troupe.columnar.vector.IntVector;
import io.troupe.columnar.vector.Vector;
import io.troupe.planner.type.AtomicType;

/// Functions of a row's place in its partition.
public enum Ranking implements WindowFunction {
    ROW_NUMBER,
    RANK,
    DENSE_RANK,
    PERCENT_RANK,
    CUME_DIST,
    NTILE;

    @Override
    public Vector evaluate(Chunk chunk, Vector[] arguments) {
        return switch (this) {
            case PERCENT_RANK, CUME_DIST -> shares(chunk);
            case DENSE_RANK -> dense(chunk);
            case NTILE -> tiles(chunk, arguments[0]);
            case ROW_NUMBER, RANK -> {
                int[] numbers = new int[chunk.rows];
                for (int row = 0; row < chunk.rows; row++) {
                    int place = this == RANK ? chunk.peersFrom[row] : row;
                    numbers[row] = place - chunk.partitionFrom[row] + 1;
                }
                yield new IntVector(numbers, chunk.rows, null);
            }
        };
    }

    @Override
    public Reach reach() {
        Reach.Step step = this == ROW_NUMBER || this == NTILE ? Reach.Step.ROW : Reach.Step.PEERS;
        return new Reach.Growing(step, Running::new);
    }

    private final class Running implements RunningValue {
        private int buckets;

        @Override
        public void add(Vector[] arguments, int from, int to) {
            if (Ranking.this == NTILE && to > from) {
                buckets = (Integer) Values.get(arguments[0], from, AtomicType.INTEGER);
            }
        }

        @Override
        public Vector value(Place place) {
            return switch (Ranking.this) {
                case ROW_NUMBER, RANK -> whole(place.first() + 1);
                case DENSE_RANK -> whole(place.number() + 1);
                case NTILE -> whole(tile(place.first(), place.rows(), buckets));
                case PERCENT_RANK ->
                        share(place.rows() == 1 ? 0 : place.first() / (double) (place.rows() - 1));
                case CUME_DIST -> share(place.end() / (double) place.rows());
            };
        }

        private static Vector whole(long number) {
            return new IntVector(new int[] {Math.toIntExact(number)}, 1, null);
        }

        private static Vector share(double share) {
            return new DoubleVector(new double[] {share}, 1, null);
        }
    }

    private static Vector dense(Chunk chunk) {
        int[] numbers = new int[chunk.rows];
        for (int row = 0; row < chunk.rows; row++) {
            boolean first = chunk.partitionFrom[row] == row;
            boolean peer = chunk.peersFrom[row] != row;
            numbers[row] = first ? 1 : numbers[row - 1] + (peer ? 0 : 1);
        }
        return new IntVector(numbers, chunk.rows, null);
    }

    private Vector shares(Chunk chunk) {
        double[] shares = new double[chunk.rows];
        for (int row = 0; row < chunk.rows; row++) {
            int from = chunk.partitionFrom[row];
            double size = chunk.partitionTo[row] - from;
            shares[row] =
                    this == CUME_DIST
                            ? (chunk.peersTo[row] - from) / size
                            : size == 1 ? 0 : (chunk.peersFrom[row] - from) / (size - 1);
        }
        return new DoubleVector(shares, chunk.rows, null);
    }

    /// The first `size % buckets` buckets have one row more.
    private static Vector tiles(Chunk chunk, Vector buckets) {
        int[] numbers = new int[chunk.rows];
        for (int row = 0; row < chunk.rows; row++) {
            int count = (Integer) Values.get(buckets, row, AtomicType.INTEGER);
            int size = chunk.partitionTo[row] - chunk.partitionFrom[row];
            int place = row - chunk.partitionFrom[row];
            numbers[row] = (int) tile(place, size, count);
        }
        return new IntVector(numbers, chunk.rows, null);
    }

    private static long tile(long place, long size, int buckets) {
        long small = size / buckets;
        long larger = size % buckets;
        long inLarger = larger * (small + 1);
        return place < inLarger ? place / (small + 1) + 1 : larger + (place - inLarger) / small + 1;
    }
}
