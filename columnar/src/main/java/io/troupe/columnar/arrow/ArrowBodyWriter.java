package io.troupe.columnar.arrow;

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
import io.troupe.columnar.vector.NullVectors;
import io.troupe.columnar.vector.StructVector;
import io.troupe.columnar.vector.Vector;
import io.troupe.planner.type.ArrayType;
import io.troupe.planner.type.DataType;
import io.troupe.planner.type.DecimalType;
import io.troupe.planner.type.MapType;
import io.troupe.planner.type.StructType;
import java.nio.ByteBuffer;

/// Writes columns into a message body. Rows without order of their own go by bulk copies;
/// selections and dictionaries are gathered.
final class ArrowBodyWriter {
    private final BodyBuffer body;

    ArrowBodyWriter(BodyBuffer body) {
        this.body = body;
    }

    /// Which rows of a vector are written: `index[0 .. count)`, or `start .. start + count` when
    /// `index` is null. A row whose bit in `mask` (by output position) is 0 is null whatever the
    /// vector says.
    private record Rows(int[] index, int start, int count, long[] mask) {
        int at(int i) {
            return index == null ? start + i : index[i];
        }

        boolean contiguous() {
            return index == null;
        }
    }

    void write(Vector vector, DataType type, int[] selection, int count) {
        write(vector, type, new Rows(selection, 0, count, null));
    }

    private void write(Vector vector, DataType declared, Rows rows) {
        DataType type = ArrowTypes.plain(declared);
        if (vector instanceof DictionaryVector coded) {
            write(coded.dictionary(), type, decoded(coded, rows));
        } else if (type.storage() == io.troupe.planner.type.Storage.NULL) {
            body.node(rows.count, rows.count);
        } else if (vector instanceof NullVector) {
            write(NullVectors.of(type, rows.count), type, new Rows(null, 0, rows.count, null));
        } else {
            long[] validity = validity(vector, rows);
            values(vector, type, new Rows(rows.index, rows.start, rows.count, validity));
        }
    }

    private static Rows decoded(DictionaryVector coded, Rows rows) {
        int[] index = new int[rows.count];
        for (int i = 0; i < rows.count; i++) {
            index[i] = coded.codes()[rows.at(i)];
        }
        return new Rows(index, 0, rows.count, combined(coded.codeValidity(), rows));
    }

    /// Validity by output position of the rows under a bitmap; null when all are present.
    private static long[] combined(long[] bits, Rows rows) {
        if (bits == null) {
            return rows.mask;
        }
        long[] out = new long[rows.count + 63 >> 6];
        if (rows.contiguous() && (rows.start & 63) == 0) {
            System.arraycopy(bits, rows.start >> 6, out, 0, out.length);
        } else {
            for (int i = 0; i < rows.count; i++) {
                int row = rows.at(i);
                out[i >> 6] |= (bits[row >> 6] >>> row & 1L) << i;
            }
        }
        if (rows.mask != null) {
            for (int word = 0; word < out.length; word++) {
                out[word] &= rows.mask[word];
            }
        }
        return out;
    }

    /// Writes the node and its validity buffer; returns the validity, null when no row is null.
    private long[] validity(Vector vector, Rows rows) {
        long[] bits = combined(vector.validity(), rows);
        int nulls = bits == null ? 0 : rows.count - cardinality(bits, rows.count);
        body.node(rows.count, nulls);
        if (nulls == 0) {
            body.empty();
            return null;
        }
        body.bits(bits, rows.count);
        return bits;
    }

    private static int cardinality(long[] bits, int count) {
        int ones = 0;
        for (int word = 0; word < count >> 6; word++) {
            ones += Long.bitCount(bits[word]);
        }
        int rest = count & 63;
        return rest == 0 ? ones : ones + Long.bitCount(bits[count >> 6] & (1L << rest) - 1);
    }

    private void values(Vector vector, DataType type, Rows rows) {
        switch (vector) {
            case BooleanVector booleans -> booleans(booleans, rows);
            case IntVector ints -> ints(ints, ArrowTypes.intWidth(type), rows);
            case LongVector longs when type instanceof DecimalType -> smallDecimals(longs, rows);
            case LongVector longs -> longs(longs, rows);
            case FloatVector floats -> floats(floats, rows);
            case DoubleVector doubles -> doubles(doubles, rows);
            case Decimal128Vector decimals -> decimals(decimals, rows);
            case BytesVector bytes -> bytes(bytes, rows);
            case IntervalVector intervals -> intervals(intervals, rows);
            case ListVector list -> {
                Rows elements = elements(list.offsets(), rows);
                write(list.elements(), ((ArrayType) type).element(), elements);
            }
            case MapVector map -> map(map, (MapType) type, rows);
            case StructVector struct -> {
                Rows all = new Rows(rows.index, rows.start, rows.count, null);
                for (int i = 0; i < struct.fields().length; i++) {
                    write(struct.fields()[i], ((StructType) type).fields().get(i).type(), all);
                }
            }
            case NullVector ignored ->
                    throw new IllegalStateException("null vectors are written before");
            case DictionaryVector ignored ->
                    throw new IllegalStateException("dictionaries are decoded before");
        }
    }

    private void booleans(BooleanVector vector, Rows rows) {
        long[] words = new long[rows.count + 63 >> 6];
        for (int i = 0; i < rows.count; i++) {
            words[i >> 6] |= (vector.values()[rows.at(i)] & 1L) << i;
        }
        body.bits(words, rows.count);
    }

    private void ints(IntVector vector, int width, Rows rows) {
        if (width == 4 && rows.contiguous()) {
            body.ints(vector.values(), rows.start, rows.count);
            return;
        }
        int start = body.add((long) width * rows.count);
        ByteBuffer data = body.data();
        int[] values = vector.values();
        for (int i = 0; i < rows.count; i++) {
            int value = values[rows.at(i)];
            switch (width) {
                case 1 -> data.put(start + i, (byte) value);
                case 2 -> data.putShort(start + 2 * i, (short) value);
                default -> data.putInt(start + 4 * i, value);
            }
        }
    }

    private void longs(LongVector vector, Rows rows) {
        if (rows.contiguous()) {
            body.longs(vector.values(), rows.start, rows.count);
            return;
        }
        int start = body.add(8L * rows.count);
        ByteBuffer data = body.data();
        for (int i = 0; i < rows.count; i++) {
            data.putLong(start + 8 * i, vector.values()[rows.index[i]]);
        }
    }

    private void smallDecimals(LongVector vector, Rows rows) {
        int start = body.add(16L * rows.count);
        ByteBuffer data = body.data();
        for (int i = 0; i < rows.count; i++) {
            long value = vector.values()[rows.at(i)];
            data.putLong(start + 16 * i, value);
            data.putLong(start + 16 * i + 8, value >> 63);
        }
    }

    private void decimals(Decimal128Vector vector, Rows rows) {
        int start = body.add(16L * rows.count);
        ByteBuffer data = body.data();
        for (int i = 0; i < rows.count; i++) {
            int row = rows.at(i);
            data.putLong(start + 16 * i, vector.low()[row]);
            data.putLong(start + 16 * i + 8, vector.high()[row]);
        }
    }

    private void floats(FloatVector vector, Rows rows) {
        if (rows.contiguous()) {
            body.floats(vector.values(), rows.start, rows.count);
            return;
        }
        int start = body.add(4L * rows.count);
        ByteBuffer data = body.data();
        for (int i = 0; i < rows.count; i++) {
            data.putFloat(start + 4 * i, vector.values()[rows.index[i]]);
        }
    }

    private void doubles(DoubleVector vector, Rows rows) {
        if (rows.contiguous()) {
            body.doubles(vector.values(), rows.start, rows.count);
            return;
        }
        int start = body.add(8L * rows.count);
        ByteBuffer data = body.data();
        for (int i = 0; i < rows.count; i++) {
            data.putDouble(start + 8 * i, vector.values()[rows.index[i]]);
        }
    }

    /// Months, days, nanoseconds.
    private void intervals(IntervalVector vector, Rows rows) {
        int start = body.add(16L * rows.count);
        ByteBuffer data = body.data();
        for (int i = 0; i < rows.count; i++) {
            int row = rows.at(i);
            boolean present = present(rows, i);
            data.putInt(start + 16 * i, vector.months()[row]);
            data.putInt(start + 16 * i + 4, vector.days()[row]);
            data.putLong(
                    start + 16 * i + 8,
                    present ? Math.multiplyExact(vector.microseconds()[row], 1000L) : 0);
        }
    }

    private static boolean present(Rows rows, int i) {
        return rows.mask == null || (rows.mask[i >> 6] >>> i & 1L) != 0;
    }

    private void bytes(BytesVector vector, Rows rows) {
        int[] offsets = vector.offsets();
        if (rows.contiguous()) {
            rebasedOffsets(offsets, rows);
            int from = offsets[rows.start];
            body.bytes(vector.data(), from, offsets[rows.start + rows.count] - from);
            return;
        }
        int start = body.add(4L * (rows.count + 1));
        ByteBuffer data = body.data();
        long total = 0;
        data.putInt(start, 0);
        for (int i = 0; i < rows.count; i++) {
            int row = rows.index[i];
            total += present(rows, i) ? offsets[row + 1] - offsets[row] : 0;
            checkOffset(total);
            data.putInt(start + 4 * (i + 1), (int) total);
        }
        int position = body.add(total);
        byte[] target = body.array();
        for (int i = 0; i < rows.count; i++) {
            if (present(rows, i)) {
                int from = offsets[rows.index[i]];
                int length = offsets[rows.index[i] + 1] - from;
                System.arraycopy(vector.data(), from, target, position, length);
                position += length;
            }
        }
    }

    private void rebasedOffsets(int[] offsets, Rows rows) {
        int base = offsets[rows.start];
        if (base == 0) {
            body.ints(offsets, rows.start, rows.count + 1);
            return;
        }
        int start = body.add(4L * (rows.count + 1));
        ByteBuffer data = body.data();
        for (int i = 0; i <= rows.count; i++) {
            data.putInt(start + 4 * i, offsets[rows.start + i] - base);
        }
    }

    /// Writes the offsets of lists or maps and returns the rows of their elements.
    private Rows elements(int[] offsets, Rows rows) {
        if (rows.contiguous()) {
            rebasedOffsets(offsets, rows);
            int from = offsets[rows.start];
            return new Rows(null, from, offsets[rows.start + rows.count] - from, null);
        }
        int start = body.add(4L * (rows.count + 1));
        ByteBuffer data = body.data();
        long total = 0;
        data.putInt(start, 0);
        for (int i = 0; i < rows.count; i++) {
            int row = rows.index[i];
            total += present(rows, i) ? offsets[row + 1] - offsets[row] : 0;
            checkOffset(total);
            data.putInt(start + 4 * (i + 1), (int) total);
        }
        int[] index = new int[(int) total];
        int next = 0;
        for (int i = 0; i < rows.count; i++) {
            if (present(rows, i)) {
                for (int element = offsets[rows.index[i]];
                        element < offsets[rows.index[i] + 1];
                        element++) {
                    index[next++] = element;
                }
            }
        }
        return new Rows(index, 0, next, null);
    }

    private static void checkOffset(long total) {
        if (total > Integer.MAX_VALUE - 64) {
            throw new ArrowFormatException(
                    "a column of one batch takes more than 2 GiB; use smaller batches");
        }
    }

    private void map(MapVector map, MapType type, Rows rows) {
        Rows entries = elements(map.offsets(), rows);
        body.node(entries.count, 0);
        body.empty();
        write(map.keys(), type.key(), entries);
        write(map.values(), type.value(), entries);
    }
}
