package io.troupe.cluster.node;

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

        record TimedOut(boolean last) implements Event {}
    }

    /// How long a process waits to become a member.
    ///
    /// @param alone while nobody listens at any seed's address
    /// @param listening while somebody does: a cluster that is just forming, as a rule
    public record Patience(Duration alone, Duration listening) {}

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
            ActorSystem<?> system, Seeds seeds, Patience patience, String identity) {
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
            Seeds seeds, Patience patience, CompletableFuture<Void> joined) {
        return Behaviors.setup(context ->
                Behaviors.withTimers(timers -> {
                    ActorRef<SelfUp> up =
                            context.messageAdapter(SelfUp.class, event -> new Event.Up());
                    Cluster.get(context.getSystem())
                            .subscriptions()
                            .tell(Subscribe.create(up, SelfUp.class));
                    timers.startSingleTimer("alone", new Event.TimedOut(false), patience.alone());
                    timers.startSingleTimer(
                            "listening", new Event.TimedOut(true), patience.listening());
                    return Behaviors.receiveMessage(event -> {
                        switch (event) {
                            case Event.Up e -> {
                                joined.complete(null);
                                return Behaviors.stopped();
                            }
                            case Event.TimedOut e -> {
                                Thread.ofVirtual()
                                        .name("probe-seeds")
                                        .start(() -> giveUp(seeds, patience, e.last(), joined));
                                return Behaviors.same();
                            }
                        }
                    });
                }));
    }

    private static void giveUp(
            Seeds seeds, Patience patience, boolean last, CompletableFuture<Void> joined) {
        SeedProbe probe = SeedProbe.of(seeds);
        if (last || !probe.anyListens()) {
            Duration waited = last ? patience.listening() : patience.alone();
            joined.completeExceptionally(new JoinException(probe.whyNot(waited)));
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
