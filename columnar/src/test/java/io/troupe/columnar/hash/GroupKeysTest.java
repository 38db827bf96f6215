package io.troupe.columnar.hash;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.troupe.columnar.column.ColumnBuilder;
import io.troupe.columnar.column.Gather;
import io.troupe.columnar.column.Values;
import io.troupe.columnar.vector.DictionaryVector;
import io.troupe.columnar.vector.NullVector;
import io.troupe.columnar.vector.Vector;
import io.troupe.planner.type.AtomicType;
import io.troupe.planner.type.DataType;
import io.troupe.planner.type.StringType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.LongFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GroupKeysTest {
    private static final List<DataType> TYPES =
            List.of(StringType.STRING, AtomicType.LONG, StringType.STRING);

    private final GroupKeys keys = new GroupKeys(TYPES);
    private final Map<List<Object>, Integer> expected = new LinkedHashMap<>();

    private static Vector column(DataType type, List<Object> values) {
        ColumnBuilder builder = ColumnBuilder.of(type);
        for (Object value : values) {
            if (value == null) {
                builder.appendNulls(1);
            } else {
                builder.appendValue(value);
            }
        }
        return builder.build();
    }

    private static Vector[] columns(List<List<Object>> rows) {
        Vector[] columns = new Vector[TYPES.size()];
        for (int c = 0; c < columns.length; c++) {
            int column = c;
            columns[c] =
                    column(
                            TYPES.get(c),
                            new ArrayList<>(
                                    Arrays.asList(
                                            rows.stream().map(row -> row.get(column)).toArray())));
        }
        return columns;
    }

    /// Assigns the rows and compares their numbers with those of a map.
    private void assign(Vector[] columns, List<List<Object>> rows) {
        int[] ids = new int[rows.size()];
        keys.assign(columns, Gather.identity(ids.length), ids.length, ids);
        int[] wanted =
                rows.stream()
                        .mapToInt(row -> {
                            int next = expected.size();
                            Integer known = expected.putIfAbsent(row, next);
                            return known == null ? next : known;
                        })
                        .toArray();
        assertArrayEquals(wanted, ids);
    }

    private void assign(List<List<Object>> rows) {
        assign(columns(rows), rows);
    }

    private void assertKeysAreGivenBack() {
        assertEquals(expected.size(), keys.size());
        Vector[] all = keys.keys(0, keys.size());
        List<List<Object>> given = new ArrayList<>();
        for (int row = 0; row < keys.size(); row++) {
            List<Object> one = new ArrayList<>();
            for (int c = 0; c < all.length; c++) {
                one.add(Values.get(all[c], row, TYPES.get(c)));
            }
            given.add(one);
        }
        assertEquals(List.copyOf(expected.keySet()), given);
    }

    private static List<List<Object>> rows(long seed, int ids, LongFunction<Object> name) {
        Random random = new Random(seed);
        List<List<Object>> rows = new ArrayList<>();
        for (int i = 0; i < 500; i++) {
            long id = random.nextInt(ids);
            rows.add(Arrays.asList("name " + id, id % 7 == 0 ? null : id, name.apply(id)));
        }
        return rows;
    }

    @Test
    void textsThatNumbersDetermine() {
        for (int batch = 0; batch < 5; batch++) {
            List<List<Object>> rows = new ArrayList<>();
            for (List<Object> row : rows(batch, 300, id -> id % 5 == 0 ? null : "é" + id)) {
                if (row.get(1) != null) {
                    rows.add(row);
                }
            }
            assign(rows);
        }
        assertKeysAreGivenBack();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 3})
    void contradictionsAreGroupsOfTheirOwnWheneverTheyCome(int first) {
        for (int batch = 0; batch < 5; batch++) {
            boolean contradicts = batch >= first;
            int number = batch;
            List<List<Object>> rows = new ArrayList<>();
            for (List<Object> row : rows(batch, 400, id -> "a" + (contradicts ? number : id))) {
                if (contradicts || row.get(1) != null) {
                    rows.add(row);
                }
            }
            assign(rows);
        }
        assertKeysAreGivenBack();
    }

    @Test
    void aMissingTextIsNotAnEmptyOne() {
        assign(List.of(Arrays.asList("a", 1L, ""), Arrays.asList("b", 2L, null)));
        assign(List.of(Arrays.asList("a", 1L, null), Arrays.asList("b", 2L, "")));
        assertEquals(4, keys.size());
        assertKeysAreGivenBack();
    }

    @Test
    void codedColumnsOfOneDictionary() {
        List<List<Object>> entries = rows(9, 200, id -> "x" + id);
        entries.removeIf(row -> row.get(1) == null);
        Vector[] flat = columns(entries);
        Random random = new Random(4);
        for (int batch = 0; batch < 4; batch++) {
            int[] codes = random.ints(600, 0, entries.size()).toArray();
            Vector[] views = Gather.view(flat, codes, codes.length, false);
            List<List<Object>> rows = new ArrayList<>();
            for (int code : codes) {
                rows.add(entries.get(code));
            }
            assign(views, rows);
        }
        assertKeysAreGivenBack();
    }

    @Test
    void rowsThatAreNullByTheirCode() {
        Vector names = column(StringType.STRING, List.of("a", "b"));
        Vector numbers = column(AtomicType.LONG, List.of(1L, 2L));
        Vector coded = new DictionaryVector(new int[] {0, 0}, names, 2, new long[] {0b01}, true);
        List<List<Object>> rows =
                List.of(Arrays.asList("a", 1L, "a"), Arrays.asList("b", 2L, null));
        assign(new Vector[] {names, numbers, coded}, rows);
        assign(new Vector[] {names, numbers, coded}, rows);
        assertKeysAreGivenBack();
    }

    @Test
    void aColumnWithoutAnyValue() {
        Vector[] columns = {
            new NullVector(2), column(AtomicType.LONG, List.of(1L, 2L)), new NullVector(2)
        };
        assign(columns, List.of(Arrays.asList(null, 1L, null), Arrays.asList(null, 2L, null)));
        assertKeysAreGivenBack();
    }
}
