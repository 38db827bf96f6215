package io.troupe.columnar.column;

import io.troupe.columnar.vector.BooleanVector;
import io.troupe.columnar.vector.BytesVector;
import io.troupe.columnar.vector.Decimal128Vector;
import io.troupe.columnar.vector.DictionaryVector;
import io.troupe.columnar.vector.DoubleVector;
import io.troupe.columnar.vector.FloatVector;
import io.troupe.columnar.vector.IntVector;
import io.troupe.columnar.vector.IntervalVector;
import io.troupe.columnar.vector.ListVector;
import io.troupe.columnar.vector.LongVector;
import io.troupe.columnar.vector.MapVector;
import io.troupe.columnar.vector.NullVector;
import io.troupe.columnar.vector.StructVector;
import io.troupe.columnar.vector.Vector;
import io.troupe.planner.type.ArrayType;
import io.troupe.planner.type.DataType;
import io.troupe.planner.type.MapType;
import io.troupe.planner.type.StructType;
import io.troupe.planner.type.UserDefinedType;
import java.util.Arrays;

/// A growing column. Rows come from other vectors, in bulk, or one value at a time in the engine's
/// literal form ([DataType]); `build` hands the arrays over and leaves the builder empty.
public abstract class ColumnBuilder {
    private int length;
    private long[] validity;

    /// A builder for columns of the type.
    public static ColumnBuilder of(DataType type) {
        return switch (type) {
            case ArrayType array -> new ListColumnBuilder(of(array.element()));
            case MapType map -> new MapColumnBuilder(of(map.key()), of(map.value()));
            case StructType struct ->
                    new StructColumnBuilder(
                            struct.fields().stream()
                                    .map(field -> of(field.type()))
                                    .toArray(ColumnBuilder[]::new));
            case UserDefinedType udt -> of(udt.sqlType());
            default ->
                    switch (type.storage()) {
                        case NULL -> new NullColumnBuilder();
                        case BOOLEAN -> new BooleanColumnBuilder();
                        case INT -> new IntColumnBuilder();
                        case LONG -> new LongColumnBuilder();
                        case FLOAT -> new FloatColumnBuilder();
                        case DOUBLE -> new DoubleColumnBuilder();
                        case DECIMAL128 -> new Decimal128ColumnBuilder();
                        case BYTES -> new BytesColumnBuilder();
                        case INTERVAL -> new IntervalColumnBuilder();
                        case ARRAY, MAP, STRUCT ->
                                throw new IllegalStateException(type.simpleString());
                    };
        };
    }

    /// A builder for columns of the same form as the vector.
    public static ColumnBuilder like(Vector vector) {
        return switch (vector) {
            case NullVector _ -> new NullColumnBuilder();
            case BooleanVector _ -> new BooleanColumnBuilder();
            case IntVector _ -> new IntColumnBuilder();
            case LongVector _ -> new LongColumnBuilder();
            case FloatVector _ -> new FloatColumnBuilder();
            case DoubleVector _ -> new DoubleColumnBuilder();
            case Decimal128Vector _ -> new Decimal128ColumnBuilder();
            case BytesVector _ -> new BytesColumnBuilder();
            case IntervalVector _ -> new IntervalColumnBuilder();
            case ListVector list -> new ListColumnBuilder(like(list.elements()));
            case MapVector map -> new MapColumnBuilder(like(map.keys()), like(map.values()));
            case StructVector struct ->
                    new StructColumnBuilder(
                            Arrays.stream(struct.fields())
                                    .map(ColumnBuilder::like)
                                    .toArray(ColumnBuilder[]::new));
            case DictionaryVector dictionary -> like(dictionary.dictionary());
        };
    }

    public final int length() {
        return length;
    }

    /// Appends the rows `rows[from .. from + count)` of the source; a negative row number gives
    /// null.
    public final void append(Vector source, int[] rows, int from, int count) {
        if (count == 0) {
            return;
        }
        if (source instanceof DictionaryVector coded) {
            appendCoded(coded, rows, from, count);
        } else {
            appendFlat(source, rows, from, count);
        }
    }

    /// Appends the rows `from` to `from + count` of the source.
    public final void appendRange(Vector source, int from, int count) {
        if (count == 0) {
            return;
        }
        if (source instanceof DictionaryVector coded) {
            int[] rows = new int[count];
            for (int i = 0; i < count; i++) {
                rows[i] = from + i;
            }
            appendCoded(coded, rows, 0, count);
            return;
        }
        if (source instanceof NullVector) {
            appendNulls(count);
            return;
        }
        reserve(length + count);
        copyRange(source, from, count, length);
        long[] bits = source.validity();
        if (bits == null) {
            markValid(count);
        } else {
            long[] own = ownBits(length + count);
            for (int i = 0; i < count; i++) {
                if (Bitmap.get(bits, from + i)) {
                    Bitmap.set(own, length + i);
                }
            }
        }
        length += count;
    }

    final void appendFlat(Vector source, int[] rows, int from, int count) {
        if (source instanceof NullVector || source.length() == 0) {
            appendNulls(count);
            return;
        }
        reserve(length + count);
        boolean missing = copyRows(source, rows, from, count, length);
        long[] bits = source.validity();
        if (bits == null && !missing) {
            markValid(count);
        } else {
            long[] own = ownBits(length + count);
            for (int i = 0; i < count; i++) {
                int row = rows[from + i];
                if (row >= 0 && (bits == null || Bitmap.get(bits, row))) {
                    Bitmap.set(own, length + i);
                }
            }
        }
        length += count;
    }

    /// Appends rows of a dictionary-coded source; the default looks every value up.
    void appendCoded(DictionaryVector source, int[] rows, int from, int count) {
        int[] entries = new int[count];
        int[] codes = source.codes();
        long[] bits = source.codeValidity();
        for (int i = 0; i < count; i++) {
            int row = rows[from + i];
            entries[i] = row < 0 || bits != null && !Bitmap.get(bits, row) ? -1 : codes[row];
        }
        appendFlat(source.dictionary(), entries, 0, count);
    }

    /// Counts rows whose codes the subclass has stored itself at `codes[at ..]`; a negative code is
    /// a null.
    final void appendedCodes(int[] codes, int at, int count) {
        int signs = 0;
        for (int i = 0; i < count; i++) {
            signs |= codes[at + i];
        }
        if (signs >= 0) {
            markValid(count);
        } else {
            long[] own = ownBits(length + count);
            for (int i = 0; i < count; i++) {
                if (codes[at + i] >= 0) {
                    Bitmap.set(own, length + i);
                }
            }
        }
        length += count;
    }

    public final void appendNulls(int count) {
        if (count > 0) {
            reserve(length + count);
            skip(length, count);
            ownBits(length + count);
            length += count;
        }
    }

    /// Appends a value in the engine's literal form.
    public final void appendValue(Object value) {
        if (value == null) {
            appendNulls(1);
            return;
        }
        reserve(length + 1);
        put(value, length);
        markValid(1);
        length++;
    }

    /// The column so far. The builder is empty afterwards and owns none of the column's arrays.
    public final Vector build() {
        Vector vector =
                take(
                        length,
                        validity == null ? null : Arrays.copyOf(validity, Bitmap.words(length)));
        length = 0;
        validity = null;
        return vector;
    }

    /// Heap bytes held, about.
    public long bytes() {
        return valueBytes() + (validity == null ? 0 : 8L * validity.length);
    }

    abstract long valueBytes();

    /// Makes room for `rows` rows in all.
    abstract void reserve(int rows);

    /// Copies flat rows to position `at`; a negative row's slot may hold anything. True when there
    /// was a negative row.
    abstract boolean copyRows(Vector source, int[] rows, int from, int count, int at);

    abstract void copyRange(Vector source, int from, int count, int at);

    /// Fills the slots of nulls where they must hold something readable.
    void skip(int at, int count) {}

    abstract void put(Object value, int at);

    abstract Vector take(int length, long[] validity);

    private void markValid(int count) {
        if (validity != null) {
            Bitmap.setRange(ownBits(length + count), length, length + count);
        }
    }

    private long[] ownBits(int rows) {
        if (validity == null) {
            validity = new long[Math.max(16, grown(0, Bitmap.words(rows)))];
            Bitmap.setRange(validity, 0, length);
        } else if (Bitmap.words(rows) > validity.length) {
            validity = Arrays.copyOf(validity, grown(validity.length, Bitmap.words(rows)));
        }
        return validity;
    }

    static int grown(int current, int needed) {
        long next = Math.max(needed, Math.max(16L, current + (current >> 1)));
        return (int) Math.min(next, Integer.MAX_VALUE - 16);
    }
}
