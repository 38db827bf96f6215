package io.troupe.cluster.serialization;

import io.troupe.cluster.protocol.WireMessage;
import org.apache.pekko.actor.typed.ActorRef;

/// The one way to send a message that may leave the process.
public final class Wire {
    private Wire() {}

    /// Sends, unless the message is too large for the transport, which would drop it without
    /// telling anybody.
    ///
    /// @throws WireFormatException if the message's estimated size exceeds [WireMessage#LIMIT]
    public static <M extends WireMessage> void tell(ActorRef<M> target, M message) {
        check(message);
        target.tell(message);
    }

    static void check(WireMessage message) {
        int bytes = message.estimatedBytes();
        if (bytes > WireMessage.LIMIT) {
            throw new WireFormatException(
                    message.getClass().getSimpleName()
                            + " of about "
                            + bytes
                            + " bytes exceeds the limit of "
                            + WireMessage.LIMIT
                            + " for one message; large things travel on the data plane",
                    null);
        }
    }
}
