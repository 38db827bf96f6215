package io.troupe.planner.expression;

import io.troupe.planner.type.DataType;
import java.util.concurrent.atomic.AtomicLong;

/// Gives ids that are unique within a session, for attributes, lambda variables and common tables.
/// Thread-safe.
public final class AttributeIds {
    private final AtomicLong last;

    public AttributeIds() {
        this(0);
    }

    private AttributeIds(long last) {
        this.last = new AtomicLong(last);
    }

    /// Ids above `last`, apart from a session's as long as these do not reach it.
    public static AttributeIds from(long last) {
        return new AttributeIds(last);
    }

    public long next() {
        return last.incrementAndGet();
    }

    public Attribute attribute(String name, DataType type, boolean nullable) {
        return new Attribute(next(), name, type, nullable);
    }

    /// The same column under a new identity.
    public Attribute copy(Attribute attribute) {
        return new Attribute(
                next(),
                attribute.name(),
                attribute.type(),
                attribute.nullable(),
                attribute.qualifier(),
                attribute.metadata());
    }
}
