package io.troupe.planner.expression;

import io.troupe.planner.type.DataType;
import java.util.List;

/// A conversion between types. Never an identity: the analyser leaves those out.
public record Cast(Expression child, DataType type, Mode mode) implements Expression {
    /// What a value that does not fit becomes.
    public enum Mode {
        /// An error.
        ANSI,
        /// Null or a wrapped value, as with `spark.sql.ansi.enabled=false`.
        LEGACY,
        /// Null.
        TRY
    }

    @Override
    public boolean nullable() {
        return mode == Mode.TRY || child.nullable() || CastNullability.mayFail(child.type(), type);
    }

    @Override
    public List<Expression> children() {
        return List.of(child);
    }

    @Override
    public Expression withChildren(List<Expression> children) {
        return new Cast(children.getFirst(), type, mode);
    }
}
