package io.troupe.columnar.kernel;

import io.troupe.columnar.column.Values;
import io.troupe.columnar.vector.BooleanVector;
import io.troupe.columnar.vector.BytesVector;
import io.troupe.columnar.vector.Decimal128Vector;
import io.troupe.columnar.vector.DictionaryVector;
import io.troupe.columnar.vector.DoubleVector;
import io.troupe.columnar.vector.FloatVector;
import io.troupe.columnar.vector.IntVector;
import io.troupe.columnar.vector.ListVector;
import io.troupe.columnar.vector.LongVector;
import io.troupe.columnar.vector.MapVector;
import io.troupe.columnar.vector.Vector;
import io.troupe.planner.type.DataType;
import io.troupe.planner.type.DecimalType;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/// The arguments of one row, by position, for functions that are computed row by row. Dictionaries
/// are looked through.
public final class Input {
    private final List<DataType> types;
    private final Vector[] vectors;
    private final int[][] codes;
    private final long[][] present;
    private int row;

    public Input(Vector[] arguments, List<DataType> types) {
        this.types = types;
        int count = arguments.length;
        vectors = new Vector[count];
        codes = new int[count][];
        present = new long[count][];
        for (int i = 0; i < count; i++) {
            if (arguments[i] instanceof DictionaryVector coded) {
                vectors[i] = coded.dictionary();
                codes[i] = coded.codes();
                present[i] = coded.codeValidity();
            } else {
                vectors[i] = arguments[i];
            }
        }
    }

    public void moveTo(int row) {
        this.row = row;
    }

    public int row() {
        return row;
    }

    public int size() {
        return vectors.length;
    }

    /// The vector that holds the argument's values, never a dictionary-coded one.
    public Vector vector(int i) {
        return vectors[i];
    }

    /// The row of [#vector(int)] that holds the argument.
    public int at(int i) {
        return codes[i] == null ? row : codes[i][row];
    }

    public boolean isNull(int i) {
        return present[i] != null && !Columns.present(present[i], row) || vectors[i].isNull(at(i));
    }

    public DataType type(int i) {
        return types.get(i);
    }

    public boolean getBoolean(int i) {
        return ((BooleanVector) vectors[i]).values()[at(i)] != 0;
    }

    /// A whole number of any width; the unscaled value of a decimal.
    public long getLong(int i) {
        return switch (vectors[i]) {
            case LongVector longs -> longs.values()[at(i)];
            case IntVector ints -> ints.values()[at(i)];
            case BooleanVector booleans -> booleans.values()[at(i)];
            default -> ((Number) value(i)).longValue();
        };
    }

    public int getInt(int i) {
        return vectors[i] instanceof IntVector ints ? ints.values()[at(i)] : (int) getLong(i);
    }

    /// A number of any type as a double.
    public double getDouble(int i) {
        return switch (vectors[i]) {
            case DoubleVector doubles -> doubles.values()[at(i)];
            case FloatVector floats -> floats.values()[at(i)];
            case IntVector ints -> ints.values()[at(i)];
            case LongVector longs when !(types.get(i) instanceof DecimalType) ->
                    longs.values()[at(i)];
            case BytesVector _ -> Double.parseDouble(string(i));
            default -> decimal(i).doubleValue();
        };
    }

    public BigDecimal decimal(int i) {
        return switch (vectors[i]) {
            case LongVector longs ->
                    BigDecimal.valueOf(
                            longs.values()[at(i)],
                            types.get(i) instanceof DecimalType decimal ? decimal.scale() : 0);
            case Decimal128Vector wide -> {
                BigInteger unscaled = Values.unscaled(wide.high()[at(i)], wide.low()[at(i)]);
                yield new BigDecimal(unscaled, ((DecimalType) types.get(i)).scale());
            }
            case IntVector ints -> BigDecimal.valueOf(ints.values()[at(i)]);
            default -> new BigDecimal(value(i).toString());
        };
    }

    /// The array that holds a string or binary argument, from [#start(int)] to [#end(int)].
    public byte[] data(int i) {
        return ((BytesVector) vectors[i]).data();
    }

    public int start(int i) {
        return ((BytesVector) vectors[i]).offsets()[at(i)];
    }

    public int end(int i) {
        return ((BytesVector) vectors[i]).offsets()[at(i) + 1];
    }

    public byte[] bytes(int i) {
        return Arrays.copyOfRange(data(i), start(i), end(i));
    }

    public String string(int i) {
        int start = start(i);
        return new String(data(i), start, end(i) - start, StandardCharsets.UTF_8);
    }

    /// The first element of an array or map argument, in its element vectors.
    public int first(int i) {
        return vectors[i] instanceof MapVector map
                ? map.offsets()[at(i)]
                : ((ListVector) vectors[i]).offsets()[at(i)];
    }

    /// The element after the last one of an array or map argument.
    public int last(int i) {
        return vectors[i] instanceof MapVector map
                ? map.offsets()[at(i) + 1]
                : ((ListVector) vectors[i]).offsets()[at(i) + 1];
    }

    /// The argument in literal form; boxes.
    public Object value(int i) {
        return isNull(i) ? null : Values.get(vectors[i], at(i), types.get(i));
    }
}
