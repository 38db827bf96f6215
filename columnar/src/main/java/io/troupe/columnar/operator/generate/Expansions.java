package io.troupe.columnar.operator.generate;

import io.troupe.columnar.column.ColumnBuilder;
import io.troupe.columnar.column.Gather;
import io.troupe.columnar.compile.VectorFunction;
import io.troupe.columnar.operator.generate.GenerateOperator.Expansion;
import io.troupe.columnar.vector.Batch;
import io.troupe.columnar.vector.DictionaryVector;
import io.troupe.columnar.vector.IntVector;
import io.troupe.columnar.vector.ListVector;
import io.troupe.columnar.vector.MapVector;
import io.troupe.columnar.vector.StructVector;
import io.troupe.columnar.vector.Vector;
import io.troupe.planner.type.DataType;
import java.util.Arrays;
import java.util.List;

/// The built-in generators.
public abstract class Expansions implements GenerateOperator.Generator {
    Expansions() {}

    /// `explode`, and with `position` `posexplode`, of an array or a map; with `fields` `inline` of
    /// an array of structs.
    ///
    /// @param width how many columns the elements have
    public static Expansions ofElements(
            VectorFunction argument, boolean position, boolean fields, int width) {
        return new Expansions() {
            @Override
            public Expansion expand(Batch batch) {
                Vector value = argument.evaluate(batch, batch.selection(), batch.selected());
                return new Elements(batch, value, position, fields, width);
            }
        };
    }

    /// `stack`: `rows` rows of consecutive values; missing ones are null.
    public static Expansions ofRows(VectorFunction[] values, int rows, List<DataType> types) {
        return new Expansions() {
            @Override
            public Expansion expand(Batch batch) {
                return new Stacked(batch, values, rows, types);
            }
        };
    }

    /// One row of computed columns per input row.
    public static Expansions ofColumns(VectorFunction[] values) {
        return new Expansions() {
            @Override
            public Expansion expand(Batch batch) {
                Vector[] columns = new Vector[values.length];
                for (int c = 0; c < columns.length; c++) {
                    columns[c] = values[c].evaluate(batch, batch.selection(), batch.selected());
                }
                return new Single(batch, columns);
            }
        };
    }

    private record Single(Batch batch, Vector[] values) implements Expansion {
        @Override
        public int size(int i) {
            return 1;
        }

        @Override
        public Vector[] columns(int[] of, int[] elements, int count) {
            int[] rows = new int[count];
            for (int k = 0; k < count; k++) {
                rows[k] = batch.row(of[k]);
            }
            return Gather.view(values, rows, count, false);
        }
    }

    private static final class Elements implements Expansion {
        private final Batch batch;
        private final Vector value;
        private final boolean position;
        private final boolean fields;
        private final int[] codes;
        private final int[] offsets;
        private final Vector[] elements;

        Elements(Batch batch, Vector value, boolean position, boolean fields, int width) {
            this.batch = batch;
            this.value = value;
            this.position = position;
            this.fields = fields;
            Vector flat = value;
            int[] entryOf = null;
            if (value instanceof DictionaryVector coded) {
                flat = coded.dictionary();
                entryOf = coded.codes();
            }
            codes = entryOf;
            switch (flat) {
                case ListVector lists -> {
                    offsets = lists.offsets();
                    elements = new Vector[] {lists.elements()};
                }
                case MapVector maps -> {
                    offsets = maps.offsets();
                    elements = new Vector[] {maps.keys(), maps.values()};
                }
                default -> {
                    // All rows are null: there are no elements, of any column.
                    offsets = null;
                    elements = new Vector[width];
                    Arrays.fill(elements, flat);
                }
            }
        }

        private int entry(int i) {
            int row = batch.row(i);
            return codes == null ? row : codes[row];
        }

        @Override
        public int size(int i) {
            if (offsets == null || value.isNull(batch.row(i))) {
                return 0;
            }
            int entry = entry(i);
            return offsets[entry + 1] - offsets[entry];
        }

        @Override
        public Vector[] columns(int[] of, int[] wanted, int count) {
            int[] rows = new int[count];
            boolean nulls = false;
            for (int k = 0; k < count; k++) {
                rows[k] = wanted[k] < 0 || offsets == null ? -1 : offsets[entry(of[k])] + wanted[k];
                nulls |= rows[k] < 0;
            }
            Vector[] made =
                    fields && offsets != null
                            ? fields(rows, count)
                            : Gather.view(elements, rows, count, nulls);
            if (!position) {
                return made;
            }
            Vector[] columns = new Vector[made.length + 1];
            columns[0] = positions(wanted, count);
            System.arraycopy(made, 0, columns, 1, made.length);
            return columns;
        }

        /// The fields of the structs; of a null struct all are null.
        private Vector[] fields(int[] rows, int count) {
            Vector flat = Gather.flat(elements[0]);
            if (!(flat instanceof StructVector structs)) {
                throw new IllegalStateException("inline of " + flat.getClass().getSimpleName());
            }
            for (int k = 0; k < count; k++) {
                rows[k] = rows[k] >= 0 && structs.isNull(rows[k]) ? -1 : rows[k];
            }
            return Gather.view(structs.fields(), rows, count, true);
        }

        private static Vector positions(int[] wanted, int count) {
            int[] values = Arrays.copyOf(wanted, count);
            long[] validity = Gather.clearNegative(values, count);
            return new IntVector(values, count, validity);
        }
    }

    /// All values of a column lie one after another by stacked row, so that a stacked row is a row
    /// number.
    private static final class Stacked implements Expansion {
        private final Batch batch;
        private final int rows;
        private final Vector[] columns;

        Stacked(Batch batch, VectorFunction[] values, int rows, List<DataType> types) {
            this.batch = batch;
            this.rows = rows;
            int width = types.size();
            columns = new Vector[width];
            for (int c = 0; c < width; c++) {
                ColumnBuilder builder = ColumnBuilder.of(types.get(c));
                for (int r = 0; r < rows; r++) {
                    int value = r * width + c;
                    if (value < values.length) {
                        builder.append(
                                values[value].evaluate(batch, batch.selection(), batch.selected()),
                                Gather.rows(batch),
                                0,
                                batch.selected());
                    } else {
                        builder.appendNulls(batch.selected());
                    }
                }
                columns[c] = builder.build();
            }
        }

        @Override
        public int size(int i) {
            return rows;
        }

        @Override
        public Vector[] columns(int[] of, int[] wanted, int count) {
            int[] positions = new int[count];
            for (int k = 0; k < count; k++) {
                positions[k] = wanted[k] * batch.selected() + of[k];
            }
            return Gather.view(columns, positions, count, false);
        }
    }
}
