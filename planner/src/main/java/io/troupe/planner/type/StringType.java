package io.troupe.planner.type;

/// Text in UTF-8. `limit` is the declared length of CHAR(n)/VARCHAR(n), 0 for STRING; `collation`
/// is UTF8_BINARY unless named.
public record StringType(Kind kind, int limit, String collation) implements DataType {
    public enum Kind {
        STRING,
        CHAR,
        VARCHAR
    }

    public static final String BINARY_COLLATION = "UTF8_BINARY";
    public static final StringType STRING = new StringType(Kind.STRING, 0, BINARY_COLLATION);

    @Override
    public String simpleString() {
        String base =
                switch (kind) {
                    case STRING -> "string";
                    case CHAR -> "char(" + limit + ")";
                    case VARCHAR -> "varchar(" + limit + ")";
                };
        return collation.equals(BINARY_COLLATION) ? base : base + " collate " + collation;
    }

    @Override
    public Storage storage() {
        return Storage.BYTES;
    }
}
