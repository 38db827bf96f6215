package io.troupe.columnar.source;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.troupe.planner.catalog.FileRelation;
import io.troupe.planner.error.TroupeException;
import io.troupe.planner.statistics.TableStatistics;
import io.troupe.planner.type.StructType;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileSourcesTest {
    @TempDir Path folder;
    private final FileSources sources = new FileSources();

    @BeforeEach
    void writeFiles() throws Exception {
        try (DuckDb duck = new DuckDb()) {
            write(duck, "plain/a.parquet", 1);
            write(duck, "plain/b.parquet", 2);
            write(duck, "plain/_hidden.parquet", 3);
            write(duck, "plain/.crc.parquet", 4);
            write(duck, "plain/deeper/c.parquet", 5);
            write(duck, "parts/day=2024-01-01/n=1/a.parquet", 1);
            write(duck, "parts/day=2024-01-02/n=20000000000/a.parquet", 2);
            write(duck, "parts/day=__HIVE_DEFAULT_PARTITION__/n=3/a.parquet", 3);
            write(duck, "words/w=x%2Fy/a.parquet", 1);
            write(duck, "words/w=1/a.parquet", 1);
            write(duck, "mixed/a=1/x.parquet", 1);
            write(duck, "mixed/b=1/x.parquet", 1);
        }
        Files.createDirectories(folder.resolve("empty"));
    }

    private void write(DuckDb duck, String name, int value) throws Exception {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        duck.execute("COPY (SELECT " + value + " AS v) TO '" + file + "' (FORMAT parquet)");
    }

    private FileRelation open(String path) {
        return sources.open(
                "parquet",
                List.of(path.startsWith("file:") ? path : folder + "/" + path),
                Map.of(),
                null);
    }

    private List<Object> values(FileRelation relation) {
        return Scans.rows(relation).stream().map(List::getFirst).toList();
    }

    @Test
    void listsVisibleFilesOfAFolder() {
        assertEquals(List.of(1, 2), values(open("plain")));
        assertEquals(List.of(1, 2), values(open("file://" + folder + "/plain")));
        assertEquals(List.of(1), values(open("plain/a.parquet")));
        assertEquals(List.of(3), values(open("plain/_hidden.parquet")));
    }

    @Test
    void followsGlobs() {
        assertEquals(List.of(1, 2), values(open("plain/[ab].parquet")));
        assertEquals(List.of(1, 2), values(open("pl*n/{a,b}.parquet")));
    }

    @Test
    void looksIntoFoldersWhenToldTo() {
        FileRelation relation =
                sources.open(
                        "parquet",
                        List.of(folder + "/plain"),
                        Map.of("recursiveFileLookup", "true"),
                        null);
        assertEquals(List.of(1, 2, 5), values(relation));
    }

    @Test
    void findsPartitionColumnsAndTheirTypes() {
        FileRelation relation = open("parts");
        assertEquals("struct<v:int>", relation.dataSchema().simpleString());
        assertEquals("struct<day:date,n:bigint>", relation.partitionSchema().simpleString());
        assertEquals(
                List.of(
                        List.of(1, 19723, 1L),
                        List.of(2, 19724, 20000000000L),
                        Arrays.asList(3, null, 3L)),
                Scans.rows(relation));
    }

    @Test
    void mixedPartitionValuesAreText() {
        FileRelation relation = open("words");
        assertEquals("struct<w:string>", relation.partitionSchema().simpleString());
        assertEquals(List.of(List.of(1, "1"), List.of(1, "x/y")), Scans.rows(relation));
    }

    @Test
    void aPartitionFolderReadAloneHasNoPartitionColumnUnlessBasePathSaysSo() {
        assertEquals(List.of(), open("parts/day=2024-01-01/n=1").partitionSchema().fields());
        FileRelation based =
                sources.open(
                        "parquet",
                        List.of(folder + "/parts/day=2024-01-01"),
                        Map.of("basePath", folder + "/parts"),
                        null);
        assertEquals("struct<day:date,n:int>", based.partitionSchema().simpleString());
    }

    @Test
    void errorsAreSparks() {
        TroupeException missing = assertThrows(TroupeException.class, () -> open("nowhere"));
        assertEquals(
                "[PATH_NOT_FOUND] Path does not exist: file:"
                        + folder
                        + "/nowhere. SQLSTATE: 42K03",
                missing.getMessage());
        TroupeException empty = assertThrows(TroupeException.class, () -> open("empty"));
        assertEquals(
                "[UNABLE_TO_INFER_SCHEMA] Unable to infer schema for Parquet. It must be specified manually. SQLSTATE: 42KD9",
                empty.getMessage());
        assertEquals(
                "CONFLICTING_PARTITION_COLUMN_NAMES",
                assertThrows(TroupeException.class, () -> open("mixed")).condition());
        assertEquals("DATA_SOURCE_NOT_FOUND", unknownFormat().condition());
    }

    private TroupeException unknownFormat() {
        return assertThrows(
                TroupeException.class,
                () -> sources.open("nope", List.of(folder + "/plain"), Map.of(), null));
    }

    @Test
    void anEmptyFolderWithASchemaIsAnEmptyTable() {
        StructType schema = open("plain").dataSchema();
        assertEquals(
                0,
                sources.open("parquet", List.of(folder + "/empty"), Map.of(), schema)
                        .files()
                        .size());
    }

    @Test
    void statisticsComeFromFooters() throws Exception {
        Path file = folder.resolve("big.parquet");
        try (DuckDb duck = new DuckDb()) {
            duck.execute(
                    "COPY (SELECT x, x % 50 AS few, CASE WHEN x % 4 = 0 THEN NULL ELSE 'n' || (x % 1000) END AS name"
                            + " FROM range(100000) r(x)) TO '"
                            + file
                            + "' (FORMAT parquet, ROW_GROUP_SIZE 20000)");
        }
        TableStatistics statistics =
                sources.statistics(
                        sources.open("parquet", List.of(file.toString()), Map.of(), null));
        assertEquals(100000, statistics.rows().orElseThrow());
        assertEquals(0L, statistics.columns().get("x").minimum());
        assertEquals(99999L, statistics.columns().get("x").maximum());
        assertEquals(50, statistics.columns().get("few").distinct());
        assertEquals(25000, statistics.columns().get("name").nulls());
        assertEquals(750, statistics.columns().get("name").distinct());
    }
}
