package io.troupe.planner.type;

/// Types without parameters.
public enum AtomicType implements DataType {
    VOID("void", Storage.NULL, false),
    BOOLEAN("boolean", Storage.BOOLEAN, false),
    BYTE("tinyint", Storage.INT, true),
    SHORT("smallint", Storage.INT, true),
    INTEGER("int", Storage.INT, true),
    LONG("bigint", Storage.LONG, true),
    FLOAT("float", Storage.FLOAT, true),
    DOUBLE("double", Storage.DOUBLE, true),
    BINARY("binary", Storage.BYTES, false),
    DATE("date", Storage.INT, false),
    TIMESTAMP("timestamp", Storage.LONG, false),
    TIMESTAMP_NTZ("timestamp_ntz", Storage.LONG, false),
    CALENDAR_INTERVAL("interval", Storage.INTERVAL, false),
    /// Semi-structured value. Held as its JSON text.
    VARIANT("variant", Storage.BYTES, false);

    private final String simpleString;
    private final Storage storage;
    private final boolean numeric;

    AtomicType(String simpleString, Storage storage, boolean numeric) {
        this.simpleString = simpleString;
        this.storage = storage;
        this.numeric = numeric;
    }

    @Override
    public String simpleString() {
        return simpleString;
    }

    @Override
    public Storage storage() {
        return storage;
    }

    boolean numeric() {
        return numeric;
    }
}
