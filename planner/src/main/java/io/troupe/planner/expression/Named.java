package io.troupe.planner.expression;

/// An expression computed by a plan node and the output column that carries its value. A column
/// passed through unchanged has its own attribute on both sides.
public record Named(Attribute output, Expression expression) {
    public static Named of(Attribute attribute) {
        return new Named(attribute, attribute);
    }

    public boolean isPassThrough() {
        return output.equals(expression);
    }
}
