package io.troupe.driver.job;

import io.troupe.cluster.protocol.ExecutorId;
import io.troupe.cluster.protocol.NodeMessage;
import io.troupe.cluster.protocol.NodeReply;
import io.troupe.driver.node.Node;
import io.troupe.driver.schedule.TaskScheduler;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
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

/// Asks nodes for executors, and tells the task scheduler when a node leaves: a shell over
/// [RecruitDecisions]. Orders are idempotent: repeating one costs a message.
final class Recruiter extends AbstractBehavior<Recruiter.Command> {
    /// What it is told.
    sealed interface Command {}

    private record NodeUp(Address address) implements Command {}

    private record NodeGone(Address address) implements Command {}

    private record Ignored() implements Command {}

    private record Reply(NodeReply reply) implements Command {}

    /// An executor serves.
    record ExecutorJoined(ExecutorId executor) implements Command {}

    /// An executor was given up; its node may give another.
    record ExecutorGone(ExecutorId executor) implements Command {}

    private enum Tick implements Command {
        NOW
    }

    private final Function<ActorRef<NodeReply>, NodeMessage.StartExecutor> order;
    private final Refusals refusals;
    private final ActorRef<TaskScheduler.Command> scheduler;
    private final ActorRef<NodeReply> replies;
    private final RecruitDecisions decisions = new RecruitDecisions();
    private final Map<String, Address> addresses = new HashMap<>();

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
                addresses.put(name(c.address()), c.address());
                obey(decisions.nodeUp(name(c.address())));
            }
            case NodeGone c -> {
                String node = name(c.address());
                refusals.forget(node);
                obey(decisions.nodeGone(node));
                addresses.remove(node);
            }
            case Reply(NodeReply.Granted r) -> {
                refusals.forget(r.node());
                obey(decisions.granted(r.node(), r.executor()));
            }
            case Reply(NodeReply.Refused r) -> refusals.note(r);
            case ExecutorJoined c -> decisions.executorJoined(c.executor());
            case ExecutorGone c -> decisions.executorLost(c.executor());
            case Tick c -> obey(decisions.tick());
            case Ignored c -> {}
        }
        return this;
    }

    private void obey(List<RecruitAction> actions) {
        for (RecruitAction action : actions) {
            switch (action) {
                case RecruitAction.Ask a -> tell(a.node(), order.apply(replies));
                case RecruitAction.Dismiss a ->
                        tell(
                                a.node(),
                                new NodeMessage.StopExecutor(
                                        order.apply(replies).application(),
                                        a.executor(),
                                        a.reason()));
                case RecruitAction.Gone a ->
                        scheduler.tell(new TaskScheduler.ExecutorGone(a.executor(), a.reason()));
            }
        }
    }

    private void tell(String node, NodeMessage message) {
        Adapter.toClassic(getContext().getSystem())
                .actorSelection(addresses.get(node) + "/user/" + Node.NAME)
                .tell(message, org.apache.pekko.actor.ActorRef.noSender());
    }

    private static String name(Address node) {
        return node.host().get() + ":" + node.port().get();
    }

    private Behavior<Command> onStop() {
        for (String node : decisions.nodes()) {
            tell(
                    node,
                    new NodeMessage.StopExecutor(
                            order.apply(replies).application(), null, "the application ended"));
        }
        return this;
    }
}
