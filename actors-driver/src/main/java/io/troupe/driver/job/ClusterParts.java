package io.troupe.driver.job;

import io.troupe.cluster.transport.DataClient;
import io.troupe.cluster.transport.DataServer;
import io.troupe.driver.schedule.StageBundles;
import io.troupe.executor.block.BlockStore;
import io.troupe.executor.block.ScratchFolders;
import java.io.IOException;

/// What a cluster's driver owns beside its actors.
record ClusterParts(
        DataServer server,
        DataClient client,
        Lifelines lifelines,
        ScratchFolders scratch,
        BlockStore store,
        StageBundles bundles) {
    void close() throws IOException {
        lifelines.close();
        server.close();
        client.close();
        store.close();
        scratch.close();
    }
}
