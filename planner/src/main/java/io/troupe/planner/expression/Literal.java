package io.troupe.planner.expression;

import io.troupe.planner.type.AtomicType;
import io.troupe.planner.type.DataType;
import io.troupe.planner.type.StringType;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/// A constant. The value's Java class is fixed by the type: see [DataType].
public record Literal(Object value, DataType type) implements Expression {
    public static final Literal TRUE = new Literal(true, AtomicType.BOOLEAN);
    public static final Literal FALSE = new Literal(false, AtomicType.BOOLEAN);

    public static Literal of(int value) {
        return new Literal(value, AtomicType.INTEGER);
    }

    public static Literal of(long value) {
        return new Literal(value, AtomicType.LONG);
    }

    public static Literal of(String value) {
        return new Literal(value, StringType.STRING);
    }

    public static Literal ofNull(DataType type) {
        return new Literal(null, type);
    }

    @Override
    public boolean nullable() {
        return value == null;
    }

    @Override
    public List<Expression> children() {
        return List.of();
    }

    @Override
    public Expression withChildren(List<Expression> children) {
        return this;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Literal that
                && type.equals(that.type)
                && Objects.deepEquals(value, that.value);
    }

    @Override
    public int hashCode() {
        return value instanceof byte[] bytes ? Arrays.hashCode(bytes) : Objects.hash(value, type);
    }
}
