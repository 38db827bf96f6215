/// What happened: the event log, one JSON object per line, and the progress of what runs now.
/// Listens to the schedulers and never holds them up. The schema is in `docs/event-log.md`.
package io.troupe.driver.eventlog;
