package io.troupe.driver.node;

import io.troupe.cluster.protocol.ApplicationId;
import io.troupe.cluster.protocol.ExecutorId;
import io.troupe.cluster.protocol.NodeMessage;
import io.troupe.cluster.protocol.NodeReply;
import io.troupe.executor.Executor;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.Terminated;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.Receive;

/// A node: gives applications executors while it has slots, one each.
public final class Node extends AbstractBehavior<Node.Command> {
    /// Name under which drivers find it.
    public static final String NAME = "node";

    /// What it is told.
    public sealed interface Command {}

    private record FromDriver(NodeMessage message) implements Command {}

    private final NodeOptions options;
    private final NodeEngine engine;
    private final String address;
    private final Map<ApplicationId, Hosted> hosted = new HashMap<>();
    private long started;

    private record Hosted(ExecutorId id, int slots, ActorRef<Executor.Command> actor) {}

    private Node(ActorContext<Command> context, NodeOptions options, NodeEngine engine) {
        super(context);
        this.options = options;
        this.engine = engine;
        this.address = options.host() + ":" + options.port();
        ActorRef<Command> self = context.getSelf();
        context.spawn(
                Behaviors.<NodeMessage>receiveMessage(message -> {
                    self.tell(new FromDriver(message));
                    return Behaviors.same();
                }),
                NAME);
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
        }
        return this;
    }

    private void onStart(NodeMessage.StartExecutor m) {
        Hosted known = hosted.get(m.application());
        if (known != null) {
            m.replyTo().tell(new NodeReply.Granted(address, known.id()));
        } else if (!m.python().isEmpty()
                && !options.python().isEmpty()
                && !m.python().equals(options.python())) {
            String reason =
                    "node "
                            + address
                            + " has Python "
                            + options.python()
                            + ", the application runs Python "
                            + m.python()
                            + ": install the same minor version, or point the node to it";
            m.replyTo().tell(new NodeReply.Refused(address, reason, true));
        } else if (freeSlots() == 0) {
            String reason =
                    "node "
                            + address
                            + " has no free slots: its "
                            + options.cores()
                            + " are used by "
                            + hosted.size()
                            + " other applications";
            m.replyTo().tell(new NodeReply.Refused(address, reason, false));
        } else {
            start(m);
        }
    }

    private void start(NodeMessage.StartExecutor m) {
        int slots = Math.min(freeSlots(), m.maxSlots());
        long process = ProcessHandle.current().pid();
        ExecutorId id = new ExecutorId(address + "/" + process + "." + ++started);
        try {
            HostedExecutor made = new HostedExecutor(m, id, slots, options, engine);
            ActorRef<Executor.Command> actor =
                    getContext().spawn(Executor.create(made.setup()), "executor-" + started);
            getContext().watch(actor);
            hosted.put(m.application(), new Hosted(id, slots, actor));
            m.replyTo().tell(new NodeReply.Granted(address, id));
        } catch (IOException e) {
            String reason = "node " + address + " cannot start an executor: " + e.getMessage();
            m.replyTo().tell(new NodeReply.Refused(address, reason, false));
        }
    }

    private void onStop(NodeMessage.StopExecutor m) {
        Hosted known = hosted.get(m.application());
        if (known != null) {
            getContext().stop(known.actor());
        }
    }

    private Behavior<Command> onExecutorEnded(Terminated signal) {
        hosted.values().removeIf(known -> known.actor().equals(signal.getRef()));
        return this;
    }

    private int freeSlots() {
        return options.cores() - hosted.values().stream().mapToInt(Hosted::slots).sum();
    }
}
