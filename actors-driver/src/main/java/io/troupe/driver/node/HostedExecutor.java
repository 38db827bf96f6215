package io.troupe.driver.node;

import io.troupe.cluster.protocol.DataRequest;
import io.troupe.cluster.protocol.ExecutorAddress;
import io.troupe.cluster.protocol.ExecutorId;
import io.troupe.cluster.protocol.ExecutorInfo;
import io.troupe.cluster.protocol.NodeMessage;
import io.troupe.cluster.protocol.TaskAttemptId;
import io.troupe.cluster.security.Endpoint;
import io.troupe.cluster.serialization.WireCodec;
import io.troupe.cluster.transport.DataClient;
import io.troupe.cluster.transport.DataServer;
import io.troupe.cluster.transport.DataSink;
import io.troupe.columnar.memory.MemoryPool;
import io.troupe.executor.Executor;
import io.troupe.executor.RemoteAttachments;
import io.troupe.executor.RemoteBundles;
import io.troupe.executor.block.BlockStore;
import io.troupe.executor.block.ScratchFolders;
import io.troupe.executor.task.ExecutorServices;
import io.troupe.executor.task.PythonWorkers;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// All that an executor on a node is made of, and its end.
final class HostedExecutor {
    private static final Logger LOG = LoggerFactory.getLogger(HostedExecutor.class);
    private static final int INLINE_RESULT = 64 * 1024;

    private final ScratchFolders scratch;
    private final BlockStore store;
    private final DataServer server;
    private final DataClient client;
    private final DriverLine line;
    private final PythonWorkers python;
    private final ExecutorServices services;
    private final Set<ExecutorServices> hosted;
    private final Executor.Setup setup;

    /// Makes the parts of an executor.
    ///
    /// @param slots slots that the node gives it
    /// @throws IOException if the scratch folder or the port cannot be had
    HostedExecutor(
            NodeMessage.StartExecutor order,
            ExecutorId id,
            int slots,
            NodeOptions options,
            NodeEngine engine)
            throws IOException {
        WireCodec codec = new WireCodec(Wiring.classes(), null, Wiring.MAX_BUNDLE);
        long memory = Math.max(1 << 20, options.memory() / options.cores() * slots);
        scratch = ScratchFolders.create(options.scratch());
        MemoryPool pool = new MemoryPool(memory);
        store = new BlockStore(pool, scratch);
        line = new DriverLine();
        server =
                new DataServer(
                        new Endpoint(options.at().host(), 0, options.at().security()),
                        order.secret(),
                        codec,
                        this::serve);
        client = new DataClient(options.at().security(), order.secret(), codec);
        python =
                engine.python()
                        .apply(
                                new RemoteAttachments(
                                        client, order.driverHost(), order.driverPort(), scratch));
        services =
                new ExecutorServices(
                        id, store, pool, scratch, engine.engine(), python, client, INLINE_RESULT);
        ExecutorInfo info =
                new ExecutorInfo(
                        new ExecutorAddress(id, options.at().host(), server.port()),
                        slots,
                        memory,
                        options.python());
        RemoteBundles bundles =
                new RemoteBundles(client, codec, order.driverHost(), order.driverPort());
        hosted = engine.hosted();
        hosted.add(services);
        setup =
                new Executor.Setup(
                        info,
                        services,
                        bundles,
                        order.scheduler(),
                        false,
                        line::isCut,
                        this::close);
    }

    Executor.Setup setup() {
        return setup;
    }

    private void serve(DataRequest request, DataSink sink) throws IOException {
        switch (request) {
            case DataRequest.Blocks blocks -> {
                List<TaskAttemptId> outputs = blocks.outputs();
                for (int i = 0; i < outputs.size(); i++) {
                    store.send(outputs.get(i), blocks.from(), blocks.to(), i, sink);
                }
            }
            case DataRequest.Attachment attachment ->
                    throw new IOException("executors serve no attachments");
            case DataRequest.Bundle bundle -> throw new IOException("executors serve no bundles");
            case DataRequest.Lifeline lifeline -> line.hold(sink);
        }
    }

    private void close() {
        hosted.remove(services);
        python.close();
        store.close();
        try {
            server.close();
            client.close();
            scratch.close();
        } catch (IOException e) {
            LOG.warn("an executor's resources could not all be released: {}", e.getMessage());
        }
    }
}
