package io.troupe.columnar.kernel;

import io.troupe.columnar.column.Bitmap;
import io.troupe.columnar.column.ColumnBuilder;
import io.troupe.columnar.column.Gather;
import io.troupe.columnar.vector.BooleanVector;
import io.troupe.columnar.vector.DictionaryVector;
import io.troupe.columnar.vector.DoubleVector;
import io.troupe.columnar.vector.FloatVector;
import io.troupe.columnar.vector.IntVector;
import io.troupe.columnar.vector.LongVector;
import io.troupe.columnar.vector.NullVector;
import io.troupe.columnar.vector.Vector;
import io.troupe.planner.type.DataType;

/// Puts a column together from rows of several others, as CASE does: numbers are copied into place;
/// of other values, each source's rows are appended and codes point to them (a constant is one
/// entry, so that `case … then 'a' else 'b'` has two). Rows never put are null.
public final class Blend {
    private final DataType type;
    private final int length;
    private final long[] validity;
    private int filled;
    private byte[] booleans;
    private int[] ints;
    private long[] longs;
    private float[] floats;
    private double[] doubles;
    private ColumnBuilder builder;

    public Blend(DataType type, int length) {
        this.type = type;
        this.length = length;
        validity = new long[Bitmap.words(length)];
        switch (type.storage()) {
            case BOOLEAN -> booleans = new byte[length];
            case INT -> ints = new int[length];
            case LONG -> longs = new long[length];
            case FLOAT -> floats = new float[length];
            case DOUBLE -> doubles = new double[length];
            default -> {
                builder = ColumnBuilder.of(type);
                ints = new int[length];
            }
        }
    }

    /// Takes `rows[0 .. count)` of the source; no row is put twice.
    public void put(Vector source, int[] rows, int count) {
        if (count == 0 || source instanceof NullVector) {
            return;
        }
        long[] present = source.validity();
        if (present == null && count == length) {
            Bitmap.setRange(validity, 0, length);
        } else {
            for (int i = 0; i < count; i++) {
                int row = rows[i];
                long bit = present == null ? 1 : present[row >> 6] >>> row & 1L;
                validity[row >> 6] |= bit << row;
            }
        }
        filled += present == null ? count : 0;
        if (builder != null) {
            append(source, rows, count);
        } else if (source instanceof DictionaryVector coded) {
            copy(coded.dictionary(), coded.codes(), rows, count);
        } else {
            copy(source, null, rows, count);
        }
    }

    private void append(Vector source, int[] rows, int count) {
        int base = builder.length();
        if (Columns.isConstant(source)) {
            builder.append(source, rows, 0, 1);
            for (int i = 0; i < count; i++) {
                ints[rows[i]] = base;
            }
            return;
        }
        builder.append(source, rows, 0, count);
        for (int i = 0; i < count; i++) {
            ints[rows[i]] = base + i;
        }
    }

    private void copy(Vector values, int[] codes, int[] rows, int count) {
        switch (values) {
            case LongVector from -> {
                for (int i = 0; i < count; i++) {
                    longs[rows[i]] = from.values()[codes == null ? rows[i] : codes[rows[i]]];
                }
            }
            case IntVector from -> {
                for (int i = 0; i < count; i++) {
                    ints[rows[i]] = from.values()[codes == null ? rows[i] : codes[rows[i]]];
                }
            }
            case DoubleVector from -> {
                for (int i = 0; i < count; i++) {
                    doubles[rows[i]] = from.values()[codes == null ? rows[i] : codes[rows[i]]];
                }
            }
            case FloatVector from -> {
                for (int i = 0; i < count; i++) {
                    floats[rows[i]] = from.values()[codes == null ? rows[i] : codes[rows[i]]];
                }
            }
            case BooleanVector from -> {
                for (int i = 0; i < count; i++) {
                    booleans[rows[i]] = from.values()[codes == null ? rows[i] : codes[rows[i]]];
                }
            }
            case NullVector _ -> {}
            default -> throw new IllegalArgumentException(values.getClass().getSimpleName());
        }
    }

    public Vector build() {
        long[] bits = filled == length ? null : validity;
        return switch (type.storage()) {
            case BOOLEAN -> new BooleanVector(booleans, length, bits);
            case INT -> new IntVector(ints, length, bits);
            case LONG -> new LongVector(longs, length, bits);
            case FLOAT -> new FloatVector(floats, length, bits);
            case DOUBLE -> new DoubleVector(doubles, length, bits);
            default ->
                    builder.length() == 0
                            ? new NullVector(length)
                            : new DictionaryVector(
                                    ints, Gather.flat(builder.build()), length, bits, false);
        };
    }
}
