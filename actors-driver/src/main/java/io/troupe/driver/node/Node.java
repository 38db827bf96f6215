package io.troupe.driver.node;

import io.troupe.cluster.protocol.ExecutorId;
import io.troupe.cluster.protocol.NodeMessage;
import io.troupe.cluster.protocol.NodeReply;
import io.troupe.executor.Executor;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.Terminated;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.Receive;
import org.apache.pekko.cluster.typed.Cluster;

/// A node: gives applications executors while it has slots, one each.
public final class Node extends AbstractBehavior<Node.Command> {
    /// Name under which drivers find it.
    public static final String NAME = "node";

    /// What it is told.
    public sealed interface Command {}

    /// Give no more executors, let those that there are hand over what they hold, and say when all
    /// have ended.
    record Leave(CompletableFuture<Void> done) implements Command {}

    private record FromDriver(NodeMessage message) implements Command {}

    private final NodeOptions options;
    private final NodeEngine engine;
    private final String address;
    private final HostDecisions decisions;
    private final Map<ExecutorId, ActorRef<Executor.Command>> executors = new HashMap<>();

    /// Who waits for the last executor's end; null while the node stays.
    private CompletableFuture<Void> left;

    private Node(ActorContext<Command> context, NodeOptions options, NodeEngine engine) {
        super(context);
        this.options = options;
        this.engine = engine;
        this.address = options.address();
        this.decisions =
                new HostDecisions(address, incarnation(context), options.cores(), options.python());
        ActorRef<Command> self = context.getSelf();
        context.spawn(
                Behaviors.<NodeMessage>receiveMessage(message -> {
                    self.tell(new FromDriver(message));
                    return Behaviors.same();
                }),
                NAME);
    }

    /// Unique among processes that have had this address: neither ports nor process numbers are, in
    /// a container that starts again.
    private static String incarnation(ActorContext<?> context) {
        return Long.toHexString(
                Cluster.get(context.getSystem()).selfMember().uniqueAddress().longUid());
    }

    /// The behaviour of a node process's first actor.
    public static Behavior<Command> create(NodeOptions options, NodeEngine engine) {
        return Behaviors.setup(context -> new Node(context, options, engine));
    }

    @Override
    public Receive<Command> createReceive() {
        return newReceiveBuilder()
                .onAnyMessage(this::onCommand)
                .onSignal(Terminated.class, this::onExecutorEnded)
                .build();
    }

    private Behavior<Command> onCommand(Command command) {
        switch (command) {
            case FromDriver(NodeMessage.StartExecutor m) -> onStart(m);
            case FromDriver(NodeMessage.StopExecutor m) -> onStop(m);
            case Leave c -> onLeave(c);
        }
        return this;
    }

    private void onLeave(Leave c) {
        left = c.done();
        decisions.leave();
        Executor.Leave order = new Executor.Leave("its node " + address + " was told to stop");
        executors.values().forEach(executor -> executor.tell(order));
        sayWhenEmpty();
    }

    private void sayWhenEmpty() {
        if (left != null && executors.isEmpty()) {
            left.complete(null);
        }
    }

    private void onStart(NodeMessage.StartExecutor m) {
        NodeReply reply =
                switch (decisions.ask(m.application(), m.python(), m.maxSlots())) {
                    case HostDecisions.Answer.Known a -> new NodeReply.Granted(address, a.id());
                    case HostDecisions.Answer.Refuse a ->
                            new NodeReply.Refused(address, a.reason(), a.permanent());
                    case HostDecisions.Answer.Start a -> start(m, a);
                };
        m.replyTo().tell(reply);
    }

    private NodeReply start(NodeMessage.StartExecutor m, HostDecisions.Answer.Start start) {
        ExecutorId id = start.id();
        try {
            HostedExecutor made = new HostedExecutor(m, id, start.slots(), options, engine);
            ActorRef<Executor.Command> actor =
                    getContext().spawnAnonymous(Executor.create(made.setup()));
            getContext().watch(actor);
            executors.put(id, actor);
            return new NodeReply.Granted(address, id);
        } catch (IOException e) {
            decisions.ended(id);
            String reason = "node " + address + " cannot start an executor: " + e.getMessage();
            return new NodeReply.Refused(address, reason, false);
        }
    }

    private void onStop(NodeMessage.StopExecutor m) {
        ExecutorId id = decisions.toStop(m.application(), m.executor());
        if (id != null) {
            getContext().stop(executors.get(id));
        }
    }

    private Behavior<Command> onExecutorEnded(Terminated signal) {
        executors
                .entrySet()
                .removeIf(entry -> {
                    boolean ended = entry.getValue().equals(signal.getRef());
                    if (ended) {
                        decisions.ended(entry.getKey());
                    }
                    return ended;
                });
        sayWhenEmpty();
        return this;
    }
}
