package io.troupe.planner.command;

import java.util.List;

/// Lists out of the catalogue. `database` and `pattern` are null when absent; patterns use `*` and
/// `|`.
public sealed interface ShowCommand extends Command {
    record Databases(String pattern) implements ShowCommand {}

    record Tables(List<String> database, String pattern) implements ShowCommand {}

    record TablesExtended(List<String> database, String pattern) implements ShowCommand {}

    record Views(List<String> database, String pattern) implements ShowCommand {}

    record Columns(List<String> table, List<String> database) implements ShowCommand {}

    /// `scope` is `all`, `user` or `system`.
    record Functions(String scope, List<String> database, String pattern) implements ShowCommand {}

    record CreateTable(List<String> name) implements ShowCommand {}

    /// `key` null: all.
    record Properties(List<String> name, String key) implements ShowCommand {}

    record Partitions(List<String> name, Partition partition) implements ShowCommand {}

    record Catalogs(String pattern) implements ShowCommand {}

    record Current() implements ShowCommand {}
}
