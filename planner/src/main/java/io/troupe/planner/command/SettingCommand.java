package io.troupe.planner.command;

import io.troupe.planner.parsed.ParsedExpression;
import io.troupe.planner.parsed.ParsedPlan;
import io.troupe.planner.type.DataType;
import java.util.List;

/// Settings and variables of the session.
public sealed interface SettingCommand extends Command {
    /// `SET key=value`.
    record Set(String key, String value) implements SettingCommand {}

    /// `SET key`; `key` null lists all, with their meaning when `detailed` (`SET -v`).
    record Show(String key, boolean detailed) implements SettingCommand {}

    /// `RESET key`; null resets all.
    record Reset(String key) implements SettingCommand {}

    /// `type` null: the type of `standard`; `standard` null: NULL.
    record DeclareVariable(
            List<List<String>> names, DataType type, ParsedExpression standard, boolean replace)
            implements SettingCommand {}

    record SetVariables(List<List<String>> names, List<ParsedExpression> values)
            implements SettingCommand {}

    /// The single row of the query gives the values; no row gives NULLs.
    record SetVariablesByQuery(List<List<String>> names, ParsedPlan query)
            implements SettingCommand {}

    record DropVariable(List<String> name, boolean ifExists) implements SettingCommand {}
}
