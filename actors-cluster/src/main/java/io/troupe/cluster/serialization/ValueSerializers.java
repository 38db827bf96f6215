package io.troupe.cluster.serialization;

import com.esotericsoftware.kryo.Kryo;
import com.esotericsoftware.kryo.Serializer;
import com.esotericsoftware.kryo.io.Input;
import com.esotericsoftware.kryo.io.Output;
import java.lang.reflect.Array;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorRefResolver;

/// Serialisers of values and containers. All lengths that are read are checked against the bytes
/// that are left.
final class ValueSerializers {
    private ValueSerializers() {}

    /// The serialiser of a value class, or null if Kryo's own is bounded already.
    static Serializer<?> of(Class<?> type) {
        if (type == String.class) {
            return new Strings();
        } else if (type == BigDecimal.class) {
            return new Decimals();
        } else if (type == BigInteger.class) {
            return new Integers();
        } else if (type.isArray() && type.getComponentType().isPrimitive()) {
            return new PrimitiveArrays(type.getComponentType());
        } else if (type.isArray()) {
            return new ObjectArrays(type.getComponentType());
        }
        return null;
    }

    /// Reads a count of elements that take at least `width` bytes each.
    static int count(Input input, int width) {
        int count = input.readVarInt(true);
        int left = input.limit() - input.position();
        if (count < 0 || (long) count * width > left) {
            throw new WireFormatException(
                    "length " + count + " exceeds the " + left + " bytes left", null);
        }
        return count;
    }

    static final class Strings extends Serializer<String> {
        Strings() {
            super(false, true);
        }

        @Override
        public void write(Kryo kryo, Output output, String value) {
            byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
            output.writeVarInt(bytes.length, true);
            output.writeBytes(bytes);
        }

        @Override
        public String read(Kryo kryo, Input input, Class<? extends String> type) {
            return new String(input.readBytes(count(input, 1)), StandardCharsets.UTF_8);
        }
    }

    static final class Integers extends Serializer<BigInteger> {
        Integers() {
            super(false, true);
        }

        @Override
        public void write(Kryo kryo, Output output, BigInteger value) {
            byte[] bytes = value.toByteArray();
            output.writeVarInt(bytes.length, true);
            output.writeBytes(bytes);
        }

        @Override
        public BigInteger read(Kryo kryo, Input input, Class<? extends BigInteger> type) {
            return new BigInteger(input.readBytes(count(input, 1)));
        }
    }

    static final class Decimals extends Serializer<BigDecimal> {
        Decimals() {
            super(false, true);
        }

        @Override
        public void write(Kryo kryo, Output output, BigDecimal value) {
            byte[] bytes = value.unscaledValue().toByteArray();
            output.writeVarInt(bytes.length, true);
            output.writeBytes(bytes);
            output.writeVarInt(value.scale(), false);
        }

        @Override
        public BigDecimal read(Kryo kryo, Input input, Class<? extends BigDecimal> type) {
            BigInteger unscaled = new BigInteger(input.readBytes(count(input, 1)));
            return new BigDecimal(unscaled, input.readVarInt(false));
        }
    }

    static final class PrimitiveArrays extends Serializer<Object> {
        private final Class<?> element;

        PrimitiveArrays(Class<?> element) {
            super(false, true);
            this.element = element;
        }

        @Override
        public void write(Kryo kryo, Output output, Object array) {
            int length = Array.getLength(array);
            output.writeVarInt(length, true);
            switch (array) {
                case byte[] a -> output.writeBytes(a);
                case boolean[] a -> output.writeBooleans(a, 0, length);
                case short[] a -> output.writeShorts(a, 0, length);
                case char[] a -> output.writeChars(a, 0, length);
                case int[] a -> output.writeInts(a, 0, length);
                case long[] a -> output.writeLongs(a, 0, length);
                case float[] a -> output.writeFloats(a, 0, length);
                case double[] a -> output.writeDoubles(a, 0, length);
                default ->
                        throw new WireFormatException(
                                "no primitive array: " + array.getClass(), null);
            }
        }

        @Override
        public Object read(Kryo kryo, Input input, Class<? extends Object> type) {
            if (element == byte.class) {
                return input.readBytes(count(input, 1));
            } else if (element == boolean.class) {
                return input.readBooleans(count(input, 1));
            } else if (element == short.class) {
                return input.readShorts(count(input, 2));
            } else if (element == char.class) {
                return input.readChars(count(input, 2));
            } else if (element == int.class) {
                return input.readInts(count(input, 4));
            } else if (element == long.class) {
                return input.readLongs(count(input, 8));
            } else if (element == float.class) {
                return input.readFloats(count(input, 4));
            }
            return input.readDoubles(count(input, 8));
        }
    }

    static final class ObjectArrays extends Serializer<Object> {
        private final Class<?> element;

        ObjectArrays(Class<?> element) {
            super(false, true);
            this.element = element;
        }

        @Override
        public void write(Kryo kryo, Output output, Object array) {
            Object[] values = (Object[]) array;
            output.writeVarInt(values.length, true);
            for (Object value : values) {
                kryo.writeClassAndObject(output, value);
            }
        }

        @Override
        public Object read(Kryo kryo, Input input, Class<? extends Object> type) {
            Object[] values = (Object[]) Array.newInstance(element, count(input, 1));
            for (int i = 0; i < values.length; i++) {
                values[i] = kryo.readClassAndObject(input);
            }
            return values;
        }
    }

    static final class Enums extends Serializer<Object> {
        private final Object[] constants;

        Enums(Class<?> type) {
            super(false, true);
            constants = type.getEnumConstants();
        }

        @Override
        public void write(Kryo kryo, Output output, Object value) {
            output.writeVarInt(((Enum<?>) value).ordinal(), true);
        }

        @Override
        public Object read(Kryo kryo, Input input, Class<? extends Object> type) {
            int ordinal = input.readVarInt(true);
            if (ordinal < 0 || ordinal >= constants.length) {
                throw new WireFormatException(
                        "no constant " + ordinal + " in " + type.getName(), null);
            }
            return constants[ordinal];
        }
    }

    static final class Lists extends Serializer<List<?>> {
        Lists() {
            super(false, true);
        }

        @Override
        public void write(Kryo kryo, Output output, List<?> list) {
            output.writeVarInt(list.size(), true);
            for (Object element : list) {
                kryo.writeClassAndObject(output, element);
            }
        }

        @Override
        public List<?> read(Kryo kryo, Input input, Class<? extends List<?>> type) {
            int count = count(input, 1);
            List<Object> list = new ArrayList<>(count);
            for (int i = 0; i < count; i++) {
                list.add(kryo.readClassAndObject(input));
            }
            return Collections.unmodifiableList(list);
        }
    }

    static final class Sets extends Serializer<Set<?>> {
        Sets() {
            super(false, true);
        }

        @Override
        public void write(Kryo kryo, Output output, Set<?> set) {
            output.writeVarInt(set.size(), true);
            for (Object element : set) {
                kryo.writeClassAndObject(output, element);
            }
        }

        @Override
        public Set<?> read(Kryo kryo, Input input, Class<? extends Set<?>> type) {
            int count = count(input, 1);
            Set<Object> set = new LinkedHashSet<>();
            for (int i = 0; i < count; i++) {
                set.add(kryo.readClassAndObject(input));
            }
            return Collections.unmodifiableSet(set);
        }
    }

    static final class Maps extends Serializer<Map<?, ?>> {
        Maps() {
            super(false, true);
        }

        @Override
        public void write(Kryo kryo, Output output, Map<?, ?> map) {
            output.writeVarInt(map.size(), true);
            map.forEach((key, value) -> {
                kryo.writeClassAndObject(output, key);
                kryo.writeClassAndObject(output, value);
            });
        }

        @Override
        public Map<?, ?> read(Kryo kryo, Input input, Class<? extends Map<?, ?>> type) {
            int count = count(input, 2);
            Map<Object, Object> map = new LinkedHashMap<>();
            for (int i = 0; i < count; i++) {
                map.put(kryo.readClassAndObject(input), kryo.readClassAndObject(input));
            }
            return Collections.unmodifiableMap(map);
        }
    }

    static final class Optionals extends Serializer<Optional<?>> {
        Optionals() {
            super(false, true);
        }

        @Override
        public void write(Kryo kryo, Output output, Optional<?> value) {
            kryo.writeClassAndObject(output, value.orElse(null));
        }

        @Override
        public Optional<?> read(Kryo kryo, Input input, Class<? extends Optional<?>> type) {
            return Optional.ofNullable(kryo.readClassAndObject(input));
        }
    }

    static final class OptionalInts extends Serializer<OptionalInt> {
        OptionalInts() {
            super(false, true);
        }

        @Override
        public void write(Kryo kryo, Output output, OptionalInt value) {
            output.writeBoolean(value.isPresent());
            output.writeInt(value.orElse(0));
        }

        @Override
        public OptionalInt read(Kryo kryo, Input input, Class<? extends OptionalInt> type) {
            boolean present = input.readBoolean();
            int value = input.readInt();
            return present ? OptionalInt.of(value) : OptionalInt.empty();
        }
    }

    static final class OptionalLongs extends Serializer<OptionalLong> {
        OptionalLongs() {
            super(false, true);
        }

        @Override
        public void write(Kryo kryo, Output output, OptionalLong value) {
            output.writeBoolean(value.isPresent());
            output.writeLong(value.orElse(0));
        }

        @Override
        public OptionalLong read(Kryo kryo, Input input, Class<? extends OptionalLong> type) {
            boolean present = input.readBoolean();
            long value = input.readLong();
            return present ? OptionalLong.of(value) : OptionalLong.empty();
        }
    }

    static final class ActorRefs extends Serializer<ActorRef<?>> {
        private final ActorRefResolver resolver;

        ActorRefs(ActorRefResolver resolver) {
            super(false, true);
            this.resolver = resolver;
        }

        @Override
        public void write(Kryo kryo, Output output, ActorRef<?> ref) {
            byte[] bytes = resolver().toSerializationFormat(ref).getBytes(StandardCharsets.UTF_8);
            output.writeVarInt(bytes.length, true);
            output.writeBytes(bytes);
        }

        @Override
        public ActorRef<?> read(Kryo kryo, Input input, Class<? extends ActorRef<?>> type) {
            return resolver()
                    .resolveActorRef(
                            new String(input.readBytes(count(input, 1)), StandardCharsets.UTF_8));
        }

        private ActorRefResolver resolver() {
            if (resolver == null) {
                throw new WireFormatException("actor references travel in messages only", null);
            }
            return resolver;
        }
    }
}
