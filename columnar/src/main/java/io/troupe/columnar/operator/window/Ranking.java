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
            int small = size / count;
            int larger = size % count;
            int inLarger = larger * (small + 1);
            numbers[row] =
                    place < inLarger
                            ? place / (small + 1) + 1
                            : larger + (place - inLarger) / small + 1;
        }
        return new IntVector(numbers, chunk.rows, null);
    }
}
