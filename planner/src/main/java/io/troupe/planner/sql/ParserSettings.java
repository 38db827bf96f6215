package io.troupe.planner.sql;

import io.troupe.planner.catalog.SqlFunction;
import java.time.ZoneId;
import java.util.List;
import java.util.function.Function;

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
/// @param functions the function written in SQL that a name means, or null; calls of it are
///   replaced by its body
public record ParserSettings(
        boolean ansi,
        ZoneId zone,
        boolean timestampNtz,
        boolean escapedStringLiterals,
        boolean doubleQuotedNames,
        Function<List<String>, SqlFunction> functions) {
    public static final ParserSettings DEFAULT =
            new ParserSettings(true, ZoneId.of("UTC"), false, false, false);

    public ParserSettings(
            boolean ansi,
            ZoneId zone,
            boolean timestampNtz,
            boolean escapedStringLiterals,
            boolean doubleQuotedNames) {
        this(ansi, zone, timestampNtz, escapedStringLiterals, doubleQuotedNames, name -> null);
    }

    public ParserSettings withFunctions(Function<List<String>, SqlFunction> functions) {
        return new ParserSettings(
                ansi, zone, timestampNtz, escapedStringLiterals, doubleQuotedNames, functions);
    }
}
