package io.troupe.driver.job;

import io.troupe.cluster.protocol.DataRequest;
import io.troupe.cluster.protocol.StageBundle;
import io.troupe.cluster.serialization.WireCodec;
import io.troupe.cluster.transport.DataService;
import io.troupe.cluster.transport.DataSink;
import io.troupe.driver.schedule.StageBundles;
import java.io.IOException;

/// What a cluster's driver serves on its data plane: bundles, and attached files.
///
/// @param bundles those that run
/// @param codec encodes them
/// @param attachments the application's files
record DriverData(StageBundles bundles, WireCodec codec, Attachments attachments)
        implements DataService {
    @Override
    public void serve(DataRequest request, DataSink sink) throws IOException {
        switch (request) {
            case DataRequest.Bundle wanted -> {
                StageBundle bundle = bundles.get(wanted.stage());
                if (bundle == null) {
                    sink.missing(0, wanted.stage() + " is over");
                } else {
                    sink.frame(0, 0, codec.encode(bundle));
                }
            }
            case DataRequest.Blocks blocks ->
                    throw new IOException("the driver holds no blocks for others");
            case DataRequest.Attachment attachment -> attachments.send(attachment.id(), sink);
            case DataRequest.Lifeline lifeline -> sink.awaitClose();
        }
    }
}
