package io.troupe.executor.block;

/// First byte of an encoded vector.
final class VectorKind {
    static final byte NULL = 0;
    static final byte BOOLEAN = 1;
    static final byte INT = 2;
    static final byte LONG = 3;
    static final byte FLOAT = 4;
    static final byte DOUBLE = 5;
    static final byte DECIMAL128 = 6;
    static final byte BYTES = 7;
    static final byte INTERVAL = 8;
    static final byte LIST = 9;
    static final byte MAP = 10;
    static final byte STRUCT = 11;
    static final byte DICTIONARY = 12;

    private VectorKind() {}
}
