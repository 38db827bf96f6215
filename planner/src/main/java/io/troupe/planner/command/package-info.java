/// SQL statements that are not queries, as records: definitions, changes of data and settings,
/// questions to the catalogue. Made by `sql`, executed by the sessions. Uses parsed, type and
/// expression.
package io.troupe.planner.command;
