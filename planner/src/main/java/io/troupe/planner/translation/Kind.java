package io.troupe.planner.translation;

/// The Python type of a value, and how its column holds it: BOOL as boolean, INT as bigint, FLOAT
/// as double, TEXT as string, DATE as date. OTHER is a type that is only passed on; NONE the type
/// of None.
enum Kind {
    NONE("None"),
    BOOL("a bool"),
    INT("an int"),
    FLOAT("a float"),
    TEXT("a str"),
    DATE("a date"),
    OTHER("a value of another type");

    final String shown;

    Kind(String shown) {
        this.shown = shown;
    }

    /// Whether Python computes with it as a number.
    boolean isNumber() {
        return this == BOOL || this == INT || this == FLOAT;
    }
}
