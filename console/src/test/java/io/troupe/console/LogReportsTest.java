package io.troupe.console;

import static io.troupe.console.SampleLog.counters;
import static io.troupe.console.SampleLog.operator;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogReportsTest {
    @TempDir Path folder;

    /// A run whose sort takes that long, gives so many rows and spills so much; columns have other
    /// numbers in each run.
    private Path run(String name, int column, long millis, long rows, long spilled)
            throws IOException {
        SampleLog log = new SampleLog().executor("e1", 1);
        log.query(1, 1, List.of(operator(0, -1, "Sort", "Sort [a#" + column + " ASC]", 0, 0)));
        log.stage(1, 0, 1).after(millis);
        log.task(
                1,
                0,
                0,
                "e1",
                millis,
                counters(
                        "op.0.rows",
                        rows,
                        "op.0.nanos",
                        millis * 1_000_000,
                        "op.0.spill.bytes",
                        spilled));
        log.stageDone(1, 0).jobDone(1).end();
        return Files.writeString(folder.resolve(name + ".jsonl"), log.text());
    }

    @Test
    void comparesOperatorsOfTheSameQueryWhateverTheirColumnsAreNumbered() throws IOException {
        run("one", 3, 1000, 50, 0);
        run("two", 77, 3000, 60, 2048);
        String text = LogReports.compare(folder, "one", "two");
        assertTrue(text.contains("query job.py:7: 1.0 s → 3.0 s (3.00 ×)"), text);
        assertTrue(text.contains("1.0 s → 3.0 s, rows 50 → 60, spilled 0 B → 2.0 KiB"), text);
    }

    @Test
    void equalRunsHaveNoNotableOperators() throws IOException {
        run("one", 3, 1000, 50, 0);
        run("two", 4, 1001, 50, 0);
        String text = LogReports.compare(folder, "one", "two");
        assertTrue(!text.contains("Sort ["), text);
    }

    @Test
    void aRunMayBeNamedByItsFileAndAMissingOneIsToldInWords() throws IOException {
        Path one = run("one", 3, 1000, 50, 0);
        assertTrue(
                LogReports.compare(folder.resolve("elsewhere"), one.toString(), one.toString())
                        .contains("1.00 ×"));
        Exception missing =
                assertThrows(
                        Exception.class,
                        () -> LogReports.compare(folder, "one", "../../etc/passwd"));
        assertTrue(
                String.valueOf(missing.getMessage()).contains("troupe history"),
                missing.toString());
    }

    @Test
    void historyListsWhatThereIs() throws IOException {
        run("one", 3, 1000, 50, 0);
        Files.writeString(folder.resolve("notes.jsonl"), "nothing of ours\n");
        List<String> lines = LogReports.history(folder).lines().toList();
        assertEquals(2, lines.size());
        assertTrue(lines.get(1).contains("1.0 s") && lines.get(1).contains("done"), lines.get(1));
        assertThrows(IOException.class, () -> LogReports.history(folder.resolve("none")));
    }

    private String failure(String before, String after) {
        Exception failure =
                assertThrows(Exception.class, () -> LogReports.compare(folder, before, after));
        return String.valueOf(failure.getMessage());
    }

    @Test
    void whatIsNoRunIsToldInWords() throws IOException {
        run("one", 3, 1000, 50, 0);
        Files.writeString(folder.resolve("garbage.jsonl"), "nothing of ours\n");
        Files.writeString(folder.resolve("empty.jsonl"), "");
        assertTrue(failure("garbage", "one").contains("garbage is no event log"));
        assertTrue(failure("one", "empty").contains("empty is no event log"));
        assertTrue(failure("one", "").contains("no event log of ''"));
        assertTrue(failure(folder.toString(), "one").contains("is a folder"));
        IOException nowhere =
                assertThrows(
                        IOException.class,
                        () -> LogReports.compare(folder.resolve("none"), "one", "two"));
        assertTrue(nowhere.getMessage().contains("--folder"), nowhere.getMessage());
    }

    @Test
    void aCutLogAndOneOfALaterSchemaAreComparedAndSaidToBeSo() throws IOException {
        String whole = Files.readString(run("one", 3, 1000, 50, 0));
        Files.writeString(folder.resolve("cut.jsonl"), whole.substring(0, whole.length() - 30));
        Files.writeString(
                folder.resolve("later.jsonl"), whole.replace("\"schema\":2", "\"schema\":9"));
        String text = LogReports.compare(folder, "cut", "later");
        assertTrue(text.contains("the first run: its log has no end"), text);
        assertTrue(text.contains("the second run: its log has schema 9"), text);
        assertTrue(text.contains("1.00 ×"), text);
        assertTrue(!LogReports.compare(folder, "one", "one").contains("the first run:"));
    }
}
