package io.troupe.planner.function;

import io.troupe.planner.expression.AttributeIds;
import io.troupe.planner.expression.Cast;

/// The session settings that type rules depend on.
///
/// @param ansi errors instead of nulls and wrapped values (`spark.sql.ansi.enabled`)
/// @param decimalPrecisionLoss results of decimal arithmetic give up scale before overflowing
/// @param timeZone the session's time zone, for casts between dates, timestamps and strings
public record Dialect(
        boolean ansi, boolean decimalPrecisionLoss, String timeZone, AttributeIds ids) {
    public Cast.Mode castMode() {
        return ansi ? Cast.Mode.ANSI : Cast.Mode.LEGACY;
    }
}
