package io.troupe.columnar.source.text;

import io.troupe.columnar.text.NumberText;
import io.troupe.columnar.vector.BooleanVector;
import io.troupe.columnar.vector.BytesVector;
import io.troupe.columnar.vector.Decimal128Vector;
import io.troupe.columnar.vector.DoubleVector;
import io.troupe.columnar.vector.FloatVector;
import io.troupe.columnar.vector.IntVector;
import io.troupe.columnar.vector.LongVector;
import io.troupe.columnar.vector.NullVector;
import io.troupe.columnar.vector.Vector;
import io.troupe.planner.type.AtomicType;
import io.troupe.planner.type.DataType;
import io.troupe.planner.type.DecimalType;
import io.troupe.planner.type.StringType;
import io.troupe.planner.type.TimeType;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// A column of an atomic type that grows by values in text form (or given as numbers). Not
/// thread-safe.
public final class TextColumn {
    private static final int MAX_BYTES = Integer.MAX_VALUE - 64;

    private final DataType type;
    private final TextTimes times;
    private int length;
    private long[] validity = new long[16];
    private boolean anyNull;
    private int[] ints = {};
    private long[] longs = {};
    private long[] highs = {};
    private double[] doubles = {};
    private float[] floats = {};
    private byte[] bytes = {};
    private int[] offsets = {0};

    public TextColumn(DataType type, TextTimes times) {
        this.type = type;
        this.times = times;
    }

    public DataType type() {
        return type;
    }

    public int length() {
        return length;
    }

    /// Whether the value appended last is null.
    public boolean lastIsNull() {
        return length == 0 || (validity[length - 1 >> 6] >>> length - 1 & 1L) == 0;
    }

    public void appendNull() {
        room();
        if (type.storage() == io.troupe.planner.type.Storage.BYTES) {
            offsets[length + 1] = offsets[length];
        }
        anyNull = true;
        length++;
    }

    private void present() {
        validity[length >> 6] |= 1L << length;
        length++;
    }

    private void room() {
        if (length >> 6 >= validity.length) {
            validity = Arrays.copyOf(validity, 2 * validity.length);
        }
        switch (type.storage()) {
            case INT ->
                    ints = length < ints.length ? ints : Arrays.copyOf(ints, grown(ints.length));
            case LONG ->
                    longs =
                            length < longs.length
                                    ? longs
                                    : Arrays.copyOf(longs, grown(longs.length));
            case DOUBLE ->
                    doubles =
                            length < doubles.length
                                    ? doubles
                                    : Arrays.copyOf(doubles, grown(doubles.length));
            case FLOAT ->
                    floats =
                            length < floats.length
                                    ? floats
                                    : Arrays.copyOf(floats, grown(floats.length));
            case BYTES ->
                    offsets =
                            length + 1 < offsets.length
                                    ? offsets
                                    : Arrays.copyOf(offsets, grown(offsets.length));
            case BOOLEAN ->
                    bytes =
                            length < bytes.length
                                    ? bytes
                                    : Arrays.copyOf(bytes, grown(bytes.length));
            case DECIMAL128 -> {
                longs = length < longs.length ? longs : Arrays.copyOf(longs, grown(longs.length));
                highs = length < highs.length ? highs : Arrays.copyOf(highs, grown(highs.length));
            }
            default -> {}
        }
    }

    private static int grown(int size) {
        return Math.max(1024, 2 * size);
    }

    /// Appends the value of the text; appends null and returns false when the text is not one of
    /// the type.
    public boolean append(byte[] data, int from, int to) {
        room();
        boolean good =
                switch (type) {
                    case StringType ignored -> appendBytes(data, from, to);
                    case DecimalType decimal ->
                            decimal(NumberText.parseDecimal(text(data, from, to)), decimal);
                    case TimeType ignored -> putLong(times.time(data, from, to), times.good());
                    case AtomicType atomic -> atomic(atomic, data, from, to);
                    default -> false;
                };
        if (!good) {
            appendNull();
        }
        return good;
    }

    private static String text(byte[] data, int from, int to) {
        return new String(data, from, to - from, StandardCharsets.UTF_8);
    }

    private boolean atomic(AtomicType atomic, byte[] data, int from, int to) {
        return switch (atomic) {
            case BYTE, SHORT, INTEGER -> whole(data, from, to);
            case LONG ->
                    isWhole(data, from, to)
                            && putLong(
                                    NumberText.parseLong(data, from, to, false),
                                    longOk(data, from, to));
            case DOUBLE -> number(data, from, to);
            case FLOAT -> single(data, from, to);
            case BOOLEAN -> truth(text(data, from, to));
            case DATE -> putInt(times.date(data, from, to), times.good());
            case TIMESTAMP -> putLong(times.timestamp(data, from, to), times.good());
            case TIMESTAMP_NTZ -> putLong(times.local(data, from, to), times.good());
            case BINARY, VARIANT -> appendBytes(data, from, to);
            case VOID, CALENDAR_INTERVAL -> false;
        };
    }

    /// Digits with a sign and nothing around them, as Java reads whole numbers.
    private static boolean isWhole(byte[] data, int from, int to) {
        int at = from < to && (data[from] == '-' || data[from] == '+') ? from + 1 : from;
        if (at == to) {
            return false;
        }
        for (; at < to; at++) {
            if (data[at] < '0' || data[at] > '9') {
                return false;
            }
        }
        return true;
    }

    private static boolean longOk(byte[] data, int from, int to) {
        return NumberText.parseLong(data, from, to, false) != NumberText.NOT_A_NUMBER
                || NumberText.isMinimum(data, from, to);
    }

    private boolean whole(byte[] data, int from, int to) {
        if (!isWhole(data, from, to)) {
            return false;
        }
        long value = NumberText.parseLong(data, from, to, false);
        return value != NumberText.NOT_A_NUMBER && appendable(value) && putInt((int) value, true);
    }

    /// Whether a whole number is in the range of the column's type.
    private boolean appendable(long value) {
        if (type == AtomicType.BYTE) {
            return value == (byte) value;
        }
        return type == AtomicType.SHORT ? value == (short) value : value == (int) value;
    }

    private boolean number(byte[] data, int from, int to) {
        Double value = special(data, from, to);
        if (value == null) {
            try {
                value = Double.valueOf(text(data, from, to));
            } catch (NumberFormatException malformed) {
                return false;
            }
        }
        doubles[length] = value;
        present();
        return true;
    }

    private boolean single(byte[] data, int from, int to) {
        Double value = special(data, from, to);
        try {
            floats[length] =
                    value != null ? value.floatValue() : Float.parseFloat(text(data, from, to));
        } catch (NumberFormatException malformed) {
            return false;
        }
        present();
        return true;
    }

    private static Double special(byte[] data, int from, int to) {
        int size = to - from;
        if (size < 3 || size > 4 || data[from] >= '0' && data[from] <= '9') {
            return null;
        }
        return switch (text(data, from, to)) {
            case "Inf", "+Inf" -> Double.POSITIVE_INFINITY;
            case "-Inf" -> Double.NEGATIVE_INFINITY;
            default -> null;
        };
    }

    private boolean truth(String text) {
        boolean yes = text.equalsIgnoreCase("true");
        return (yes || text.equalsIgnoreCase("false")) && putBoolean(yes);
    }

    private boolean decimal(BigDecimal value, DecimalType decimal) {
        if (value == null) {
            return false;
        }
        BigDecimal scaled = value.setScale(decimal.scale(), RoundingMode.HALF_UP);
        if (scaled.precision() > decimal.precision()) {
            return false;
        }
        BigInteger unscaled = scaled.unscaledValue();
        longs[length] = unscaled.longValue();
        if (decimal.precision() > DecimalType.MAX_LONG_PRECISION) {
            highs[length] = unscaled.shiftRight(64).longValue();
        }
        present();
        return true;
    }

    private boolean putInt(int value, boolean good) {
        if (good) {
            ints[length] = value;
            present();
        }
        return good;
    }

    private boolean putLong(long value, boolean good) {
        if (good) {
            longs[length] = value;
            present();
        }
        return good;
    }

    private boolean putBoolean(boolean value) {
        bytes[length] = (byte) (value ? 1 : 0);
        present();
        return true;
    }

    /// Appends to a column of booleans.
    public void appendBoolean(boolean value) {
        room();
        putBoolean(value);
    }

    /// Appends a number that the caller knows to fit an INT or LONG storage.
    public void appendLong(long value) {
        room();
        if (type.storage() == io.troupe.planner.type.Storage.INT) {
            putInt((int) value, true);
        } else {
            putLong(value, true);
        }
    }

    /// Appends a number to a column of doubles or floats.
    public void appendDouble(double value) {
        room();
        if (type == AtomicType.FLOAT) {
            floats[length] = (float) value;
        } else {
            doubles[length] = value;
        }
        present();
    }

    /// Appends to a column of decimals; null and false when it does not fit.
    public boolean appendDecimal(BigDecimal value) {
        room();
        boolean good = decimal(value, (DecimalType) type);
        if (!good) {
            appendNull();
        }
        return good;
    }

    /// Appends to a column of strings or binary.
    public boolean appendBytes(byte[] data, int from, int to) {
        room();
        int end = offsets[length];
        int size = to - from;
        if ((long) end + size > MAX_BYTES) {
            throw new IllegalStateException("one batch of text takes more than 2 GiB");
        }
        if (end + size > bytes.length) {
            bytes =
                    Arrays.copyOf(
                            bytes,
                            (int)
                                    Math.min(
                                            MAX_BYTES,
                                            Math.max(
                                                    end + size,
                                                    Math.max(1024L, 2L * bytes.length))));
        }
        System.arraycopy(data, from, bytes, end, size);
        offsets[length + 1] = end + size;
        present();
        return true;
    }

    public boolean appendText(String text) {
        byte[] data = text.getBytes(StandardCharsets.UTF_8);
        return append(data, 0, data.length);
    }

    /// Forgets the rows from `length` on.
    public void truncate(int length) {
        for (int row = length; row < this.length; row++) {
            validity[row >> 6] &= ~(1L << row);
        }
        this.length = length;
    }

    /// Hands the column over and begins a new one.
    public Vector build() {
        int n = length;
        long[] bits = anyNull ? Arrays.copyOf(validity, n + 63 >> 6) : null;
        Vector vector =
                switch (type.storage()) {
                    case INT -> new IntVector(sized(ints, n), n, bits);
                    case LONG -> new LongVector(sized(longs, n), n, bits);
                    case DOUBLE ->
                            new DoubleVector(doubles.length < n ? new double[n] : doubles, n, bits);
                    case FLOAT ->
                            new FloatVector(floats.length < n ? new float[n] : floats, n, bits);
                    case BOOLEAN ->
                            new BooleanVector(bytes.length < n ? new byte[n] : bytes, n, bits);
                    case DECIMAL128 ->
                            new Decimal128Vector(sized(highs, n), sized(longs, n), n, bits);
                    case BYTES -> new BytesVector(bytes, offsets, n, bits);
                    default -> new NullVector(n);
                };
        length = 0;
        anyNull = false;
        Arrays.fill(validity, 0);
        ints = new int[0];
        longs = new long[0];
        highs = new long[0];
        doubles = new double[0];
        floats = new float[0];
        bytes = new byte[0];
        offsets = new int[1];
        return vector;
    }

    private static int[] sized(int[] array, int n) {
        return array.length < n ? Arrays.copyOf(array, n) : array;
    }

    private static long[] sized(long[] array, int n) {
        return array.length < n ? Arrays.copyOf(array, n) : array;
    }
}
