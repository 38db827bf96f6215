package io.troupe.planner.expression;

/// A window frame. Bounds are offsets relative to the current row: an [Expression] value (of the
/// order key's difference type for RANGE, an integer for ROWS and GROUPS; negative = preceding), or
/// one of the fixed bounds.
public record WindowFrame(Unit unit, Bound lower, Bound upper, Exclusion exclusion) {
    public enum Unit {
        ROWS,
        RANGE,
        GROUPS
    }

    public enum Exclusion {
        NO_OTHERS,
        CURRENT_ROW,
        GROUP,
        TIES
    }

    public sealed interface Bound {}

    public enum Fixed implements Bound {
        UNBOUNDED_PRECEDING,
        CURRENT_ROW,
        UNBOUNDED_FOLLOWING
    }

    public record Offset(Expression value) implements Bound {}

    public static final WindowFrame WHOLE_PARTITION =
            new WindowFrame(
                    Unit.ROWS,
                    Fixed.UNBOUNDED_PRECEDING,
                    Fixed.UNBOUNDED_FOLLOWING,
                    Exclusion.NO_OTHERS);
    public static final WindowFrame UP_TO_CURRENT_PEERS =
            new WindowFrame(
                    Unit.RANGE, Fixed.UNBOUNDED_PRECEDING, Fixed.CURRENT_ROW, Exclusion.NO_OTHERS);
}
