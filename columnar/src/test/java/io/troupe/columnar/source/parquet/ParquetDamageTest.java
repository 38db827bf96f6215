package io.troupe.columnar.source.parquet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.troupe.columnar.source.DuckDb;
import io.troupe.columnar.source.Scans;
import io.troupe.planner.catalog.FileRelation;
import io.troupe.planner.error.TroupeException;
import io.troupe.planner.type.StructType;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Damaged files end in an error that names file and place, or in rows; never in a crash or a hang.
class ParquetDamageTest {
    private static final String ROWS =
            """
            SELECT x AS id, x * 1.5 AS d, 'text' || (x % 7) AS few, 'many' || x AS many, x % 2 = 0 AS b,
              CASE WHEN x % 3 = 0 THEN NULL ELSE x END AS n, [x, NULL] AS list, {'a': x, 'b': 'q' || x} AS s
            FROM range(600) r(x)
            """;

    @TempDir Path folder;

    private byte[] file(String options) throws Exception {
        Path file = folder.resolve("good.parquet");
        try (DuckDb duck = new DuckDb()) {
            duck.execute("COPY (" + ROWS + ") TO '" + file + "' (FORMAT parquet, " + options + ")");
        }
        return Files.readAllBytes(file);
    }

    private List<List<Object>> read(Path file, int version) {
        StructType schema = ParquetFooter.of(file.toString(), version, 0).schema();
        FileRelation relation = Scans.relation("parquet", schema, file);
        return Scans.rows(relation);
    }

    @ParameterizedTest
    @CsvSource({"snappy,V1,1", "uncompressed,V1,2", "uncompressed,V2,3", "zstd,V2,4"})
    void damagedBytesAreReportedOrRead(String codec, String version, int seed) throws Exception {
        byte[] good = file("COMPRESSION " + codec + ", PARQUET_VERSION " + version);
        Path path = folder.resolve("bad.parquet");
        Random random = new Random(seed);
        int reported = 0;
        for (int i = 0; i < 400; i++) {
            byte[] bad = good.clone();
            int hits = 1 + random.nextInt(4);
            for (int hit = 0; hit < hits; hit++) {
                bad[random.nextInt(bad.length)] = (byte) random.nextInt(256);
            }
            Files.write(path, bad);
            int attempt = seed * 1000 + i;
            boolean failed =
                    Assertions.assertTimeoutPreemptively(
                            Duration.ofSeconds(20), () -> fails(path, attempt));
            reported += failed ? 1 : 0;
        }
        assertTrue(reported > 20, "reported " + reported);
    }

    private boolean fails(Path path, int attempt) {
        try {
            read(path, attempt);
            return false;
        } catch (TroupeException expected) {
            assertTrue(expected.condition().startsWith("FAILED_READ_FILE"), expected.getMessage());
            assertTrue(expected.getMessage().contains("bad.parquet"), expected.getMessage());
            return true;
        }
    }

    @Test
    void truncatedFilesAreReported() throws Exception {
        byte[] good = file("COMPRESSION snappy");
        Path path = folder.resolve("bad.parquet");
        for (int length : new int[] {0, 3, 11, 100, good.length / 2, good.length - 1}) {
            Files.write(path, Arrays.copyOf(good, length));
            TroupeException failure =
                    assertThrows(TroupeException.class, () -> read(path, 100_000 + length));
            assertEquals("FAILED_READ_FILE.CANNOT_READ_FILE_FOOTER", failure.condition());
        }
    }

    @Test
    void aFileThatShrankSinceItsFooterWasReadNamesTheColumn() throws Exception {
        byte[] good = file("COMPRESSION snappy");
        Path path = folder.resolve("bad.parquet");
        Files.write(path, good);
        FileRelation relation =
                Scans.relation("parquet", ParquetFooter.of(path.toString(), 0, 0).schema(), path);
        assertEquals(600, Scans.rows(relation).size());
        Files.write(path, Arrays.copyOf(good, 500));
        TroupeException failure = assertThrows(TroupeException.class, () -> Scans.rows(relation));
        assertEquals("FAILED_READ_FILE.NO_HINT", failure.condition());
        assertTrue(failure.getMessage().contains("Row group 0, column "), failure.getMessage());
    }

    @Test
    void aMissingFileIsNamed() {
        Path path = folder.resolve("gone.parquet");
        TroupeException failure = assertThrows(TroupeException.class, () -> read(path, 1));
        assertEquals("FAILED_READ_FILE.FILE_NOT_EXIST", failure.condition());
    }
}
