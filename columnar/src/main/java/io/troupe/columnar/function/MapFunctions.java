package io.troupe.columnar.function;

import io.troupe.columnar.column.Gather;
import io.troupe.columnar.kernel.Columns;
import io.troupe.columnar.kernel.Failures;
import io.troupe.columnar.kernel.RowFunction;
import io.troupe.columnar.kernel.Rows;
import io.troupe.columnar.kernel.Signature;
import io.troupe.columnar.kernel.VectorKernel;
import io.troupe.columnar.vector.DictionaryVector;
import io.troupe.columnar.vector.ListVector;
import io.troupe.columnar.vector.MapVector;
import io.troupe.columnar.vector.NullVector;
import io.troupe.columnar.vector.StructVector;
import io.troupe.columnar.vector.Vector;
import io.troupe.planner.type.ArrayType;
import java.util.List;
import java.util.Map;

/// Maps and structs: made, taken apart, joined.
final class MapFunctions {
    private MapFunctions() {}

    static void register(FunctionTable table) {
        table.strict("map_keys", signature -> (arguments, rows) -> part(arguments[0], true));
        table.strict("map_values", signature -> (arguments, rows) -> part(arguments[0], false));
        table.strict("map_entries", signature -> (arguments, rows) -> entries(arguments[0]));
        table.lenientRows("map", MapFunctions::map);
        table.rows("map_from_arrays", MapFunctions::fromArrays);
        table.rows("map_from_entries", MapFunctions::fromEntries);
        table.rows("map_concat", MapFunctions::concat);
        table.lenient(
                "struct",
                signature -> (arguments, rows) -> new StructVector(arguments, rows.length(), null));
        table.lenient("named_struct", MapFunctions::namedStruct);
        table.strict("getfield", MapFunctions::field);
        table.strict("get_field", MapFunctions::field);
    }

    private static Vector part(Vector vector, boolean keys) {
        MapVector map = (MapVector) Columns.flat(vector);
        return new ListVector(
                map.offsets(), keys ? map.keys() : map.values(), map.length(), map.validity());
    }

    private static Vector entries(Vector vector) {
        MapVector map = (MapVector) Columns.flat(vector);
        StructVector pairs =
                new StructVector(
                        new Vector[] {map.keys(), map.values()}, map.keys().length(), null);
        return new ListVector(map.offsets(), pairs, map.length(), map.validity());
    }

    private static RowFunction map(Signature signature) {
        MapBuilder maps = new MapBuilder(signature.settings());
        return (in, out) -> {
            maps.clear();
            for (int i = 0; i + 1 < in.size(); i += 2) {
                maps.put(in.value(i), in.value(i + 1));
            }
            out.setValue(maps.entries());
        };
    }

    private static RowFunction fromArrays(Signature signature) {
        MapBuilder maps = new MapBuilder(signature.settings());
        return (in, out) -> {
            List<?> keys = (List<?>) in.value(0);
            List<?> values = (List<?>) in.value(1);
            if (keys.size() != values.size()) {
                throw Failures.runtime(
                        "INVALID_PARAMETER_VALUE.PATTERN",
                        "parameter",
                        "`keys`, `values`",
                        "functionName",
                        "`map_from_arrays`",
                        "value",
                        "the key array and the value array of a map have "
                                + keys.size()
                                + " and "
                                + values.size()
                                + " elements");
            }
            maps.clear();
            for (int i = 0; i < keys.size(); i++) {
                maps.put(keys.get(i), values.get(i));
            }
            out.setValue(maps.entries());
        };
    }

    private static RowFunction fromEntries(Signature signature) {
        MapBuilder maps = new MapBuilder(signature.settings());
        return (in, out) -> {
            maps.clear();
            for (Object entry : (List<?>) in.value(0)) {
                if (entry == null) {
                    return;
                }
                List<?> pair = (List<?>) entry;
                maps.put(pair.get(0), pair.get(1));
            }
            out.setValue(maps.entries());
        };
    }

    private static RowFunction concat(Signature signature) {
        MapBuilder maps = new MapBuilder(signature.settings());
        return (in, out) -> {
            maps.clear();
            for (int i = 0; i < in.size(); i++) {
                for (Object entry : (List<?>) in.value(i)) {
                    Map.Entry<?, ?> pair = (Map.Entry<?, ?>) entry;
                    maps.put(pair.getKey(), pair.getValue());
                }
            }
            out.setValue(maps.entries());
        };
    }

    private static VectorKernel namedStruct(Signature signature) {
        return (arguments, rows) -> {
            Vector[] fields = new Vector[arguments.length / 2];
            for (int i = 0; i < fields.length; i++) {
                fields[i] = arguments[2 * i + 1];
            }
            return new StructVector(fields, rows.length(), null);
        };
    }

    /// A field by its place; of an array of structs, the array of the field's values.
    private static VectorKernel field(Signature signature) {
        int ordinal = ((Number) signature.constant(1)).intValue();
        if (signature.argument(0) instanceof ArrayType) {
            return (arguments, rows) -> {
                ListVector lists = (ListVector) Columns.flat(arguments[0]);
                Vector values =
                        field(Columns.flat(lists.elements()), ordinal, lists.elements().length());
                return new ListVector(lists.offsets(), values, lists.length(), lists.validity());
            };
        }
        return (arguments, rows) -> fieldOf(arguments[0], ordinal, rows);
    }

    private static Vector fieldOf(Vector vector, int ordinal, Rows rows) {
        if (vector instanceof DictionaryVector coded) {
            Vector entries =
                    Gather.flat(field(coded.dictionary(), ordinal, coded.dictionary().length()));
            return new DictionaryVector(
                    coded.codes(), entries, rows.length(), coded.codeValidity(), false);
        }
        return field(vector, ordinal, rows.length());
    }

    private static Vector field(Vector vector, int ordinal, int length) {
        if (vector instanceof NullVector) {
            return vector;
        }
        StructVector struct = (StructVector) vector;
        Vector field = struct.fields()[ordinal];
        if (struct.validity() == null) {
            return field;
        }
        return masked(Gather.flat(field), struct.validity(), length);
    }

    /// The column with further nulls.
    static Vector masked(Vector vector, long[] present, int length) {
        int[] rows = new int[length];
        for (int i = 0; i < length; i++) {
            rows[i] = Columns.present(present, i) ? i : -1;
        }
        return Gather.copy(vector, rows, 0, length);
    }
}
