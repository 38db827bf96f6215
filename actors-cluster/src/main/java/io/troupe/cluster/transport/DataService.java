package io.troupe.cluster.transport;

import io.troupe.cluster.protocol.DataRequest;
import java.io.IOException;

/// What a process offers on its data plane.
@FunctionalInterface
public interface DataService {
    /// Answers one request by writing to the sink, on a thread that may block.
    ///
    /// @throws IOException if the sink's connection breaks or a file cannot be read
    void serve(DataRequest request, DataSink sink) throws IOException;
}
