package io.troupe.console.application;

import io.troupe.console.model.ApplicationModel;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/// The application of this very process. Nothing is read before somebody asks.
public final class OneApplication implements Applications {
    private final String id;
    private final Supplier<Path> log;
    private LoggedApplication opened;

    /// @param id its identity
    /// @param log gives its log, with all written that happened so far, or null if there is none;
    ///   asked before each reading
    public OneApplication(String id, Supplier<Path> log) {
        this.id = id;
        this.log = log;
    }

    /// Its identity.
    public String id() {
        return id;
    }

    @Override
    public List<LogSummary> list() throws IOException {
        LogSummary summary =
                ask(model ->
                        new LogSummary(
                                id,
                                model.name(),
                                model.user(),
                                model.version(),
                                model.started(),
                                model.latest(),
                                model.ended()));
        return List.of(summary);
    }

    @Override
    public boolean isLive() {
        return true;
    }

    @Override
    public <T> Optional<T> read(String wanted, Function<ApplicationModel, T> question)
            throws IOException {
        return wanted.equals(id) ? Optional.of(ask(question)) : Optional.empty();
    }

    /// Asks the application.
    public <T> T ask(Function<ApplicationModel, T> question) throws IOException {
        return application().read(question);
    }

    private synchronized LoggedApplication application() throws IOException {
        Path file = log.get();
        if (file == null) {
            throw new IOException("the event log cannot be written, so there is nothing to show");
        }
        if (opened == null) {
            opened = new LoggedApplication(file);
        }
        return opened;
    }
}
