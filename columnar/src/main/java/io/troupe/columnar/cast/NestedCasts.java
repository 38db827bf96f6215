package io.troupe.columnar.cast;

import io.troupe.columnar.kernel.Columns;
import io.troupe.columnar.kernel.EvaluationSettings;
import io.troupe.columnar.kernel.Overflow;
import io.troupe.columnar.kernel.Rows;
import io.troupe.columnar.kernel.VectorKernel;
import io.troupe.columnar.vector.ListVector;
import io.troupe.columnar.vector.MapVector;
import io.troupe.columnar.vector.NullVector;
import io.troupe.columnar.vector.StructVector;
import io.troupe.columnar.vector.Vector;
import io.troupe.planner.type.ArrayType;
import io.troupe.planner.type.DataType;
import io.troupe.planner.type.MapType;
import io.troupe.planner.type.StructType;

/// Casts of arrays, maps and structs: their parts are cast, their form stays. Parts of rows outside
/// the selection and of nulls are not cast, as they may fail.
final class NestedCasts {
    private NestedCasts() {}

    static VectorKernel kernel(
            DataType from, DataType to, Overflow mode, EvaluationSettings settings) {
        return switch (from) {
            case ArrayType array ->
                    arrays(
                            Casts.kernel(
                                    array.element(), ((ArrayType) to).element(), mode, settings));
            case MapType map ->
                    maps(
                            Casts.kernel(map.key(), ((MapType) to).key(), mode, settings),
                            Casts.kernel(map.value(), ((MapType) to).value(), mode, settings));
            case StructType struct -> {
                VectorKernel[] fields = new VectorKernel[struct.fields().size()];
                for (int i = 0; i < fields.length; i++) {
                    DataType target = ((StructType) to).fields().get(i).type();
                    fields[i] = Casts.kernel(struct.fields().get(i).type(), target, mode, settings);
                }
                yield structs(fields);
            }
            default -> throw new IllegalArgumentException(from.simpleString());
        };
    }

    private static VectorKernel arrays(VectorKernel element) {
        return (arguments, rows) -> {
            ListVector lists = (ListVector) Columns.flat(arguments[0]);
            Rows parts = parts(lists.offsets(), lists.validity(), lists.elements(), rows);
            Vector elements = apply(element, lists.elements(), parts);
            return new ListVector(lists.offsets(), elements, lists.length(), lists.validity());
        };
    }

    private static Vector apply(VectorKernel kernel, Vector vector, Rows rows) {
        return vector instanceof NullVector ? vector : kernel.apply(new Vector[] {vector}, rows);
    }

    private static Rows parts(int[] offsets, long[] validity, Vector elements, Rows rows) {
        int[] selection = new int[elements.length()];
        int count = 0;
        for (int i = 0; i < rows.count(); i++) {
            int row = rows.row(i);
            if (Columns.present(validity, row)) {
                for (int e = offsets[row]; e < offsets[row + 1]; e++) {
                    selection[count++] = e;
                }
            }
        }
        return new Rows(selection, count, elements.length());
    }

    private static VectorKernel maps(VectorKernel key, VectorKernel value) {
        return (arguments, rows) -> {
            MapVector maps = (MapVector) Columns.flat(arguments[0]);
            Rows parts = parts(maps.offsets(), maps.validity(), maps.keys(), rows);
            return new MapVector(
                    maps.offsets(),
                    apply(key, maps.keys(), parts),
                    apply(value, maps.values(), parts),
                    maps.length(),
                    maps.validity());
        };
    }

    private static VectorKernel structs(VectorKernel[] casts) {
        return (arguments, rows) -> {
            StructVector struct = (StructVector) Columns.flat(arguments[0]);
            Rows present = present(struct, rows);
            Vector[] fields = new Vector[casts.length];
            for (int f = 0; f < fields.length; f++) {
                fields[f] = apply(casts[f], struct.fields()[f], present);
            }
            return new StructVector(fields, struct.length(), struct.validity());
        };
    }

    private static Rows present(StructVector struct, Rows rows) {
        if (struct.validity() == null) {
            return rows;
        }
        int[] selection = new int[rows.count()];
        int count = 0;
        for (int i = 0; i < rows.count(); i++) {
            if (!struct.isNull(rows.row(i))) {
                selection[count++] = rows.row(i);
            }
        }
        return new Rows(selection, count, rows.length());
    }
}
