package io.troupe.console.application;

import io.troupe.console.model.ApplicationModel;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/// The applications that a console shows. Thread-safe.
public interface Applications {
    /// What is known of each, latest first.
    List<LogSummary> list() throws IOException;

    /// Whether the only application is that of this very process.
    boolean isLive();

    /// Reads the log of an application up to its end, then asks its model.
    ///
    /// @param id the application
    /// @param question runs alone on the model and must keep nothing of it that changes
    /// @return the answer, or empty if there is no such application
    <T> Optional<T> read(String id, Function<ApplicationModel, T> question) throws IOException;
}
