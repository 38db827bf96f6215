/// What the planner knows of the outside: relations (files, tables, views) and the ports by which
/// it asks for them. The ports are implemented outside the planner, which does no I/O itself.
package io.troupe.planner.catalog;
