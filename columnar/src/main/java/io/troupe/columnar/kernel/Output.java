package io.troupe.columnar.kernel;

import io.troupe.columnar.column.Bitmap;
import io.troupe.columnar.column.ColumnBuilder;
import io.troupe.columnar.vector.BooleanVector;
import io.troupe.columnar.vector.BytesVector;
import io.troupe.columnar.vector.DictionaryVector;
import io.troupe.columnar.vector.DoubleVector;
import io.troupe.columnar.vector.FloatVector;
import io.troupe.columnar.vector.IntVector;
import io.troupe.columnar.vector.LongVector;
import io.troupe.columnar.vector.NullVector;
import io.troupe.columnar.vector.Vector;
import io.troupe.planner.type.DataType;
import io.troupe.planner.type.Storage;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// A result column that is written row by row, in ascending order of rows. Every row moved to and
/// not set is null.
public final class Output {
    private final DataType type;
    private final int length;
    private final long[] validity;
    private int row = -1;
    private byte[] booleans;
    private int[] ints;
    private long[] longs;
    private float[] floats;
    private double[] doubles;
    private byte[] data;
    private int[] offsets;
    private int end;
    private ColumnBuilder builder;
    private int[] codes;

    public Output(DataType type, int length) {
        this.type = type;
        this.length = length;
        validity = new long[Bitmap.words(length)];
        switch (type.storage()) {
            case BOOLEAN -> booleans = new byte[length];
            case INT -> ints = new int[length];
            case LONG -> longs = new long[length];
            case FLOAT -> floats = new float[length];
            case DOUBLE -> doubles = new double[length];
            case BYTES -> {
                data = new byte[Math.max(64, length * 8)];
                offsets = new int[length + 1];
            }
            case NULL, DECIMAL128, INTERVAL, ARRAY, MAP, STRUCT -> {
                builder = ColumnBuilder.of(type);
                codes = new int[length];
            }
        }
    }

    public DataType type() {
        return type;
    }

    /// Goes to a later row.
    public void moveTo(int row) {
        if (offsets != null) {
            for (int skipped = this.row + 1; skipped <= row; skipped++) {
                offsets[skipped] = end;
            }
        }
        this.row = row;
    }

    private void present() {
        validity[row >> 6] |= 1L << row;
    }

    public void set(boolean value) {
        booleans[row] = (byte) (value ? 1 : 0);
        present();
    }

    public void set(int value) {
        if (ints != null) {
            ints[row] = value;
            present();
        } else {
            set((long) value);
        }
    }

    /// A whole number, in the type's own unit (unscaled for a decimal of long storage).
    public void set(long value) {
        if (longs != null) {
            longs[row] = value;
        } else if (ints != null) {
            ints[row] = (int) value;
        } else {
            set((double) value);
            return;
        }
        present();
    }

    public void set(double value) {
        if (doubles != null) {
            doubles[row] = value;
        } else {
            floats[row] = (float) value;
        }
        present();
    }

    public void set(String value) {
        set(value.getBytes(StandardCharsets.UTF_8));
    }

    public void set(byte[] value) {
        set(value, 0, value.length);
    }

    public void set(byte[] value, int from, int to) {
        append(value, from, to);
        present();
    }

    /// Adds bytes to the row's value without completing it; [#finish()] does.
    public void append(byte[] value, int from, int to) {
        int size = to - from;
        room(size);
        System.arraycopy(value, from, data, end, size);
        end += size;
    }

    public void append(byte value) {
        room(1);
        data[end++] = value;
    }

    public void finish() {
        present();
    }

    private void room(int size) {
        if ((long) end + size > data.length) {
            long grown =
                    Math.min(
                            Integer.MAX_VALUE - 16L, Math.max((long) end + size, data.length * 2L));
            if ((long) end + size > grown) {
                throw new IllegalStateException(
                        "a column of strings grew past 2 GiB; use smaller batches");
            }
            data = Arrays.copyOf(data, (int) grown);
        }
    }

    /// A decimal of the type's scale.
    public void set(BigDecimal value) {
        if (longs != null) {
            set(value.unscaledValue().longValueExact());
        } else {
            setValue(value);
        }
    }

    /// A value in literal form; null leaves the row null.
    public void setValue(Object value) {
        if (value == null) {
            return;
        }
        if (builder != null) {
            codes[row] = builder.length();
            builder.appendValue(value);
            present();
            return;
        }
        switch (value) {
            case Boolean flag -> set((boolean) flag);
            case Double number -> set((double) number);
            case Float number -> set((double) number);
            case BigDecimal number -> set(number);
            case Number number -> set(number.longValue());
            case byte[] bytes -> set(bytes);
            case String text -> set(text);
            default ->
                    throw new IllegalArgumentException(
                            value.getClass() + " in a column of " + type.simpleString());
        }
    }

    /// A row of another column of the same storage.
    public void setFrom(Vector source, int at) {
        if (source.isNull(at)) {
            return;
        }
        if (builder != null) {
            codes[row] = builder.length();
            builder.appendRange(source, at, 1);
            present();
            return;
        }
        switch (source) {
            case DictionaryVector coded -> setFrom(coded.dictionary(), coded.codes()[at]);
            case BooleanVector flags -> set(flags.values()[at] != 0);
            case IntVector numbers -> set(numbers.values()[at]);
            case LongVector numbers -> set(numbers.values()[at]);
            case FloatVector numbers -> set(numbers.values()[at]);
            case DoubleVector numbers -> set(numbers.values()[at]);
            case BytesVector texts ->
                    set(texts.data(), texts.offsets()[at], texts.offsets()[at + 1]);
            default -> throw new IllegalArgumentException(source.getClass().getSimpleName());
        }
    }

    public Vector build() {
        moveTo(length);
        long[] bits = full() ? null : validity;
        return switch (type.storage()) {
            case BOOLEAN -> new BooleanVector(booleans, length, bits);
            case INT -> new IntVector(ints, length, bits);
            case LONG -> new LongVector(longs, length, bits);
            case FLOAT -> new FloatVector(floats, length, bits);
            case DOUBLE -> new DoubleVector(doubles, length, bits);
            case BYTES -> new BytesVector(data, offsets, length, bits);
            case NULL, DECIMAL128, INTERVAL, ARRAY, MAP, STRUCT -> built(bits);
        };
    }

    private Vector built(long[] bits) {
        int values = builder.length();
        if (values == 0 || type.storage() == Storage.NULL) {
            return new NullVector(length);
        }
        Vector vector = builder.build();
        return bits == null && values == length
                ? vector
                : new DictionaryVector(codes, vector, length, bits, false);
    }

    private boolean full() {
        for (int w = 0; w < length >> 6; w++) {
            if (validity[w] != -1L) {
                return false;
            }
        }
        int rest = length & 63;
        return rest == 0 || validity[length >> 6] == (1L << rest) - 1;
    }
}
