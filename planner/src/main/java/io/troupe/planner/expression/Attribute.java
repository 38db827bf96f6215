package io.troupe.planner.expression;

import io.troupe.planner.type.DataType;
import java.util.List;

/// A column of some plan's output. `id` is unique within a session and alone decides identity; the
/// rest is for people and typing. `qualifier` is the path before the name (`[t]`, `[spark_catalog,
/// default, t]`), empty when there is none. `metadata` is JSON text.
public record Attribute(
        long id,
        String name,
        DataType type,
        boolean nullable,
        List<String> qualifier,
        String metadata)
        implements Expression {
    public Attribute(long id, String name, DataType type, boolean nullable) {
        this(id, name, type, nullable, List.of(), "{}");
    }

    public Attribute withNullable(boolean nullable) {
        return nullable == this.nullable
                ? this
                : new Attribute(id, name, type, nullable, qualifier, metadata);
    }

    public Attribute withQualifier(List<String> qualifier) {
        return new Attribute(id, name, type, nullable, qualifier, metadata);
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
        return other instanceof Attribute that && that.id == id;
    }

    @Override
    public int hashCode() {
        return Long.hashCode(id);
    }
}
