package io.troupe.console;

import io.troupe.console.http.Answer;
import io.troupe.console.http.Request;
import io.troupe.console.http.Section;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/// `/health`: the process answers. `/ready`: it can do its work, else status 503.
///
/// @param ready whether it can
public record Health(BooleanSupplier ready) implements Section {
    @Override
    public Optional<Answer> answer(Request request) {
        if (request.path().equals(List.of("health"))) {
            return Optional.of(Answer.json(Map.of("status", "UP")));
        }
        if (request.path().equals(List.of("ready"))) {
            boolean is = ready.getAsBoolean();
            return Optional.of(
                    Answer.text(
                            is ? 200 : 503,
                            "application/json; charset=utf-8",
                            is ? "{\"status\":\"READY\"}" : "{\"status\":\"NOT_READY\"}"));
        }
        return Optional.empty();
    }
}
