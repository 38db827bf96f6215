package io.troupe.cluster.serialization;

import com.esotericsoftware.kryo.Kryo;
import com.esotericsoftware.kryo.Serializer;
import com.esotericsoftware.kryo.io.Input;
import com.esotericsoftware.kryo.io.Output;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.RecordComponent;

/// Writes a record's components in order and builds it again through its canonical constructor, so
/// that its invariants are checked on what came over the wire as on anything else.
final class RecordSerializer extends Serializer<Object> {
    private final Class<?> type;
    private final Class<?>[] components;
    private final MethodHandle[] accessors;
    private final MethodHandle constructor;

    RecordSerializer(Class<?> type) {
        super(false, true);
        this.type = type;
        RecordComponent[] declared = type.getRecordComponents();
        components = new Class<?>[declared.length];
        accessors = new MethodHandle[declared.length];
        try {
            MethodHandles.Lookup lookup =
                    MethodHandles.privateLookupIn(type, MethodHandles.lookup());
            for (int i = 0; i < declared.length; i++) {
                components[i] = declared[i].getType();
                accessors[i] =
                        lookup.unreflect(declared[i].getAccessor())
                                .asType(MethodType.methodType(Object.class, Object.class));
            }
            constructor =
                    lookup.findConstructor(type, MethodType.methodType(void.class, components))
                            .asSpreader(Object[].class, components.length)
                            .asType(MethodType.methodType(Object.class, Object[].class));
        } catch (ReflectiveOperationException e) {
            throw new IllegalArgumentException(
                    "cannot reach the components of " + type.getName(), e);
        }
    }

    @Override
    public void write(Kryo kryo, Output output, Object record) {
        for (int i = 0; i < components.length; i++) {
            Object value;
            try {
                value = (Object) accessors[i].invokeExact(record);
            } catch (Throwable e) {
                throw new WireFormatException(
                        "cannot read component " + i + " of " + type.getName(), e);
            }
            writeComponent(kryo, output, components[i], value);
        }
    }

    @Override
    public Object read(Kryo kryo, Input input, Class<? extends Object> ignored) {
        Object[] values = new Object[components.length];
        for (int i = 0; i < values.length; i++) {
            values[i] = readComponent(kryo, input, components[i]);
        }
        try {
            return (Object) constructor.invokeExact(values);
        } catch (RuntimeException e) {
            throw new WireFormatException("refused " + type.getName() + ": " + e.getMessage(), e);
        } catch (Throwable e) {
            throw new WireFormatException("cannot construct " + type.getName(), e);
        }
    }

    private static void writeComponent(Kryo kryo, Output output, Class<?> component, Object value) {
        if (!component.isPrimitive()) {
            kryo.writeClassAndObject(output, value);
        } else if (component == int.class) {
            output.writeVarInt((Integer) value, false);
        } else if (component == long.class) {
            output.writeVarLong((Long) value, false);
        } else if (component == boolean.class) {
            output.writeBoolean((Boolean) value);
        } else if (component == double.class) {
            output.writeDouble((Double) value);
        } else if (component == float.class) {
            output.writeFloat((Float) value);
        } else if (component == byte.class) {
            output.writeByte((Byte) value);
        } else if (component == short.class) {
            output.writeShort((Short) value);
        } else {
            output.writeChar((Character) value);
        }
    }

    private static Object readComponent(Kryo kryo, Input input, Class<?> component) {
        if (!component.isPrimitive()) {
            return kryo.readClassAndObject(input);
        } else if (component == int.class) {
            return input.readVarInt(false);
        } else if (component == long.class) {
            return input.readVarLong(false);
        } else if (component == boolean.class) {
            return input.readBoolean();
        } else if (component == double.class) {
            return input.readDouble();
        } else if (component == float.class) {
            return input.readFloat();
        } else if (component == byte.class) {
            return input.readByte();
        } else if (component == short.class) {
            return input.readShort();
        }
        return input.readChar();
    }
}
