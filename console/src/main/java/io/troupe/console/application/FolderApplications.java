package io.troupe.console.application;

import io.troupe.console.log.LogFiles;
import io.troupe.console.model.ApplicationModel;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/// The applications whose logs lie in a folder. Those asked last stay in memory.
public final class FolderApplications implements Applications {
    private static final int MOST_OPEN = 3;

    private final LogFiles files;
    private final Map<String, LoggedApplication> open = new LinkedHashMap<>(8, 0.75f, true);

    public FolderApplications(Path folder) {
        this.files = new LogFiles(folder);
    }

    @Override
    public List<LogSummary> list() throws IOException {
        List<LogSummary> found = new ArrayList<>();
        for (LogFiles.Log log : files.all()) {
            LogSummary.of(log).ifPresent(found::add);
        }
        return found;
    }

    /// Reads the latest log, so that who asks for it waits no more than for its end.
    public void readLatest() throws IOException {
        for (LogFiles.Log log : files.all().stream().limit(1).toList()) {
            read(log.id(), model -> true);
        }
    }

    @Override
    public boolean isLive() {
        return false;
    }

    @Override
    public <T> Optional<T> read(String id, Function<ApplicationModel, T> question)
            throws IOException {
        Optional<Path> file = files.find(id);
        return file.isEmpty()
                ? Optional.empty()
                : Optional.of(application(id, file.get()).read(question));
    }

    private synchronized LoggedApplication application(String id, Path file) throws IOException {
        LoggedApplication found = open.computeIfAbsent(id, name -> new LoggedApplication(file));
        if (open.size() > MOST_OPEN) {
            String oldest = open.keySet().iterator().next();
            open.remove(oldest).close();
        }
        return found;
    }
}
