package io.troupe.planner.sql;

import java.time.ZoneId;

/// Session settings that change what a text means.
///
/// @param ansi `spark.sql.ansi.enabled`
/// @param zone the session time zone, in which TIMESTAMP literals without a zone are read
/// @param timestampNtz whether TIMESTAMP means the type without time zone
///   (`spark.sql.timestampType`)
/// @param escapedStringLiterals whether backslashes in strings stay
///   (`spark.sql.parser.escapedStringLiterals`)
/// @param doubleQuotedNames whether "x" is a name and not a string
///   (`spark.sql.ansi.doubleQuotedIdentifiers`)
public record ParserSettings(
        boolean ansi,
        ZoneId zone,
        boolean timestampNtz,
        boolean escapedStringLiterals,
        boolean doubleQuotedNames) {
    public static final ParserSettings DEFAULT =
            new ParserSettings(true, ZoneId.of("UTC"), false, false, false);
}
