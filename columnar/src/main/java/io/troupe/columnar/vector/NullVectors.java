package io.troupe.columnar.vector;

import io.troupe.planner.type.ArrayType;
import io.troupe.planner.type.DataType;
import io.troupe.planner.type.MapType;
import io.troupe.planner.type.StructType;
import io.troupe.planner.type.UserDefinedType;

/// Columns of nulls in the vector class of their type: what a source without the column gives.
public final class NullVectors {
    private NullVectors() {}

    public static Vector of(DataType type, int n) {
        long[] none = new long[(n + 63) >> 6];
        return switch (type.storage()) {
            case NULL -> new NullVector(n);
            case BOOLEAN -> new BooleanVector(new byte[n], n, none);
            case INT -> new IntVector(new int[n], n, none);
            case LONG -> new LongVector(new long[n], n, none);
            case FLOAT -> new FloatVector(new float[n], n, none);
            case DOUBLE -> new DoubleVector(new double[n], n, none);
            case DECIMAL128 -> new Decimal128Vector(new long[n], new long[n], n, none);
            case BYTES -> new BytesVector(new byte[0], new int[n + 1], n, none);
            case INTERVAL -> new IntervalVector(new int[n], new int[n], new long[n], n, none);
            case ARRAY ->
                    new ListVector(
                            new int[n + 1], of(((ArrayType) plain(type)).element(), 0), n, none);
            case MAP -> {
                MapType map = (MapType) plain(type);
                yield new MapVector(new int[n + 1], of(map.key(), 0), of(map.value(), 0), n, none);
            }
            case STRUCT -> {
                Vector[] fields =
                        ((StructType) plain(type))
                                .fields().stream()
                                        .map(field -> of(field.type(), n))
                                        .toArray(Vector[]::new);
                yield new StructVector(fields, n, none);
            }
        };
    }

    private static DataType plain(DataType type) {
        return type instanceof UserDefinedType user ? plain(user.sqlType()) : type;
    }
}
