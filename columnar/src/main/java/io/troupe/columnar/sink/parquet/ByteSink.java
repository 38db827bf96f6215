package io.troupe.columnar.sink.parquet;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/// A growing little-endian byte array.
final class ByteSink {
    private static final VarHandle LONG =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle INT =
            MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

    private byte[] data = new byte[256];
    private int size;

    byte[] data() {
        return data;
    }

    int size() {
        return size;
    }

    void clear() {
        size = 0;
    }

    private void need(int bytes) {
        if (bytes > data.length - size) {
            long wanted = Math.max((long) size + bytes, 2L * data.length);
            data = Arrays.copyOf(data, Math.toIntExact(Math.min(wanted, Integer.MAX_VALUE - 64)));
        }
    }

    void putByte(int value) {
        need(1);
        data[size++] = (byte) value;
    }

    void putInt(int value) {
        need(4);
        INT.set(data, size, value);
        size += 4;
    }

    void putLong(long value) {
        need(8);
        LONG.set(data, size, value);
        size += 8;
    }

    void putVarint(int value) {
        int rest = value;
        while ((rest & ~0x7f) != 0) {
            putByte(rest & 0x7f | 0x80);
            rest >>>= 7;
        }
        putByte(rest);
    }

    void putBytes(byte[] source, int from, int length) {
        need(length);
        System.arraycopy(source, from, data, size, length);
        size += length;
    }

    /// The low `bytes` bytes of the value, least significant first.
    void putPart(long value, int bytes) {
        for (int i = 0; i < bytes; i++) {
            putByte((int) (value >>> 8 * i));
        }
    }
}
