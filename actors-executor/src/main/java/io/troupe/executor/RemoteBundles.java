package io.troupe.executor;

import io.troupe.cluster.protocol.DataRequest;
import io.troupe.cluster.protocol.StageAttempt;
import io.troupe.cluster.protocol.StageBundle;
import io.troupe.cluster.serialization.WireCodec;
import io.troupe.cluster.transport.DataClient;
import io.troupe.cluster.transport.DataConnection;
import io.troupe.cluster.transport.DataFrame;
import java.io.IOException;

/// Fetches bundles from the driver's data plane.
///
/// @param client connections
/// @param codec decodes bundles
/// @param host the driver's host
/// @param port the port of its data plane
public record RemoteBundles(DataClient client, WireCodec codec, String host, int port)
        implements BundleSource {
    @Override
    public StageBundle fetch(StageAttempt stage) throws IOException {
        DataConnection connection = client.borrow(host, port);
        try {
            connection.request(new DataRequest.Bundle(stage));
            DataFrame frame = connection.next();
            if (frame == null || connection.next() != null) {
                throw new IOException("the driver's answer for " + stage + " is not one bundle");
            }
            if (codec.decode(frame.content()) instanceof StageBundle bundle) {
                return bundle;
            }
            throw new IOException("the driver's answer for " + stage + " is no bundle");
        } finally {
            client.release(host, port, connection);
        }
    }
}
