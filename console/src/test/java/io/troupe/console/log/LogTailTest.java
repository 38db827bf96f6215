package io.troupe.console.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogTailTest {
    @TempDir Path folder;

    private final List<String> read = new ArrayList<>();

    private void keep(byte[] bytes, int from, int to) {
        read.add(new String(bytes, from, to - from, StandardCharsets.UTF_8));
    }

    private Path file() {
        return folder.resolve("app.jsonl");
    }

    private void append(String text) throws IOException {
        Files.writeString(file(), text, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    @Test
    void aLineThatHasNoEndYetWaitsForIt() throws IOException {
        try (LogTail tail = new LogTail(file())) {
            tail.poll(this::keep);
            append("one\ntw");
            tail.poll(this::keep);
            assertEquals(List.of("one"), read);
            append("o ä\n");
            tail.poll(this::keep);
            assertEquals(List.of("one", "two ä"), read);
        }
    }

    @Test
    void theOlderPartIsReadFirst() throws IOException {
        Files.writeString(folder.resolve("app.jsonl.1"), "old\ncut");
        append("new\n");
        try (LogTail tail = new LogTail(file())) {
            tail.poll(this::keep);
            assertEquals(List.of("old", "new"), read);
        }
    }

    @Test
    void nothingIsLostWhenTheFileBecomesTheOlderPart() throws IOException {
        append("one\n");
        try (LogTail tail = new LogTail(file())) {
            tail.poll(this::keep);
            append("two\n");
            Files.move(file(), folder.resolve("app.jsonl.1"));
            append("three\n");
            tail.poll(this::keep);
            assertEquals(List.of("one", "two", "three"), read);
        }
    }

    @Test
    void aLineBeyondAllBoundsIsPassedOver() throws IOException {
        append("x".repeat(17 << 20) + "\nnext\n");
        try (LogTail tail = new LogTail(file())) {
            tail.poll(this::keep);
            assertEquals(List.of("next"), read);
            assertEquals(1, tail.skipped());
        }
    }

    @Test
    void namesLeadToNoOtherFolder() throws IOException {
        Path inner = Files.createDirectory(folder.resolve("logs"));
        append("{}\n");
        Files.writeString(inner.resolve("b.jsonl"), "{}\n");
        LogFiles files = new LogFiles(inner);
        assertTrue(files.find("b").isPresent());
        for (String name :
                List.of("../app", "..%2fapp", "/etc/passwd", "", ".", "a/b", "b.jsonl")) {
            assertTrue(files.find(name).isEmpty(), name);
        }
        assertEquals(List.of("b"), files.all().stream().map(LogFiles.Log::id).toList());
    }
}
