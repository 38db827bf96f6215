package io.troupe.columnar.kernel;

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
import java.util.Arrays;

/// Spark's order of single values of one type: NaN equals itself and is the largest number, -0.0
/// equals 0.0, strings by unsigned bytes, arrays and structs element by element with null first.
/// Both vectors have the same type.
public final class ValueOrder {
    private ValueOrder() {}

    /// Compares with null before everything.
    public static int compareNullable(Vector a, int i, Vector b, int j) {
        boolean left = a.isNull(i);
        boolean right = b.isNull(j);
        return left || right ? Boolean.compare(right, left) : compare(a, i, b, j);
    }

    /// Equality in which null equals null.
    public static boolean same(Vector a, int i, Vector b, int j) {
        return compareNullable(a, i, b, j) == 0;
    }

    /// Compares two values that are present.
    public static int compare(Vector a, int i, Vector b, int j) {
        if (b instanceof DictionaryVector coded) {
            return compare(a, i, coded.dictionary(), coded.codes()[j]);
        }
        return switch (a) {
            case DictionaryVector coded -> compare(coded.dictionary(), coded.codes()[i], b, j);
            case LongVector x -> Long.compare(x.values()[i], ((LongVector) b).values()[j]);
            case IntVector x -> Integer.compare(x.values()[i], ((IntVector) b).values()[j]);
            case BytesVector x -> compareBytes(x, i, (BytesVector) b, j);
            case DoubleVector x -> compareDoubles(x.values()[i], ((DoubleVector) b).values()[j]);
            case FloatVector x -> compareDoubles(x.values()[i], ((FloatVector) b).values()[j]);
            case BooleanVector x -> Byte.compare(x.values()[i], ((BooleanVector) b).values()[j]);
            case Decimal128Vector x -> compareWide(x, i, (Decimal128Vector) b, j);
            case ListVector x -> compareLists(x, i, (ListVector) b, j);
            case StructVector x -> compareStructs(x, i, (StructVector) b, j);
            case IntervalVector x -> compareIntervals(x, i, (IntervalVector) b, j);
            case MapVector x -> compareMaps(x, i, (MapVector) b, j);
            case NullVector _ -> 0;
        };
    }

    public static int compareDoubles(double x, double y) {
        return x < y ? -1 : x > y ? 1 : x == y ? 0 : Double.compare(x, y);
    }

    private static int compareBytes(BytesVector x, int i, BytesVector y, int j) {
        return Arrays.compareUnsigned(
                x.data(),
                x.offsets()[i],
                x.offsets()[i + 1],
                y.data(),
                y.offsets()[j],
                y.offsets()[j + 1]);
    }

    private static int compareWide(Decimal128Vector x, int i, Decimal128Vector y, int j) {
        int high = Long.compare(x.high()[i], y.high()[j]);
        return high != 0 ? high : Long.compareUnsigned(x.low()[i], y.low()[j]);
    }

    private static int compareLists(ListVector x, int i, ListVector y, int j) {
        int p = x.offsets()[i];
        int q = y.offsets()[j];
        int pe = x.offsets()[i + 1];
        int qe = y.offsets()[j + 1];
        for (; p < pe && q < qe; p++, q++) {
            int order = compareNullable(x.elements(), p, y.elements(), q);
            if (order != 0) {
                return order;
            }
        }
        return Integer.compare(pe - p, qe - q);
    }

    private static int compareStructs(StructVector x, int i, StructVector y, int j) {
        for (int f = 0; f < x.fields().length; f++) {
            int order = compareNullable(x.fields()[f], i, y.fields()[f], j);
            if (order != 0) {
                return order;
            }
        }
        return 0;
    }

    private static int compareMaps(MapVector x, int i, MapVector y, int j) {
        int p = x.offsets()[i];
        int q = y.offsets()[j];
        int pe = x.offsets()[i + 1];
        int qe = y.offsets()[j + 1];
        for (; p < pe && q < qe; p++, q++) {
            int order = compareNullable(x.keys(), p, y.keys(), q);
            order = order != 0 ? order : compareNullable(x.values(), p, y.values(), q);
            if (order != 0) {
                return order;
            }
        }
        return Integer.compare(pe - p, qe - q);
    }

    private static int compareIntervals(IntervalVector x, int i, IntervalVector y, int j) {
        int order = Integer.compare(x.months()[i], y.months()[j]);
        order = order != 0 ? order : Integer.compare(x.days()[i], y.days()[j]);
        return order != 0 ? order : Long.compare(x.microseconds()[i], y.microseconds()[j]);
    }
}
