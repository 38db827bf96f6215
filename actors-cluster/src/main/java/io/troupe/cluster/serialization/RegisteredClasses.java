package io.troupe.cluster.serialization;

import java.lang.reflect.Array;
import java.lang.reflect.GenericArrayType;
import java.lang.reflect.Modifier;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.lang.reflect.WildcardType;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.pekko.actor.typed.ActorRef;

/// The closed set of classes that may be serialised: everything reachable from some roots through
/// `permits` clauses and record components, in the order of their names. Two processes with the
/// same [#hash()] number their classes alike and agree on each record's shape.
public final class RegisteredClasses {
    /// Values that literals and options carry, beyond records and enums.
    private static final List<Class<?>> VALUES =
            List.of(
                    Boolean.class,
                    Byte.class,
                    Short.class,
                    Character.class,
                    Integer.class,
                    Long.class,
                    Float.class,
                    Double.class,
                    String.class,
                    BigDecimal.class,
                    BigInteger.class,
                    boolean[].class,
                    byte[].class,
                    short[].class,
                    char[].class,
                    int[].class,
                    long[].class,
                    float[].class,
                    double[].class,
                    String[].class,
                    Object[].class);

    private final List<Class<?>> classes;
    private final Set<Class<?>> shareable;
    private final String hash;

    private RegisteredClasses(List<Class<?>> classes) {
        this.classes = classes;
        this.shareable =
                Set.copyOf(classes.stream().filter(c -> c.isRecord() && !isFlat(c)).toList());
        this.hash = hashOf(classes);
    }

    /// Derives the set.
    ///
    /// @param roots sealed interfaces and records from which everything else is reached
    /// @throws IllegalArgumentException if a reachable type is a class that is neither record, enum
    ///   nor known value
    public static RegisteredClasses reachableFrom(Collection<Class<?>> roots) {
        SortedMap<String, Class<?>> found = new TreeMap<>();
        VALUES.forEach(c -> found.put(c.getName(), c));
        Set<Class<?>> seen = new HashSet<>(VALUES);
        Deque<Class<?>> open = new ArrayDeque<>(roots);
        while (!open.isEmpty()) {
            Class<?> next = open.pop();
            if (seen.add(next)) {
                visit(next, found, open);
            }
        }
        return new RegisteredClasses(List.copyOf(found.values()));
    }

    /// The classes, sorted by name; the position is part of the wire format.
    public List<Class<?>> classes() {
        return classes;
    }

    /// Whether an object of the class that is met again is written as a reference to the first one.
    /// Records of a few numbers and texts are not: looking for them costs more than writing them.
    boolean isShareable(Class<?> type) {
        return shareable.contains(type);
    }

    private static boolean isFlat(Class<?> type) {
        if (!type.isRecord()) {
            return type.isPrimitive() || type == String.class;
        }
        for (RecordComponent component : type.getRecordComponents()) {
            if (!isFlat(component.getType())) {
                return false;
            }
        }
        return true;
    }

    /// Sixteen hexadecimal digits over names and record shapes.
    public String hash() {
        return hash;
    }

    private static void visit(
            Class<?> type, SortedMap<String, Class<?>> found, Deque<Class<?>> open) {
        if (type.isPrimitive()
                || type == Object.class
                || isContainer(type)
                || ActorRef.class.isAssignableFrom(type)) {
            return;
        }
        if (type.isArray()) {
            found.put(type.getName(), type);
            open.push(type.getComponentType());
            return;
        }
        if (type.isSealed()) {
            open.addAll(List.of(type.getPermittedSubclasses()));
        }
        if (type.isEnum() || (type.getSuperclass() != null && type.getSuperclass().isEnum())) {
            Class<?> declaring = type.isEnum() ? type : type.getSuperclass();
            found.put(declaring.getName(), declaring);
        } else if (type.isRecord()) {
            found.put(type.getName(), type);
            for (RecordComponent component : type.getRecordComponents()) {
                componentTypes(component.getGenericType(), open);
            }
        } else if (!type.isInterface() && !Modifier.isAbstract(type.getModifiers())) {
            throw new IllegalArgumentException(
                    type.getName()
                            + " is reachable from the wire protocol but is neither a record nor an enum; make it one or keep"
                            + " it out of messages and plans");
        }
    }

    private static boolean isContainer(Class<?> type) {
        return Collection.class.isAssignableFrom(type)
                || Map.class.isAssignableFrom(type)
                || type == Iterable.class
                || type == Number.class
                || type == CharSequence.class
                || type == Comparable.class
                || type == Optional.class
                || type == OptionalInt.class
                || type == OptionalLong.class;
    }

    private static void componentTypes(Type type, Deque<Class<?>> open) {
        switch (type) {
            case Class<?> c -> open.push(c);
            case ParameterizedType p -> {
                componentTypes(p.getRawType(), open);
                for (Type argument : p.getActualTypeArguments()) {
                    if (!ActorRef.class.equals(p.getRawType())) {
                        componentTypes(argument, open);
                    }
                }
            }
            case GenericArrayType a -> {
                Deque<Class<?>> element = new ArrayDeque<>();
                componentTypes(a.getGenericComponentType(), element);
                element.forEach(e -> open.push(Array.newInstance(e, 0).getClass()));
            }
            case WildcardType w -> {
                for (Type bound : w.getUpperBounds()) {
                    componentTypes(bound, open);
                }
            }
            case TypeVariable<?> v -> {
                for (Type bound : v.getBounds()) {
                    componentTypes(bound, open);
                }
            }
            default -> throw new IllegalArgumentException("cannot follow type " + type);
        }
    }

    private static String hashOf(List<Class<?>> classes) {
        List<String> shapes = new ArrayList<>();
        for (Class<?> type : classes) {
            StringBuilder shape = new StringBuilder(type.getName());
            if (type.isRecord()) {
                for (RecordComponent component : type.getRecordComponents()) {
                    shape.append('|')
                            .append(component.getName())
                            .append(':')
                            .append(component.getGenericType());
                }
            } else if (type.isEnum()) {
                for (Object constant : type.getEnumConstants()) {
                    shape.append('|').append(((Enum<?>) constant).name());
                }
            }
            shapes.add(shape.toString());
        }
        try {
            byte[] digest =
                    MessageDigest.getInstance("SHA-256")
                            .digest(String.join("\n", shapes).getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest, 0, 8);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
