package io.troupe.console.application;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.troupe.console.SampleLog;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FolderApplicationsTest {
    @TempDir Path folder;

    @Test
    void theLatestLogIsReadAheadAndGoesOnFromThere() throws IOException {
        SampleLog log = new SampleLog().query(1, 1, List.of());
        Path file = Files.writeString(folder.resolve("app.jsonl"), log.text());
        FolderApplications applications = new FolderApplications(folder);
        applications.readLatest();
        String later = new SampleLog().query(2, 1, List.of()).text();
        Path next = Files.writeString(folder.resolve("next"), later);
        Files.move(next, file, StandardCopyOption.REPLACE_EXISTING);
        assertEquals(2, applications.read("app", model -> model.queries().size()).orElseThrow());
    }

    @Test
    void anEmptyFolderHasNothingToReadAhead() throws IOException {
        FolderApplications applications = new FolderApplications(folder);
        applications.readLatest();
        assertEquals(List.of(), applications.list());
    }
}
