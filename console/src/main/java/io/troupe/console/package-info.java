/// The console: what an application did and does, drawn from its event log, for people (pages), for
/// tools (REST, metrics) and in words (findings). The driver serves it while a job runs, `troupe
/// ui` afterwards, with the same classes. May use the planner's JSON; knows no actors.
package io.troupe.console;
