package io.troupe.cluster.serialization;

import com.esotericsoftware.kryo.Kryo;
import com.esotericsoftware.kryo.KryoException;
import com.esotericsoftware.kryo.Registration;
import com.esotericsoftware.kryo.io.Input;
import com.esotericsoftware.kryo.io.Output;
import com.esotericsoftware.kryo.util.DefaultClassResolver;
import com.esotericsoftware.kryo.util.MapReferenceResolver;
import com.esotericsoftware.kryo.util.Pool;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorRefResolver;

/// Turns registered objects into bytes and back. Safe for many threads.
///
/// Shared sub-objects of a plan stay shared. Decoding is bounded: nesting by [#MAX_DEPTH], every
/// length by the bytes that are really there, so hostile bytes cannot make it allocate more than a
/// small multiple of their own size.
public final class WireCodec {
    /// Deepest nesting that is decoded or encoded.
    public static final int MAX_DEPTH = 2_000;

    /// Most messages fit; larger ones grow.
    private static final int BUFFER = 512;

    private final RegisteredClasses classes;
    private final Pool<Kryo> kryos;
    private final int maxBytes;

    /// A codec for a set of classes.
    ///
    /// @param classes what is accepted
    /// @param resolver turns actor references into text and back; null where messages have none
    /// @param maxBytes most bytes that one object may have, encoded
    public WireCodec(RegisteredClasses classes, ActorRefResolver resolver, int maxBytes) {
        this.classes = classes;
        this.maxBytes = maxBytes;
        this.kryos =
                new Pool<>(true, true, 8) {
                    @Override
                    protected Kryo create() {
                        return newKryo(classes, resolver);
                    }
                };
    }

    /// The accepted classes.
    public RegisteredClasses classes() {
        return classes;
    }

    /// Encodes an object.
    ///
    /// @throws WireFormatException if it contains an object of an unregistered class, is nested too
    ///   deep or too large
    public byte[] encode(Object value) {
        Kryo kryo = kryos.obtain();
        try (Output output = new Output(BUFFER, maxBytes)) {
            kryo.writeClassAndObject(output, value);
            return output.toBytes();
        } catch (KryoException | IllegalArgumentException e) {
            throw new WireFormatException(
                    "cannot encode " + value.getClass().getName() + ": " + e.getMessage(), e);
        } finally {
            kryo.reset();
            kryos.free(kryo);
        }
    }

    /// Decodes an object.
    ///
    /// @throws WireFormatException if the bytes are no encoding of a registered object
    public Object decode(byte[] bytes) {
        if (bytes.length > maxBytes) {
            throw new WireFormatException(
                    "refused " + bytes.length + " bytes: the limit is " + maxBytes, null);
        }
        Kryo kryo = kryos.obtain();
        try (Input input = new Input(bytes)) {
            Object value = kryo.readClassAndObject(input);
            if (input.position() != bytes.length) {
                throw new WireFormatException("undecoded bytes at the end of " + value, null);
            }
            return value;
        } catch (WireFormatException e) {
            throw e;
        } catch (RuntimeException e) {
            throw new WireFormatException(
                    "cannot decode " + bytes.length + " bytes: " + e.getMessage(), e);
        } finally {
            kryo.reset();
            kryos.free(kryo);
        }
    }

    private static Kryo newKryo(RegisteredClasses classes, ActorRefResolver resolver) {
        Kryo kryo =
                new Kryo(
                        new CanonicalResolver(),
                        new MapReferenceResolver() {
                            @Override
                            public boolean useReferences(Class type) {
                                return classes.isShareable(type);
                            }
                        });
        kryo.setRegistrationRequired(true);
        kryo.setReferences(true);
        kryo.setMaxDepth(MAX_DEPTH);
        kryo.setClassLoader(WireCodec.class.getClassLoader());
        int id = 16;
        for (Class<?> type : classes.classes()) {
            Registration known = kryo.getClassResolver().getRegistration(type);
            int number = id++;
            if (type.isRecord()) {
                kryo.register(type, new RecordSerializer(type), number);
            } else if (type.isEnum()) {
                kryo.register(type, new ValueSerializers.Enums(type), number);
            } else if (ValueSerializers.of(type) != null) {
                kryo.register(type, ValueSerializers.of(type), number);
            } else if (known == null) {
                kryo.register(type, number);
            }
        }
        kryo.register(List.class, new ValueSerializers.Lists(), id++);
        kryo.register(Map.class, new ValueSerializers.Maps(), id++);
        kryo.register(Set.class, new ValueSerializers.Sets(), id++);
        kryo.register(Optional.class, new ValueSerializers.Optionals(), id++);
        kryo.register(OptionalInt.class, new ValueSerializers.OptionalInts(), id++);
        kryo.register(OptionalLong.class, new ValueSerializers.OptionalLongs(), id++);
        kryo.register(ActorRef.class, new ValueSerializers.ActorRefs(resolver), id++);
        return kryo;
    }

    /// Maps every list, map, set, enum constant and actor reference to its one registration.
    private static final class CanonicalResolver extends DefaultClassResolver {
        private final Map<Class<?>, Registration> known = new IdentityHashMap<>();

        /// Only what is registered is remembered, so that the classes which somebody tries to send
        /// do not add up.
        @Override
        public Registration getRegistration(Class type) {
            Registration found = known.get(type);
            if (found == null) {
                found = super.getRegistration(canonical(type));
                if (found != null) {
                    known.put(type, found);
                }
            }
            return found;
        }

        private static Class<?> canonical(Class<?> type) {
            if (type.isRecord() || type.isArray()) {
                return type;
            }
            if (List.class.isAssignableFrom(type)) {
                return List.class;
            }
            if (Map.class.isAssignableFrom(type)) {
                return Map.class;
            }
            if (Set.class.isAssignableFrom(type)) {
                return Set.class;
            }
            if (ActorRef.class.isAssignableFrom(type)) {
                return ActorRef.class;
            }
            if (type.getSuperclass() != null && type.getSuperclass().isEnum()) {
                return type.getSuperclass();
            }
            return type;
        }
    }
}
