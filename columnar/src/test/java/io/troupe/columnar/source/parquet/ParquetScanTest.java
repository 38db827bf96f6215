package io.troupe.columnar.source.parquet;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.troupe.columnar.source.DuckDb;
import io.troupe.columnar.source.Scans;
import io.troupe.planner.catalog.FileRelation;
import io.troupe.planner.stage.LeafInput;
import io.troupe.planner.type.StructType;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ParquetScanTest {
    private static final String TYPES =
            """
            SELECT i::TINYINT % 100 AS t, (i % 30000)::SMALLINT AS s, i::INTEGER AS i, i * 10000000000 AS l,
              (i % 200)::UTINYINT AS ut, (i % 60000)::USMALLINT AS us, (i * 3)::UINTEGER AS ui, (i * 5)::UBIGINT AS ul,
              i / 7.0::FLOAT AS d, (i / 3)::FLOAT AS f, i % 3 = 0 AS b,
              CASE WHEN i % 5 <> 0 THEN 'text ' || (i % 17) END AS few, CASE WHEN i % 7 <> 0 THEN 'ünique ' || (i * 31) END AS many,
              encode('b' || i) AS bin, DATE '1969-12-01' + (i % 1000)::INTEGER AS day,
              TIMESTAMP '1969-06-01 01:02:03.123456' + INTERVAL (i) MINUTE AS ntz,
              (TIMESTAMPTZ '2024-06-01 01:02:03.123456Z' + INTERVAL (i) SECOND) AS tz,
              (i % 1000 / 100)::DECIMAL(7, 2) AS d4, (i - 5000)::DECIMAL(18, 3) AS d8, (i::HUGEINT * 1000000000000 - 77)::DECIMAL(38, 4) AS d16,
              NULL::INTEGER AS nothing, CASE WHEN i % 2 = 0 THEN i END AS half
            FROM (SELECT CASE WHEN x < 128 THEN x ELSE x % 128 END AS i, x FROM range(%d) r(x)) ORDER BY x
            """;

    private static final String NESTED =
            """
            SELECT x AS id,
              CASE WHEN x % 5 = 0 THEN NULL WHEN x % 5 = 1 THEN [] ELSE [x, NULL, x + 1] END AS list,
              CASE WHEN x % 4 = 0 THEN NULL ELSE {'a': x, 'b': CASE WHEN x % 3 = 0 THEN NULL ELSE 's' || x END} END AS struct,
              CASE WHEN x % 6 = 0 THEN NULL WHEN x % 6 = 1 THEN MAP {} ELSE MAP {'k' || x: x, 'j': NULL} END AS map,
              CASE WHEN x % 7 = 0 THEN NULL ELSE [[x], [], NULL, [x, x + 1, NULL]] END AS lists,
              CASE WHEN x % 8 = 0 THEN NULL ELSE [{'p': x, 'q': [x, x]}, NULL, {'p': NULL, 'q': NULL}] END AS structs,
              {'in': {'deep': {'er': CASE WHEN x % 2 = 0 THEN x END}}} AS deep
            FROM range(%d) r(x) ORDER BY x
            """;

    @TempDir Path folder;

    private FileRelation open(Path file) {
        return Scans.relation("parquet", ParquetFooter.of(file.toString(), 0, 0).schema(), file);
    }

    private void assertSameAsDuckDb(String query, String options) throws Exception {
        try (DuckDb duck = new DuckDb()) {
            Path file = folder.resolve("data.parquet");
            duck.execute(
                    "COPY (" + query + ") TO '" + file + "' (FORMAT parquet, " + options + ")");
            FileRelation relation = open(file);
            StructType schema = relation.dataSchema();
            List<List<Object>> expected = duck.rows("SELECT * FROM '" + file + "'", schema);
            List<List<Object>> actual = Scans.rows(relation);
            assertEquals(expected.size(), actual.size());
            for (int i = 0; i < expected.size(); i++) {
                assertEquals(expected.get(i), actual.get(i), "row " + i);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"snappy", "zstd", "gzip", "lz4_raw", "uncompressed"})
    void readsFlatColumnsInEveryCompression(String codec) throws Exception {
        assertSameAsDuckDb(
                TYPES.replace("%d", "20000"), "COMPRESSION " + codec + ", ROW_GROUP_SIZE 6000");
    }

    @ParameterizedTest
    @ValueSource(strings = {"V1", "V2"})
    void readsEveryEncodingOfWriterVersions(String version) throws Exception {
        assertSameAsDuckDb(
                TYPES.replace("%d", "30000"),
                "PARQUET_VERSION " + version + ", ROW_GROUP_SIZE 10000");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 100, 20000})
    void readsNestedColumns(int rows) throws Exception {
        assertSameAsDuckDb(NESTED.replace("%d", String.valueOf(rows)), "ROW_GROUP_SIZE 5000");
    }

    @Test
    void eachRowGroupIsReadByExactlyOneOfTheSplits() throws Exception {
        Path file = folder.resolve("split.parquet");
        try (DuckDb duck = new DuckDb()) {
            duck.execute(
                    "COPY (SELECT x FROM range(50000) r(x)) TO '"
                            + file
                            + "' (FORMAT parquet, ROW_GROUP_SIZE 4096)");
        }
        FileRelation relation = open(file);
        List<Object> seen = new ArrayList<>();
        long size = relation.files().getFirst().size();
        for (long offset = 0; offset < size; offset += 10_000) {
            LeafInput.FileSplit split =
                    new LeafInput.FileSplit(
                            relation.files().getFirst(), offset, Math.min(10_000, size - offset));
            LeafInput.Files input = new LeafInput.Files(0, List.of(split));
            Scans.rows(Scans.scan(relation), input, (condition, columns) -> null)
                    .forEach(row -> seen.add(row.getFirst()));
        }
        assertEquals(
                java.util.stream.LongStream.range(0, 50000)
                        .boxed()
                        .map(Object.class::cast)
                        .toList(),
                seen);
    }
}
