package io.troupe.planner.sql;

import io.troupe.planner.error.TroupeException;
import io.troupe.planner.parsed.ParsedPlan;

/// TABLESAMPLE.
final class SampleReader {
    private final Readers readers;

    SampleReader(Readers readers) {
        this.readers = readers;
    }

    ParsedPlan sampled(TroupeSql.SampleContext tree, ParsedPlan plan) {
        Long seed = tree.seed == null ? null : Long.valueOf(tree.seed.getText());
        return switch (tree.sampleSize()) {
            case null ->
                    throw refused(
                            tree,
                            "_LEGACY_ERROR_TEMP_0014",
                            "TABLESAMPLE does not accept empty inputs.");
            case TroupeSql.SamplePercentContext percent -> {
                double amount = Double.parseDouble(percent.amount.getText()) / 100;
                yield fraction(tree, plan, percent.sign == null ? amount : -amount, seed);
            }
            case TroupeSql.SampleBucketContext bucket -> {
                if (bucket.ON() != null) {
                    throw refused(
                            tree,
                            "_LEGACY_ERROR_TEMP_0015",
                            "TABLESAMPLE(BUCKET x OUT OF y ON colname) is not supported.");
                }
                double amount =
                        Double.parseDouble(bucket.numerator.getText())
                                / Double.parseDouble(bucket.denominator.getText());
                yield fraction(tree, plan, amount, seed);
            }
            case TroupeSql.SampleRowsContext rows ->
                    new ParsedPlan.LimitOffset(
                            plan, readers.expressions().expression(rows.expression()), null);
            case TroupeSql.SampleBytesContext ignored ->
                    throw refused(
                            tree,
                            "_LEGACY_ERROR_TEMP_0015",
                            "TABLESAMPLE(byteLengthLiteral) is not supported.");
            default -> throw Readers.unknown(tree);
        };
    }

    private ParsedPlan fraction(
            TroupeSql.SampleContext tree, ParsedPlan plan, double fraction, Long seed) {
        if (fraction < 0 || fraction > 1 + 1e-6) {
            throw refused(
                    tree,
                    "_LEGACY_ERROR_TEMP_0064",
                    "Sampling fraction (" + fraction + ") must be on interval [0, 1].");
        }
        return new ParsedPlan.SampleOf(plan, 0, fraction, false, seed);
    }

    private TroupeException refused(
            TroupeSql.SampleContext tree, String condition, String message) {
        return readers.fail(tree, condition, null, message);
    }
}
