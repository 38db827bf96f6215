package io.troupe.columnar.arrow;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.troupe.columnar.source.Cells;
import io.troupe.columnar.vector.Batch;
import io.troupe.planner.type.StructType;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ArrowStreamReaderTest {
    private static final List<Object> FIRST =
            Arrays.asList(
                    1,
                    1,
                    1,
                    1L,
                    new BigDecimal(1),
                    1L,
                    1.5f,
                    1.5f,
                    1.5d,
                    true,
                    "a",
                    "a",
                    List.of((byte) 'a'),
                    List.of((byte) 'a', (byte) 'b'),
                    -1,
                    -1,
                    1709210096000000L,
                    1L,
                    1709210096789000L,
                    3723000000000L,
                    86400000000L,
                    new BigDecimal("1.23"),
                    new BigDecimal("1.23"),
                    "x",
                    Arrays.asList(1, null),
                    List.of(1, 2),
                    List.of(1, "x"),
                    List.of(Cells.entry("k", 1L)),
                    null);
    private static final List<Object> SECOND =
            Arrays.asList(
                    -2,
                    255,
                    -2,
                    4294967295L,
                    new BigDecimal("18446744073709551615"),
                    -2L,
                    -2f,
                    -2f,
                    -2d,
                    false,
                    "ünï",
                    "bcd",
                    List.of((byte) 0, (byte) -1),
                    List.of((byte) 'c', (byte) 'd'),
                    19782,
                    19782,
                    -1000000L,
                    -1L,
                    1709210096789000L,
                    86399000000000L,
                    -1L,
                    new BigDecimal("-9999999.99"),
                    new BigDecimal("-1" + "0".repeat(30) + ".01"),
                    "y",
                    List.of(),
                    Arrays.asList(3, null),
                    Arrays.asList(null, null),
                    List.of(),
                    null);
    private static final List<Object> NULLS = Arrays.asList(new Object[29]);

    private static byte[] resource(String name) throws IOException {
        try (InputStream in = ArrowStreamReaderTest.class.getResourceAsStream("/arrow/" + name)) {
            return in.readAllBytes();
        }
    }

    private static List<List<Object>> rows(byte[] stream, int maxRows) throws IOException {
        ArrowStreamReader reader = new ArrowStreamReader(new ByteArrayInputStream(stream), maxRows);
        List<List<Object>> rows = new ArrayList<>();
        StructType schema = reader.schema();
        for (Batch batch = reader.next(); batch != null; batch = reader.next()) {
            for (int i = 0; i < batch.selected(); i++) {
                List<Object> row = new ArrayList<>();
                for (int c = 0; c < batch.columns().length; c++) {
                    row.add(Cells.at(batch.column(c), schema.fields().get(c).type(), batch.row(i)));
                }
                rows.add(row);
            }
        }
        return rows;
    }

    @ParameterizedTest
    @ValueSource(strings = {"all.arrows", "zstd.arrows", "lz4.arrows"})
    void readsEveryTypeThatPyarrowWrites(String name) throws IOException {
        assertEquals(List.of(FIRST, SECOND, NULLS), rows(resource(name), 8192));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    void cutsRecordBatchesIntoSmallerOnes(int maxRows) throws IOException {
        assertEquals(List.of(FIRST, SECOND, NULLS), rows(resource("all.arrows"), maxRows));
    }

    @Test
    void readsSlicedAndChunkedTables() throws IOException {
        assertEquals(List.of(SECOND, NULLS, FIRST, SECOND), rows(resource("sliced.arrows"), 8192));
    }

    @Test
    void refusesStringViewsByNameAndRemedy() throws IOException {
        byte[] stream = resource("view.arrows");
        ArrowFormatException failure =
                assertThrows(ArrowFormatException.class, () -> rows(stream, 10));
        assertTrue(
                failure.getMessage().contains("column v") && failure.getMessage().contains("cast"),
                failure.getMessage());
    }

    @Test
    void writesWhatItReads() throws IOException {
        ArrowStreamReader reader =
                new ArrowStreamReader(new ByteArrayInputStream(resource("all.arrows")));
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ArrowStreamWriter writer = new ArrowStreamWriter(out, reader.schema(), "UTC");
        Batch batch = reader.next();
        writer.write(batch);
        writer.write(new Batch(batch.columns(), 3, new int[] {2, 0, 1}, 2));
        writer.write(batch, 1, 2);
        writer.finish();
        List<List<Object>> rows = rows(out.toByteArray(), 8192);
        assertEquals(List.of(FIRST, SECOND, NULLS, NULLS, FIRST, SECOND, NULLS), rows);
    }

    /// Whatever single bytes of a stream are changed, reading ends: with rows or with an error that
    /// says so.
    @Test
    void survivesDamagedStreams() throws IOException {
        byte[] stream = resource("all.arrows");
        Random random = new Random(7);
        int refused = 0;
        for (int i = 0; i < 3000; i++) {
            byte[] damaged = stream.clone();
            damaged[random.nextInt(damaged.length)] ^= (byte) (1 << random.nextInt(8));
            try {
                rows(damaged, 2);
            } catch (ArrowFormatException | IOException expected) {
                refused++;
            }
        }
        assertTrue(refused > 50, "refused " + refused);
    }
}
