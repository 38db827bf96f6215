package io.troupe.planner.sql;

import io.troupe.planner.command.Command;
import io.troupe.planner.command.SettingCommand;
import io.troupe.planner.parsed.ParsedExpression;
import io.troupe.planner.type.DayTimeIntervalType;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.antlr.v4.runtime.ParserRuleContext;

/// SET, RESET and session variables.
final class SettingReader {
    private static final Pattern KEY_VALUE =
            Pattern.compile("(?:`((?:[^`]|``)*)`|([^=\\s`;]+))\\s*=\\s*(.*)", Pattern.DOTALL);
    private static final Pattern KEY = Pattern.compile("`((?:[^`]|``)*)`|([a-zA-Z_\\d.:/-]+)");
    private static final long MICROS_PER_SECOND = 1_000_000L;
    private static final long MOST_SECONDS = 18 * 3600L;

    private final Readers readers;

    SettingReader(Readers readers) {
        this.readers = readers;
    }

    Command command(TroupeSql.SettingCommandContext tree) {
        return switch (tree) {
            case TroupeSql.SetTimeZoneContext zone ->
                    new SettingCommand.Set("spark.sql.session.timeZone", zone(zone));
            case TroupeSql.SetSettingContext set -> set(set);
            case TroupeSql.ResetSettingContext reset -> reset(reset);
            case TroupeSql.SetVariablesContext set ->
                    new SettingCommand.SetVariables(
                            set.variableAssignment().stream()
                                    .map(one -> Names.parts(one.qualifiedName()))
                                    .toList(),
                            set.variableAssignment().stream()
                                    .map(one -> readers.expressions().expression(one.expression()))
                                    .toList());
            case TroupeSql.SetVariablesByQueryContext set ->
                    new SettingCommand.SetVariablesByQuery(
                            set.qualifiedName().stream().map(Names::parts).toList(),
                            readers.queries().query(set.query()));
            case TroupeSql.DeclareVariableContext declare -> declare(declare);
            case TroupeSql.DropVariableContext drop ->
                    new SettingCommand.DropVariable(
                            Names.parts(drop.name), drop.ifExists() != null);
            default -> throw Readers.unknown(tree);
        };
    }

    private Command declare(TroupeSql.DeclareVariableContext tree) {
        ParsedExpression standard =
                tree.standard == null ? null : readers.expressions().expression(tree.standard);
        if (tree.dataType() == null && standard == null) {
            throw readers.fail(
                    tree,
                    "INVALID_SQL_SYNTAX.VARIABLE_TYPE_OR_DEFAULT_REQUIRED",
                    "42000",
                    "Invalid SQL syntax: The definition of a SQL variable requires either a datatype or a DEFAULT clause. For example, use"
                            + " `DECLARE name STRING` or `DECLARE name = 'SQL'` instead of `DECLARE name`.");
        }
        return new SettingCommand.DeclareVariable(
                tree.names.stream().map(Names::parts).toList(),
                tree.dataType() == null ? null : readers.types().type(tree.dataType()),
                standard,
                tree.REPLACE() != null);
    }

    private Command set(TroupeSql.SetSettingContext tree) {
        String rest = CommandReader.rest(tree.getStart(), tree);
        if (rest.isEmpty()) {
            return new SettingCommand.Show(null, false);
        }
        if (rest.equalsIgnoreCase("-v")) {
            return new SettingCommand.Show(null, true);
        }
        Matcher pair = KEY_VALUE.matcher(rest);
        if (pair.matches()) {
            return new SettingCommand.Set(first(pair), value(pair.group(3).strip()));
        }
        Matcher key = KEY.matcher(rest);
        if (key.matches()) {
            return new SettingCommand.Show(first(key), false);
        }
        throw invalid(tree, "SET");
    }

    private Command reset(TroupeSql.ResetSettingContext tree) {
        String rest = CommandReader.rest(tree.getStart(), tree);
        if (rest.isEmpty()) {
            return new SettingCommand.Reset(null);
        }
        Matcher key = KEY.matcher(rest);
        if (!key.matches()) {
            throw readers.fail(
                    tree,
                    "_LEGACY_ERROR_TEMP_0043",
                    null,
                    "Expected format is 'RESET' or 'RESET key'. If you want to include special characters in key, please use quotes, e.g., RESET `key`.");
        }
        return new SettingCommand.Reset(first(key));
    }

    private static String first(Matcher match) {
        return match.group(1) != null ? match.group(1).replace("``", "`") : match.group(2);
    }

    private static String value(String text) {
        return text.length() >= 2 && text.startsWith("`") && text.endsWith("`")
                ? Names.unquoted(text)
                : text;
    }

    private io.troupe.planner.error.TroupeException invalid(
            ParserRuleContext tree, String statement) {
        return readers.fail(
                tree,
                "INVALID_SET_SYNTAX",
                "42000",
                "Expected format is '"
                        + statement
                        + "', 'SET key', or 'SET key=value'. If you want to include special characters in key, or include"
                        + " semicolon in value, please use backquotes, e.g., SET `key`=`value`.");
    }

    private String zone(TroupeSql.SetTimeZoneContext tree) {
        if (tree.LOCAL() != null) {
            return ZoneId.systemDefault().getId();
        }
        if (tree.zone != null) {
            return readers.literals().text(tree.zone);
        }
        var literal = readers.literals().literal(tree.interval);
        if (literal.value() instanceof Long micros
                && literal.type() instanceof DayTimeIntervalType) {
            long seconds = micros / MICROS_PER_SECOND;
            if (micros % MICROS_PER_SECOND == 0 && Math.abs(seconds) <= MOST_SECONDS) {
                return ZoneOffset.ofTotalSeconds((int) seconds).toString();
            }
            throw readers.fail(
                    tree,
                    "INVALID_INTERVAL_FORMAT.TIMEZONE_INTERVAL_OUT_OF_RANGE",
                    "22006",
                    "Error parsing '"
                            + Origin.written(tree.interval)
                            + "' to interval. Please ensure that the value provided is in a valid format"
                            + " for defining an interval. You can reference the documentation for the correct format. The interval value must be in"
                            + " the range of [-18, +18] hours with second precision.",
                    "input",
                    Origin.written(tree.interval));
        }
        if (literal.value() instanceof String name) {
            return name;
        }
        throw readers.fail(
                tree, "_LEGACY_ERROR_TEMP_0045", null, "Invalid time zone displacement value.");
    }
}
