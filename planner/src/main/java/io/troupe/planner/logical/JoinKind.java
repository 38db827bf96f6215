package io.troupe.planner.logical;

public enum JoinKind {
    INNER,
    LEFT,
    RIGHT,
    FULL,
    LEFT_SEMI,
    LEFT_ANTI,
    /// NOT IN: a left row passes only when its comparison with every right row is false, never
    /// null.
    NULL_AWARE_ANTI,
    /// Left rows with an extra boolean column.
    EXISTENCE
}
