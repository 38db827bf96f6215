package io.troupe.cluster.serialization;

import io.troupe.cluster.protocol.WireMessage;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.apache.pekko.actor.typed.ActorRef;

/// Messages to one actor of another process that wait to travel together: the way of a message
/// costs more than most messages do. Used by one actor, which flushes when nothing is worth waiting
/// for.
///
/// @param <M> what the actor is told
public final class Outbox<M extends WireMessage> {
    private final ActorRef<M> target;
    private final Function<List<M>, M> envelope;
    private final List<M> waiting = new ArrayList<>();
    private int bytes;

    /// @param envelope makes one message of several
    public Outbox(ActorRef<M> target, Function<List<M>, M> envelope) {
        this.target = target;
        this.envelope = envelope;
    }

    /// Adds a message behind those that wait; sends those first if they would be too much together.
    ///
    /// @throws WireFormatException if the message alone is too large
    public void add(M message) {
        Wire.check(message);
        int size = message.estimatedBytes();
        if (bytes + size > WireMessage.LIMIT) {
            flush();
        }
        waiting.add(message);
        bytes += size;
    }

    /// How many wait.
    public int size() {
        return waiting.size();
    }

    /// Sends what waits.
    public void flush() {
        if (!waiting.isEmpty()) {
            Wire.tell(
                    target,
                    waiting.size() == 1
                            ? waiting.getFirst()
                            : envelope.apply(List.copyOf(waiting)));
            waiting.clear();
            bytes = 0;
        }
    }
}
