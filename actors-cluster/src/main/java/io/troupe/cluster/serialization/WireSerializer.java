package io.troupe.cluster.serialization;

import org.apache.pekko.actor.ExtendedActorSystem;
import org.apache.pekko.actor.typed.ActorRefResolver;
import org.apache.pekko.actor.typed.javadsl.Adapter;
import org.apache.pekko.serialization.JSerializer;

/// Pekko's way into the codec. The configuration binds [io.troupe.cluster.protocol.WireMessage] to
/// it; nothing else is bound, and Java serialisation is off.
public final class WireSerializer extends JSerializer {
    private static final int IDENTIFIER = 0x54525550;

    private final WireCodec codec;

    /// Called by Pekko.
    public WireSerializer(ExtendedActorSystem system) {
        int limit = system.settings().config().getBytes("troupe.wire.message-limit").intValue();
        codec =
                new WireCodec(
                        PlanRoots.registered(system.settings().config()),
                        ActorRefResolver.get(Adapter.toTyped(system)),
                        limit);
    }

    @Override
    public int identifier() {
        return IDENTIFIER;
    }

    @Override
    public boolean includeManifest() {
        return false;
    }

    @Override
    public byte[] toBinary(Object message) {
        return codec.encode(message);
    }

    @Override
    public Object fromBinaryJava(byte[] bytes, Class<?> manifest) {
        return codec.decode(bytes);
    }
}
