/// SQL text to parsed trees: the grammar (`TroupeSql.g4`, `TroupeLexer.g4`), the readers that turn
/// ANTLR's trees into [io.troupe.planner.parsed] plans and expressions, and the errors with the
/// place in the text. Uses parsed, command, type, error; used by analysis and the sessions.
package io.troupe.planner.sql;
