package io.troupe.planner.command;

import io.troupe.planner.parsed.ParsedExpression;
import io.troupe.planner.parsed.ParsedPlan;
import java.util.List;
import java.util.Map;

/// A statement that is executed for its effect, or that asks the session rather than data.
public sealed interface Command
        permits Command.Explain,
                Command.ExecuteImmediate,
                Command.Script,
                DatabaseCommand,
                TableCommand,
                ViewCommand,
                FunctionCommand,
                RowsCommand,
                ShowCommand,
                DescribeCommand,
                SettingCommand,
                CacheCommand {
    /// `EXPLAIN [mode] statement`; `mode` is `simple`, `extended`, `formatted`, `cost` or
    /// `codegen`. Exactly one of query and command.
    record Explain(String mode, ParsedPlan query, Command command) implements Command {}

    /// `EXECUTE IMMEDIATE text INTO variables USING values`: named values are aliased.
    record ExecuteImmediate(
            ParsedExpression text, List<List<String>> variables, List<ParsedExpression> values)
            implements Command {}

    /// `BEGIN … END`.
    record Script(ScriptStep.Block body) implements Command {}

    /// `PARTITION (a = 1, b)`: a column without a value has null.
    record Partition(Map<String, ParsedExpression> values) {}
}
