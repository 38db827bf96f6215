package io.troupe.driver.job;

import io.troupe.cluster.protocol.DataRequest;
import io.troupe.cluster.protocol.ExecutorInfo;
import io.troupe.cluster.transport.DataClient;
import io.troupe.cluster.transport.DataConnection;
import io.troupe.driver.schedule.TaskScheduler;
import java.io.IOException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.pekko.actor.typed.ActorRef;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Holds an idle connection to each executor: when a process ends, the system closes it at once,
/// long before a failure detector may be sure. A connection that breaks while the process lives is
/// made anew.
final class Lifelines implements TaskScheduler.ExecutorWatcher, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Lifelines.class);
    private static final int RENEWALS = 20;

    private final DataClient client;
    private final Set<DataConnection> open = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;

    Lifelines(DataClient client) {
        this.client = client;
    }

    @Override
    public void joined(ExecutorInfo executor, ActorRef<TaskScheduler.Command> scheduler) {
        Thread.ofVirtual().name("lifeline-" + executor.id()).start(() -> hold(executor, scheduler));
    }

    private void hold(ExecutorInfo executor, ActorRef<TaskScheduler.Command> scheduler) {
        String reason = "its connection broke again and again";
        for (int i = 0; i < RENEWALS && !closed; i++) {
            try (DataConnection connection =
                    client.connect(executor.address().host(), executor.address().port())) {
                open.add(connection);
                connection.request(new DataRequest.Lifeline("driver"));
                try {
                    connection.awaitClose();
                } catch (IOException e) {
                    LOG.debug("the line to {} broke: {}", executor.id(), e.getMessage());
                } finally {
                    open.remove(connection);
                }
            } catch (IOException e) {
                reason = "its process does not answer: " + e.getMessage();
                break;
            }
        }
        if (!closed) {
            scheduler.tell(new TaskScheduler.ExecutorGone(executor.id(), reason));
        }
    }

    @Override
    public void close() throws IOException {
        closed = true;
        for (DataConnection connection : open) {
            connection.close();
        }
    }
}
