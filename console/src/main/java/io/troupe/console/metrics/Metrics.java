package io.troupe.console.metrics;

import io.troupe.console.http.Answer;
import io.troupe.console.http.Request;
import io.troupe.console.http.Section;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/// `/metrics`: the process's own and what its owner adds.
///
/// @param more adds what only this process has
public record Metrics(Source more) implements Section {
    /// Adds metrics.
    @FunctionalInterface
    public interface Source {
        void write(MetricText text) throws IOException;
    }

    @Override
    public Optional<Answer> answer(Request request) throws IOException {
        if (!request.path().equals(List.of("metrics"))) {
            return Optional.empty();
        }
        MetricText text = new MetricText();
        ProcessMetrics.write(text);
        more.write(text);
        return Optional.of(Answer.text(200, MetricText.TYPE, text.done()));
    }
}
