package io.troupe.planner.type;

/// `metadata` is a JSON object as text, `{}` when there is none.
public record StructField(String name, DataType type, boolean nullable, String metadata) {
    public static final String NO_METADATA = "{}";

    public StructField(String name, DataType type, boolean nullable) {
        this(name, type, nullable, NO_METADATA);
    }
}
