package io.troupe.planner.translation;

import io.troupe.planner.expression.Expression;
import io.troupe.planner.expression.Literal;
import io.troupe.planner.type.AtomicType;

/// A translated term: the expression that has its value, and what is known of that value.
///
/// @param range bounds of a value of kind INT, null for other kinds
record Part(Expression value, Kind kind, Range range, Nulls nulls) {
    /// What a null of the expression means.
    enum Nulls {
        /// There is none.
        NEVER,
        /// Python's None.
        NONE,
        /// Python would raise an error, or its int has no place in a bigint: the row is Python's.
        FAILS
    }

    static final Part ABSENT =
            new Part(Literal.ofNull(AtomicType.VOID), Kind.NONE, null, Nulls.NONE);

    static Part of(Expression value, Kind kind, Nulls nulls) {
        return new Part(value, kind, kind == Kind.INT ? Range.LONG : null, nulls);
    }

    static Part bool(Expression value) {
        return of(value, Kind.BOOL, Nulls.NEVER);
    }

    Part with(Expression value) {
        return new Part(value, kind, range, nulls);
    }

    Part with(Nulls nulls) {
        return new Part(value, kind, range, nulls);
    }

    /// The constant's value, or null.
    Object constant() {
        return value instanceof Literal literal ? literal.value() : null;
    }

    boolean mayBeNone() {
        return nulls == Nulls.NONE;
    }
}
