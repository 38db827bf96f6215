package io.troupe.console.model;

/// Why a task or a job failed.
///
/// @param type its kind, as `docs/event-log.md` lists them
/// @param message in words
/// @param condition the error's condition, or empty
/// @param traceback the user's Python traceback, or empty
public record Failure(String type, String message, String condition, String traceback) {
    static Failure of(LoggedEvent event) {
        if (!event.has("failure")) {
            return null;
        }
        LoggedEvent failure = event.object("failure");
        return new Failure(
                failure.text("type"),
                failure.text("message"),
                failure.text("condition"),
                failure.text("pythonTraceback"));
    }
}
