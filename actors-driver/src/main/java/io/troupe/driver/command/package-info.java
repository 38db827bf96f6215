/// Executes SQL commands for a session, and keeps the warehouse: databases, tables and views in a
/// folder, described by JSON files. Knows its session by the port
/// [io.troupe.driver.command.CommandSession] only. Uses the planner.
package io.troupe.driver.command;
