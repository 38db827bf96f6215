package io.troupe.console.application;

import io.troupe.console.log.LogTail;
import io.troupe.console.model.ApplicationModel;
import io.troupe.console.model.Fold;
import java.io.IOException;
import java.nio.file.Path;
import java.util.function.Function;

/// One application's log and what was read of it so far. Questions are asked one at a time, each
/// after the log has been read to its end.
public final class LoggedApplication implements AutoCloseable {
    private final LogTail tail;
    private final Fold fold = new Fold();

    /// @param file the log's current part
    public LoggedApplication(Path file) {
        this.tail = new LogTail(file);
    }

    /// Asks the model.
    public synchronized <T> T read(Function<ApplicationModel, T> question) throws IOException {
        tail.poll(fold::line);
        return question.apply(fold.model());
    }

    /// Lines that were no events.
    public synchronized long unreadable() {
        return fold.unreadable() + tail.skipped();
    }

    @Override
    public synchronized void close() throws IOException {
        tail.close();
    }
}
