package io.troupe.planner.estimate;

import io.troupe.planner.type.DataType;

/// Distribution of one column: distinct values (-1 unknown), range as doubles (NaN unknown), share
/// of nulls, mean bytes (-1 unknown).
public record ColumnEstimate(
        double distinct, double minimum, double maximum, double nullShare, double meanBytes) {
    public static final ColumnEstimate UNKNOWN =
            new ColumnEstimate(-1, Double.NaN, Double.NaN, 0, -1);

    public boolean hasRange() {
        return !Double.isNaN(minimum) && !Double.isNaN(maximum);
    }

    public ColumnEstimate withDistinct(double distinct) {
        return new ColumnEstimate(distinct, minimum, maximum, nullShare, meanBytes);
    }

    public ColumnEstimate withRange(double minimum, double maximum) {
        return new ColumnEstimate(distinct, minimum, maximum, nullShare, meanBytes);
    }

    double width(DataType type) {
        return switch (type.storage()) {
            case NULL -> 0;
            case BOOLEAN -> 1;
            case INT, FLOAT -> 4;
            case LONG, DOUBLE -> 8;
            case DECIMAL128, INTERVAL -> 16;
            case BYTES -> meanBytes < 0 ? 20 : meanBytes + 4;
            case ARRAY, MAP, STRUCT -> 64;
        };
    }
}
