package io.troupe.driver.job;

import io.troupe.cluster.protocol.ExecutorId;
import io.troupe.cluster.protocol.NodeMessage;
import io.troupe.cluster.protocol.NodeReply;
import io.troupe.driver.node.Node;
import io.troupe.driver.schedule.TaskScheduler;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;
import org.apache.pekko.actor.Address;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.PostStop;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Adapter;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.Receive;
import org.apache.pekko.cluster.ClusterEvent;
import org.apache.pekko.cluster.Member;
import org.apache.pekko.cluster.typed.Cluster;
import org.apache.pekko.cluster.typed.Subscribe;

/// Asks every node that joins for an executor, again and again until it gives one, and tells the
/// task scheduler when a node leaves. Orders are idempotent: repeating one costs a message.
final class Recruiter extends AbstractBehavior<Recruiter.Command> {
    /// What it is told.
    sealed interface Command {}

    private record NodeUp(Address address) implements Command {}

    private record NodeGone(Address address) implements Command {}

    private record Ignored() implements Command {}

    private record Reply(NodeReply reply) implements Command {}

    /// An executor was given up; its node may give another.
    record ExecutorGone(ExecutorId executor) implements Command {}

    private enum Tick implements Command {
        NOW
    }

    private final Function<ActorRef<NodeReply>, NodeMessage.StartExecutor> order;
    private final Refusals refusals;
    private final ActorRef<TaskScheduler.Command> scheduler;
    private final ActorRef<NodeReply> replies;

    /// Executors by node; null while the node has not given one.
    private final Map<Address, ExecutorId> nodes = new HashMap<>();

    private Recruiter(
            ActorContext<Command> context,
            ActorRef<TaskScheduler.Command> scheduler,
            Refusals refusals,
            Function<ActorRef<NodeReply>, NodeMessage.StartExecutor> order) {
        super(context);
        this.scheduler = scheduler;
        this.refusals = refusals;
        this.order = order;
        this.replies = context.messageAdapter(NodeReply.class, Reply::new);
        ActorRef<ClusterEvent.MemberEvent> events =
                context.messageAdapter(ClusterEvent.MemberEvent.class, Recruiter::translate);
        Cluster.get(context.getSystem())
                .subscriptions()
                .tell(Subscribe.create(events, ClusterEvent.MemberEvent.class));
    }

    /// The behaviour.
    ///
    /// @param order the order for a node, given whom it answers
    static Behavior<Command> create(
            ActorRef<TaskScheduler.Command> scheduler,
            Refusals refusals,
            Function<ActorRef<NodeReply>, NodeMessage.StartExecutor> order) {
        return Behaviors.setup(context ->
                Behaviors.withTimers(timers -> {
                    timers.startTimerWithFixedDelay(Tick.NOW, Duration.ofMillis(500));
                    return new Recruiter(context, scheduler, refusals, order);
                }));
    }

    private static Command translate(ClusterEvent.MemberEvent event) {
        Member member = event.member();
        if (!member.hasRole("node")) {
            return new Ignored();
        }
        return switch (event) {
            case ClusterEvent.MemberUp up -> new NodeUp(member.address());
            case ClusterEvent.MemberRemoved removed -> new NodeGone(member.address());
            default -> new Ignored();
        };
    }

    @Override
    public Receive<Command> createReceive() {
        return newReceiveBuilder()
                .onAnyMessage(this::onCommand)
                .onSignal(PostStop.class, signal -> onStop())
                .build();
    }

    private Behavior<Command> onCommand(Command command) {
        switch (command) {
            case NodeUp c -> {
                nodes.putIfAbsent(c.address(), null);
                ask(c.address());
            }
            case NodeGone c -> onNodeGone(c);
            case Reply c -> onReply(c.reply());
            case ExecutorGone c ->
                    nodes.replaceAll(
                            (node, executor) -> c.executor().equals(executor) ? null : executor);
            case Tick c ->
                    nodes.forEach((node, executor) -> {
                        if (executor == null) {
                            ask(node);
                        }
                    });
            case Ignored c -> {}
        }
        return this;
    }

    private void onNodeGone(NodeGone c) {
        refusals.forget(c.address().host().get() + ":" + c.address().port().get());
        ExecutorId executor = nodes.remove(c.address());
        if (executor != null) {
            scheduler.tell(new TaskScheduler.ExecutorGone(executor, "its node left the cluster"));
        }
    }

    private void onReply(NodeReply reply) {
        switch (reply) {
            case NodeReply.Granted r -> {
                refusals.forget(r.node());
                nodes.replaceAll(
                        (node, executor) -> r.node().equals(name(node)) ? r.executor() : executor);
            }
            case NodeReply.Refused r -> refusals.note(r);
        }
    }

    private void ask(Address node) {
        Adapter.toClassic(getContext().getSystem())
                .actorSelection(node + "/user/" + Node.NAME)
                .tell(order.apply(replies), org.apache.pekko.actor.ActorRef.noSender());
    }

    private static String name(Address node) {
        return node.host().get() + ":" + node.port().get();
    }

    private Behavior<Command> onStop() {
        NodeMessage.StartExecutor sample = order.apply(replies);
        nodes.forEach((node, executor) ->
                Adapter.toClassic(getContext().getSystem())
                        .actorSelection(node + "/user/" + Node.NAME)
                        .tell(
                                new NodeMessage.StopExecutor(
                                        sample.application(), "the application ended"),
                                org.apache.pekko.actor.ActorRef.noSender()));
        return this;
    }
}
