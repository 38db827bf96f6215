package io.troupe.driver.node;

import com.typesafe.config.Config;
import io.troupe.cluster.node.ActorConfig;
import io.troupe.cluster.node.ClusterMember;
import io.troupe.cluster.node.Joining;
import io.troupe.cluster.serialization.RegisteredClasses;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.pekko.actor.CoordinatedShutdown;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.cluster.MemberStatus;
import org.apache.pekko.cluster.typed.Cluster;
import org.apache.pekko.remote.RemoteTransportException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A running node.
public final class NodeProcess {
    private static final Logger LOG = LoggerFactory.getLogger(NodeProcess.class);

    private final ActorSystem<Node.Command> system;

    /// Written by who stops the node before the system ends, read after it ended.
    private volatile boolean asked;

    private NodeProcess(ActorSystem<Node.Command> system) {
        this.system = system;
    }

    /// Starts a node and waits until it is a member.
    ///
    /// @throws NodeStartException in plain words, if it cannot be one
    public static NodeProcess start(NodeOptions options, NodeEngine engine)
            throws NodeStartException, InterruptedException {
        RegisteredClasses classes = Wiring.classes();
        String identity = Wiring.identity(classes);
        Config config =
                ActorConfig.cluster(
                        new ActorConfig.Member(options.at(), "node", Wiring.PLAN_ROOTS, identity));
        ActorSystem<Node.Command> system;
        try {
            system = ActorSystem.create(Node.create(options, engine), ActorConfig.SYSTEM, config);
        } catch (RemoteTransportException e) {
            throw new NodeStartException(
                    "cannot listen on "
                            + options.address()
                            + ": "
                            + root(e)
                            + ". Choose another --port, or a --host of this machine.",
                    e);
        }
        CompletableFuture<Void> joined =
                Joining.join(
                        system,
                        options.seeds(),
                        new Joining.Patience(options.waits().seed(), options.waits().seed()),
                        identity);
        try {
            joined.get();
            return new NodeProcess(system);
        } catch (ExecutionException e) {
            system.terminate();
            throw new NodeStartException(e.getCause().getMessage(), e.getCause());
        }
    }

    private static String root(Throwable e) {
        Throwable cause = e;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        return String.valueOf(cause.getMessage());
    }

    /// Whether it is a full member of its cluster.
    public boolean isUp() {
        return Cluster.get(system).selfMember().status().equals(MemberStatus.up());
    }

    /// The cluster as it sees it.
    public List<ClusterMember> members() {
        return ClusterMember.seenBy(system);
    }

    /// Lets its executors hand over what they hold, for at most that long, then leaves the cluster
    /// and ends.
    public void leave(Duration grace) {
        CompletableFuture<Void> done = new CompletableFuture<>();
        system.tell(new Node.Leave(done));
        try {
            done.get(grace.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException e) {
            LOG.warn("not all that this node holds was handed over within {}", grace);
        }
        stop();
    }

    /// Leaves the cluster and ends; used when the process is asked to stop. Waits a bounded time.
    public void stop() {
        asked = true;
        try {
            CoordinatedShutdown.get(system)
                    .runAll(CoordinatedShutdown.jvmExitReason())
                    .toCompletableFuture()
                    .get(15, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException e) {
            LOG.warn("the node did not leave its cluster in order: {}", e.getMessage());
        }
    }

    /// Blocks until the node has ended.
    ///
    /// @return true if it was asked to, false if the cluster removed it
    public boolean awaitEnd() throws InterruptedException {
        try {
            system.getWhenTerminated().toCompletableFuture().get();
        } catch (ExecutionException e) {
            throw new IllegalStateException("the actor system ended with an error", e);
        }
        return asked;
    }
}
