package io.troupe.columnar.sort;

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

/// Compares values of one type as ORDER BY ascending does: bytes unsigned, NaN above all numbers,
/// the two zeros equal, arrays lexicographically, structs by field; inside nested values nulls come
/// first. For paths that are not hot.
@FunctionalInterface
public interface VectorComparator {
    /// Compares two values that are not null.
    int compare(Vector a, int i, Vector b, int j);

    /// The comparator of all values of one type, whatever the type.
    static VectorComparator natural() {
        return VectorComparator::values;
    }

    private static int values(Vector a, int i, Vector b, int j) {
        if (a instanceof DictionaryVector coded) {
            return values(coded.dictionary(), coded.codes()[i], b, j);
        }
        if (b instanceof DictionaryVector coded) {
            return values(a, i, coded.dictionary(), coded.codes()[j]);
        }
        return switch (a) {
            case BytesVector x -> {
                BytesVector y = (BytesVector) b;
                yield Arrays.compareUnsigned(
                        x.data(),
                        x.offsets()[i],
                        x.offsets()[i + 1],
                        y.data(),
                        y.offsets()[j],
                        y.offsets()[j + 1]);
            }
            case LongVector x -> Long.compare(x.values()[i], ((LongVector) b).values()[j]);
            case IntVector x -> Integer.compare(x.values()[i], ((IntVector) b).values()[j]);
            case BooleanVector x -> x.values()[i] - ((BooleanVector) b).values()[j];
            case FloatVector x -> floats(x.values()[i], ((FloatVector) b).values()[j]);
            case DoubleVector x -> doubles(x.values()[i], ((DoubleVector) b).values()[j]);
            case Decimal128Vector x -> {
                Decimal128Vector y = (Decimal128Vector) b;
                int high = Long.compare(x.high()[i], y.high()[j]);
                yield high != 0 ? high : Long.compareUnsigned(x.low()[i], y.low()[j]);
            }
            case IntervalVector x -> intervals(x, i, (IntervalVector) b, j);
            case ListVector x -> lists(x, i, (ListVector) b, j);
            case StructVector x -> structs(x, i, (StructVector) b, j);
            case MapVector x -> maps(x, i, (MapVector) b, j);
            case NullVector _ -> 0;
            case DictionaryVector _ -> throw new IllegalStateException();
        };
    }

    static int doubles(double x, double y) {
        return x == y ? 0 : Double.compare(x, y);
    }

    static int floats(float x, float y) {
        return x == y ? 0 : Float.compare(x, y);
    }

    private static int intervals(IntervalVector x, int i, IntervalVector y, int j) {
        int months = Integer.compare(x.months()[i], y.months()[j]);
        int days = Integer.compare(x.days()[i], y.days()[j]);
        return months != 0
                ? months
                : days != 0 ? days : Long.compare(x.microseconds()[i], y.microseconds()[j]);
    }

    /// Compares with nulls first.
    static int nullsFirst(Vector a, int i, Vector b, int j) {
        boolean left = a.isNull(i);
        boolean right = b.isNull(j);
        return left || right ? Boolean.compare(right, left) : values(a, i, b, j);
    }

    private static int lists(ListVector x, int i, ListVector y, int j) {
        int left = x.offsets()[i + 1] - x.offsets()[i];
        int right = y.offsets()[j + 1] - y.offsets()[j];
        for (int k = 0; k < Math.min(left, right); k++) {
            int order =
                    nullsFirst(x.elements(), x.offsets()[i] + k, y.elements(), y.offsets()[j] + k);
            if (order != 0) {
                return order;
            }
        }
        return Integer.compare(left, right);
    }

    private static int structs(StructVector x, int i, StructVector y, int j) {
        for (int f = 0; f < x.fields().length; f++) {
            int order = nullsFirst(x.fields()[f], i, y.fields()[f], j);
            if (order != 0) {
                return order;
            }
        }
        return 0;
    }

    private static int maps(MapVector x, int i, MapVector y, int j) {
        int left = x.offsets()[i + 1] - x.offsets()[i];
        int right = y.offsets()[j + 1] - y.offsets()[j];
        for (int k = 0; k < Math.min(left, right); k++) {
            int order = nullsFirst(x.keys(), x.offsets()[i] + k, y.keys(), y.offsets()[j] + k);
            order =
                    order != 0
                            ? order
                            : nullsFirst(
                                    x.values(), x.offsets()[i] + k, y.values(), y.offsets()[j] + k);
            if (order != 0) {
                return order;
            }
        }
        return Integer.compare(left, right);
    }
}
