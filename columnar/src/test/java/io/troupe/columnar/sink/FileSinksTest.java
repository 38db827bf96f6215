package io.troupe.columnar.sink;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.troupe.columnar.operator.Operator;
import io.troupe.columnar.source.DuckDb;
import io.troupe.columnar.source.FileSources;
import io.troupe.columnar.source.PlainTaskContext;
import io.troupe.columnar.source.ScanOperators;
import io.troupe.columnar.source.Scans;
import io.troupe.columnar.vector.Batch;
import io.troupe.planner.catalog.FileRelation;
import io.troupe.planner.error.TroupeException;
import io.troupe.planner.expression.Attribute;
import io.troupe.planner.physical.PhysicalPlan.FileScan;
import io.troupe.planner.physical.WriteSpec;
import io.troupe.planner.type.StructType;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FileSinksTest {
    private static final String ROWS =
            """
            SELECT x AS id, (x % 100)::TINYINT AS t, x::SMALLINT AS s, x * 1.5 AS dec, x / 3.0::DOUBLE AS d, (x / 3)::FLOAT AS f,
              CASE WHEN x % 3 = 0 THEN NULL ELSE x % 2 = 0 END AS b, CASE WHEN x % 5 <> 0 THEN 'text "' || (x % 17) || '", ü' END AS few,
              'unique' || x * 7919 AS many, encode('b' || x) AS bin, DATE '1969-12-01' + x::INTEGER AS day,
              TIMESTAMP '1969-06-01 01:02:03.123456' + INTERVAL (x) MINUTE AS ntz,
              TIMESTAMPTZ '1969-06-01 01:02:03.123456Z' + INTERVAL (x) HOUR AS tz,
              (x::HUGEINT * -1000000000000 + 77)::DECIMAL(38, 4) AS d16,
              CASE WHEN x % 5 = 0 THEN NULL WHEN x % 5 = 1 THEN [] ELSE [x, NULL, x + 1] END AS list,
              CASE WHEN x % 4 = 0 THEN NULL ELSE {'a': x, 'b': CASE WHEN x % 3 = 0 THEN NULL ELSE 's' || x END} END AS struct,
              CASE WHEN x % 6 = 0 THEN NULL WHEN x % 6 = 1 THEN MAP {} ELSE MAP {'k' || x: x, 'j': NULL} END AS map,
              CASE WHEN x % 8 = 0 THEN NULL ELSE [{'p': x, 'q': [x, x]}, NULL, {'p': NULL, 'q': NULL}] END AS structs
            FROM range(30000) r(x)
            """;

    @TempDir Path folder;
    private final FileSources sources = new FileSources();

    private FileRelation source(String query) throws Exception {
        Path file = folder.resolve("source" + System.nanoTime() + ".parquet");
        try (DuckDb duck = new DuckDb()) {
            duck.execute(
                    "COPY (" + query + ") TO '" + file + "' (FORMAT parquet, ROW_GROUP_SIZE 7000)");
        }
        return sources.open("parquet", List.of(file.toString()), Map.of(), null);
    }

    private List<WrittenFile> write(
            FileRelation from,
            String format,
            FileCommitter job,
            List<String> by,
            Map<String, String> options) {
        FileScan scan = Scans.scan(from);
        List<Attribute> partitions = by.stream().map(name -> named(scan, name)).toList();
        Path target = Path.of(job.staging()).getParent();
        WriteSpec spec =
                new WriteSpec(
                        format,
                        target.toString(),
                        job.staging(),
                        scan.output(),
                        partitions,
                        options);
        PlainTaskContext context = new PlainTaskContext();
        List<WrittenFile> files = new ArrayList<>();
        Operator child =
                ScanOperators.open(scan, Scans.whole(from), context, (condition, input) -> null);
        try (Operator sink = FileSinks.open(spec, child, scan.output(), context)) {
            for (Batch batch = sink.next(); batch != null; batch = sink.next()) {
                files.addAll(FileSinks.written(batch));
            }
        }
        return files;
    }

    private static Attribute named(FileScan scan, String name) {
        return scan.output().stream()
                .filter(column -> column.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private void save(
            FileRelation from,
            String format,
            Path to,
            FileCommitter.Mode mode,
            List<String> by,
            Map<String, String> options) {
        FileCommitter job = FileCommitter.begin(to.toString(), mode);
        job.commitJob(write(from, format, job, by, options));
    }

    private static List<String> names(Path folder) throws Exception {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile)
                    .map(file ->
                            folder.relativize(file)
                                    .toString()
                                    .replaceAll("[0-9a-f]{8}-[0-9a-f-]{27}", "UUID"))
                    .sorted()
                    .toList();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"snappy", "zstd", "gzip", "lz4", "none"})
    void parquetFilesHoldWhatWasWritten(String codec) throws Exception {
        FileRelation from = source(ROWS);
        Path out = folder.resolve("out");
        save(
                from,
                "parquet",
                out,
                FileCommitter.Mode.ERROR,
                List.of(),
                Map.of("compression", codec));
        FileRelation back = sources.open("parquet", List.of(out.toString()), Map.of(), null);
        assertEquals(from.dataSchema(), back.dataSchema());
        List<List<Object>> expected = Scans.rows(from);
        assertEquals(expected, Scans.rows(back));
        try (DuckDb duck = new DuckDb()) {
            StructType schema = back.dataSchema();
            List<List<Object>> seen =
                    duck.rows("SELECT * FROM '" + out + "/*.parquet' ORDER BY id", schema);
            expected.sort(Comparator.comparing(row -> (Long) row.getFirst()));
            assertEquals(expected, seen);
        }
    }

    @Test
    void namesFilesAsSparkDoes() throws Exception {
        FileRelation from = source("SELECT x, x % 2 AS p, 'a b/c' AS q FROM range(10) r(x)");
        save(
                from,
                "parquet",
                folder.resolve("flat"),
                FileCommitter.Mode.ERROR,
                List.of(),
                Map.of());
        assertEquals(
                List.of("_SUCCESS", "part-00000-UUID-c000.snappy.parquet"),
                names(folder.resolve("flat")));
        save(
                from,
                "csv",
                folder.resolve("gz"),
                FileCommitter.Mode.ERROR,
                List.of(),
                Map.of("compression", "gzip"));
        assertEquals(
                List.of("_SUCCESS", "part-00000-UUID-c000.csv.gz"), names(folder.resolve("gz")));
        Path parts = folder.resolve("parts");
        save(from, "parquet", parts, FileCommitter.Mode.ERROR, List.of("p", "q"), Map.of());
        assertEquals(
                List.of(
                        "_SUCCESS",
                        "p=0/q=a b%2Fc/part-00000-UUID.c000.snappy.parquet",
                        "p=1/q=a b%2Fc/part-00000-UUID.c000.snappy.parquet"),
                names(parts));
        FileRelation back = sources.open("parquet", List.of(parts.toString()), Map.of(), null);
        assertEquals("struct<p:int,q:string>", back.partitionSchema().simpleString());
        assertEquals(10, Scans.rows(back).size());
    }

    @Test
    void anEmptyResultLeavesAFileWithTheSchema() throws Exception {
        Path out = folder.resolve("none");
        save(
                source("SELECT x FROM range(10) r(x) WHERE x > 10"),
                "parquet",
                out,
                FileCommitter.Mode.ERROR,
                List.of(),
                Map.of());
        FileRelation back = sources.open("parquet", List.of(out.toString()), Map.of(), null);
        assertEquals("struct<x:bigint>", back.dataSchema().simpleString());
        assertEquals(List.of(), Scans.rows(back));
    }

    @Test
    void modesAreSparks() throws Exception {
        FileRelation from = source("SELECT 1 AS x");
        Path out = folder.resolve("out");
        save(from, "parquet", out, FileCommitter.Mode.ERROR, List.of(), Map.of());
        save(from, "parquet", out, FileCommitter.Mode.APPEND, List.of(), Map.of());
        assertEquals(3, names(out).size());
        TroupeException exists =
                assertThrows(
                        TroupeException.class,
                        () -> FileCommitter.begin(out.toString(), FileCommitter.Mode.ERROR));
        assertEquals("PATH_ALREADY_EXISTS", exists.condition());
        assertNull(FileCommitter.begin(out.toString(), FileCommitter.Mode.IGNORE));
        save(from, "parquet", out, FileCommitter.Mode.OVERWRITE, List.of(), Map.of());
        assertEquals(2, names(out).size());
    }

    @Test
    void aFailedOverwriteKeepsTheEarlierFiles() throws Exception {
        FileRelation from = source("SELECT 1 AS x");
        Path out = folder.resolve("out");
        save(from, "parquet", out, FileCommitter.Mode.ERROR, List.of(), Map.of());
        List<String> before = names(out);
        FileCommitter job = FileCommitter.begin(out.toString(), FileCommitter.Mode.OVERWRITE);
        List<WrittenFile> files = new ArrayList<>(write(from, "parquet", job, List.of(), Map.of()));
        files.add(new WrittenFile(job.staging() + "/task-00001-0/lost.parquet", 1, 1));
        assertThrows(RuntimeException.class, () -> job.commitJob(files));
        assertEquals(before, names(out));
        assertFalse(Files.exists(Path.of(job.staging())));
    }

    @Test
    void overwritingPartitionsKeepsTheOthers() throws Exception {
        Path out = folder.resolve("out");
        save(
                source("SELECT x, x % 3 AS p FROM range(9) r(x)"),
                "parquet",
                out,
                FileCommitter.Mode.ERROR,
                List.of("p"),
                Map.of());
        save(
                source("SELECT 100 AS x, 1 AS p"),
                "parquet",
                out,
                FileCommitter.Mode.OVERWRITE_PARTITIONS,
                List.of("p"),
                Map.of());
        try (DuckDb duck = new DuckDb()) {
            StructType schema = source("SELECT 1 AS n, 1 AS p").dataSchema();
            List<List<Object>> counts =
                    duck.rows(
                            "SELECT count(*)::INT, p::INT FROM '"
                                    + out
                                    + "/*/*.parquet' GROUP BY p ORDER BY p",
                            schema);
            assertEquals(List.of(List.of(3, 0), List.of(1, 1), List.of(3, 2)), counts);
        }
    }

    @Test
    void writesCsvAsSparkDoes() throws Exception {
        FileRelation from =
                source(
                        """
                        SELECT 1 AS a, 'x,"y' AS b, NULL::VARCHAR AS c, '' AS e, TIMESTAMPTZ '2020-01-01 01:02:03.123Z' AS ts,
                          DATE '2020-01-01' AS d, 1.5::DOUBLE AS dd, true AS t, 1.20::DECIMAL(5, 2) AS de, ' sp ' AS sp,
                          'back\\slash"q' AS bs, TIMESTAMP '2020-01-01 01:02:03' AS ntz, 1e10::DOUBLE AS big, 'NaN'::DOUBLE AS nan,
                          E'multi\\nline' AS ml
                        """);
        Path out = folder.resolve("csv");
        save(from, "csv", out, FileCommitter.Mode.ERROR, List.of(), Map.of("header", "true"));
        assertEquals(
                """
                a,b,c,e,ts,d,dd,t,de,sp,bs,ntz,big,nan,ml
                1,"x,\\"y",,"",2020-01-01T01:02:03.123Z,2020-01-01,1.5,true,1.20,sp,"back\\\\slash\\"q",2020-01-01T01:02:03.000,1.0E10,NaN,"multi
                line"
                """,
                content(out));
        Path json = folder.resolve("json");
        save(from, "json", json, FileCommitter.Mode.ERROR, List.of(), Map.of());
        assertEquals(
                """
                {"a":1,"b":"x,\\"y","e":"","ts":"2020-01-01T01:02:03.123Z","d":"2020-01-01","dd":1.5,"t":true,"de":1.20,"sp":" sp ",\
                "bs":"back\\\\slash\\"q","ntz":"2020-01-01T01:02:03.000","big":1.0E10,"nan":"NaN","ml":"multi\\nline"}
                """,
                content(json));
    }

    private static String content(Path out) throws Exception {
        try (Stream<Path> files = Files.list(out)) {
            return Files.readString(
                    files.filter(file -> file.getFileName().toString().startsWith("part-"))
                            .findFirst()
                            .orElseThrow());
        }
    }

    @Test
    void namesColumnsThatAFormatCannotHold() throws Exception {
        FileRelation from = source("SELECT [1] AS list, 'a' AS text");
        Path out = folder.resolve("bad");
        FileCommitter job = FileCommitter.begin(out.toString(), FileCommitter.Mode.ERROR);
        TroupeException failure =
                assertThrows(
                        TroupeException.class, () -> write(from, "csv", job, List.of(), Map.of()));
        assertEquals("UNSUPPORTED_DATA_TYPE_FOR_DATASOURCE", failure.condition());
        assertTrue(
                failure.getMessage().contains("`list` of the type \"ARRAY<INT>\""),
                failure.getMessage());
        job.abort();
        assertEquals(List.of(), names(out));
    }
}
