package io.troupe.columnar.sink.parquet;

import io.troupe.columnar.vector.BooleanVector;
import io.troupe.columnar.vector.Vector;

/// BOOLEAN, bit-packed.
final class BooleanSink extends ValueSink {
    private int pending;
    private int bits;
    private boolean sawFalse;
    private boolean sawTrue;

    @Override
    boolean canCode() {
        return false;
    }

    @Override
    void plain(Vector vector, int row, ByteSink out) {
        int value = ((BooleanVector) vector).values()[row];
        pending |= value << bits;
        if (++bits == 8) {
            out.putByte(pending);
            pending = 0;
            bits = 0;
        }
    }

    @Override
    void finishPage(ByteSink out) {
        if (bits > 0) {
            out.putByte(pending);
        }
        pending = 0;
        bits = 0;
    }

    @Override
    int code(Vector vector, int row) {
        throw new IllegalStateException("booleans have no dictionary");
    }

    @Override
    void plainOfCode(int code, ByteSink out) {
        throw new IllegalStateException("booleans have no dictionary");
    }

    @Override
    void bound(Vector vector, int row) {
        boolean value = ((BooleanVector) vector).values()[row] != 0;
        sawTrue |= value;
        sawFalse |= !value;
    }

    @Override
    void reset() {
        sawFalse = false;
        sawTrue = false;
    }

    @Override
    byte[] minimum() {
        return sawFalse || sawTrue ? new byte[] {(byte) (sawFalse ? 0 : 1)} : null;
    }

    @Override
    byte[] maximum() {
        return sawFalse || sawTrue ? new byte[] {(byte) (sawTrue ? 1 : 0)} : null;
    }
}
