package io.troupe.cluster.node;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.apache.pekko.Done;
import org.apache.pekko.actor.CoordinatedShutdown;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.Props;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.cluster.typed.Cluster;
import org.apache.pekko.cluster.typed.JoinSeedNodes;
import org.apache.pekko.cluster.typed.SelfUp;
import org.apache.pekko.cluster.typed.Subscribe;

/// Brings a process into a cluster, or says within a bounded time why it cannot be.
public final class Joining {
    private Joining() {}

    private sealed interface Event {
        record Up() implements Event {}

        record TimedOut() implements Event {}
    }

    /// Why a process is not a member.
    public static final class JoinException extends Exception {
        private static final long serialVersionUID = 1L;

        JoinException(String message) {
            super(message);
        }
    }

    /// Joins.
    ///
    /// @param identity what this process says that it is
    /// @return completes when this process is a member; fails with a [JoinException] that names
    ///   seeds and remedy
    public static CompletableFuture<Void> join(
            ActorSystem<?> system, Seeds seeds, Duration patience, String identity) {
        CompletableFuture<Void> joined = new CompletableFuture<>();
        system.systemActorOf(waiting(seeds, patience, joined), "joining", Props.empty());
        system.systemActorOf(DeadMembers.watch(), "dead-members", Props.empty());
        CompletableFuture<Done> ended = system.getWhenTerminated().toCompletableFuture();
        ended.thenRun(() ->
                joined.completeExceptionally(new JoinException(whyEnded(system, seeds, identity))));
        Cluster.get(system).manager().tell(new JoinSeedNodes(seeds.addresses()));
        return joined;
    }

    private static Behavior<Event> waiting(
            Seeds seeds, Duration patience, CompletableFuture<Void> joined) {
        return Behaviors.setup(context ->
                Behaviors.withTimers(timers -> {
                    ActorRef<SelfUp> up =
                            context.messageAdapter(SelfUp.class, event -> new Event.Up());
                    Cluster.get(context.getSystem())
                            .subscriptions()
                            .tell(Subscribe.create(up, SelfUp.class));
                    timers.startSingleTimer(new Event.TimedOut(), patience);
                    return Behaviors.receiveMessage(event -> {
                        switch (event) {
                            case Event.Up e -> joined.complete(null);
                            case Event.TimedOut e ->
                                    Thread.ofVirtual()
                                            .name("probe-seeds")
                                            .start(() ->
                                                    joined.completeExceptionally(
                                                            new JoinException(
                                                                    whyTimedOut(seeds, patience))));
                        }
                        return Behaviors.stopped();
                    });
                }));
    }

    private static String whyTimedOut(Seeds seeds, Duration patience) {
        StringBuilder text =
                new StringBuilder("no Troupe node could be joined within ")
                        .append(patience.toSeconds())
                        .append(" s:");
        for (Seeds.HostPort seed : seeds.hosts()) {
            text.append("\n  ").append(seed).append(": ").append(probe(seed));
        }
        return text.append(
                        "\nStart one with `troupe node --host HOST --port PORT --seeds HOST:PORT` and name it by the"
                                + " very address that it was started with.")
                .toString();
    }

    private static String probe(Seeds.HostPort seed) {
        InetSocketAddress address = new InetSocketAddress(seed.host(), seed.port());
        if (address.isUnresolved()) {
            return "the host name is unknown";
        }
        try (Socket socket = new Socket()) {
            socket.connect(address, 1_000);
            return "something listens there, but it did not let this process in (another address of the same machine,"
                    + " no Troupe node, a node that waits for its own seeds, or a cluster with other keys: see --tls)";
        } catch (IOException e) {
            return "nobody listens there (" + e.getMessage() + ")";
        }
    }

    private static String whyEnded(ActorSystem<?> system, Seeds seeds, String identity) {
        boolean differs =
                CoordinatedShutdown.get(system)
                        .getShutdownReason()
                        .filter(reason ->
                                List.of("IncompatibleConfigurationDetectedReason$")
                                        .contains(reason.getClass().getSimpleName()))
                        .isPresent();
        return differs
                ? "the cluster at "
                        + seeds
                        + " refused this process: it runs another version of Troupe than this one ("
                        + identity
                        + "). Install the same version on all machines."
                : "the actor system ended while it was joining " + seeds;
    }
}
