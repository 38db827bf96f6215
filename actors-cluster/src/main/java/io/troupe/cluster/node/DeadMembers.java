package io.troupe.cluster.node;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.Socket;
import org.apache.pekko.actor.Address;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.cluster.ClusterEvent.MemberRemoved;
import org.apache.pekko.cluster.ClusterEvent.UnreachableMember;
import org.apache.pekko.cluster.MemberStatus;
import org.apache.pekko.cluster.typed.Cluster;
import org.apache.pekko.cluster.typed.Down;
import org.apache.pekko.cluster.typed.Subscribe;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Removes members whose machine says that nobody listens at their address: they are dead for
/// certain, which no failure detector can know. Without that, the split-brain resolver has to count
/// them among those that may live on the other side of a split, and the loss of several nodes at
/// once, the oldest among them, would end the rest.
final class DeadMembers {
    private static final Logger LOG = LoggerFactory.getLogger(DeadMembers.class);
    private static final int CONNECT_MILLIS = 1_000;

    private DeadMembers() {}

    private sealed interface Seen {}

    private record Unreachable(Address address) implements Seen {}

    private record Removed(Address address, boolean inOrder) implements Seen {}

    /// The behaviour of a member's watch over the others.
    static Behavior<?> watch() {
        return Behaviors.<Seen>setup(context -> {
            Cluster cluster = Cluster.get(context.getSystem());
            ActorRef<UnreachableMember> unreachable =
                    context.messageAdapter(
                            UnreachableMember.class,
                            event -> new Unreachable(event.member().address()));
            ActorRef<MemberRemoved> removed =
                    context.messageAdapter(
                            MemberRemoved.class,
                            event ->
                                    new Removed(
                                            event.member().address(),
                                            event.previousStatus() != MemberStatus.down()
                                                    || !event.member().hasRole("node")));
            cluster.subscriptions().tell(Subscribe.create(unreachable, UnreachableMember.class));
            cluster.subscriptions().tell(Subscribe.create(removed, MemberRemoved.class));
            return Behaviors.receiveMessage(seen -> {
                switch (seen) {
                    case Unreachable s -> probe(cluster, s.address());
                    case Removed s -> {
                        if (!s.inOrder()) {
                            LOG.warn("{} was lost: no member any more", s.address().hostPort());
                        }
                    }
                }
                return Behaviors.same();
            });
        });
    }

    /// Asks the member's machine on a thread of its own: connecting blocks.
    private static void probe(Cluster cluster, Address address) {
        Thread.ofVirtual()
                .name("probe-" + address.hostPort())
                .start(() -> {
                    if (isRefused(address)) {
                        cluster.manager().tell(new Down(address));
                    }
                });
    }

    private static boolean isRefused(Address address) {
        String host = address.getHost().orElse("");
        int port = address.getPort().orElse(0);
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(host, port), CONNECT_MILLIS);
            return false;
        } catch (ConnectException refused) {
            return true;
        } catch (IOException unknown) {
            return false;
        }
    }
}
