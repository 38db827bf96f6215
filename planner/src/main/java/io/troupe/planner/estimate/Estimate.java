package io.troupe.planner.estimate;

import io.troupe.planner.expression.Attribute;
import java.util.Map;

/// The expected result of a plan: rows, and what is known of its columns. `known` is false when a
/// size was guessed without statistics.
public record Estimate(double rows, Map<Attribute, ColumnEstimate> columns, boolean known) {
    public ColumnEstimate column(Attribute attribute) {
        return columns.getOrDefault(attribute, ColumnEstimate.UNKNOWN);
    }

    /// Distinct values of a column, at most the rows.
    public double distinct(Attribute attribute) {
        double distinct = column(attribute).distinct();
        return Math.max(1, distinct < 0 ? rows : Math.min(distinct, rows));
    }

    /// Distinct values that the column had before rows were dropped by conditions on other columns.
    public double domain(Attribute attribute) {
        double distinct = column(attribute).distinct();
        return Math.max(1, distinct < 0 ? rows : distinct);
    }

    public double bytes(Iterable<Attribute> output) {
        double width = 8;
        for (Attribute attribute : output) {
            width += column(attribute).width(attribute.type());
        }
        return rows * width;
    }

    public Estimate withRows(double rows) {
        return new Estimate(Math.max(rows, 0), columns, known);
    }
}
