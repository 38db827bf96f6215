package io.troupe.console.http;

import java.io.IOException;
import java.util.Optional;

/// A part of what a server offers.
@FunctionalInterface
public interface Section {
    /// Answers a request; empty if it is for another section.
    ///
    /// @throws ClientError if the request is at fault
    Optional<Answer> answer(Request request) throws IOException;
}
