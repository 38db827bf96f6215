package io.troupe.columnar.sink;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StagingFolderTest {
    @TempDir private Path target;

    private Path left(String name, String... files) throws IOException {
        Path folder = target.resolve(StagingFolder.PREFIX + name);
        for (String file : files) {
            Files.createDirectories(folder.resolve(file).getParent());
            Files.writeString(folder.resolve(file), file);
        }
        return folder;
    }

    @Test
    void removesWhatADriverThatIsGoneHasLeft() throws IOException {
        Path dead = left("dead", "driver.lock", "task-00000-0-0/part-0.parquet");
        Path data = Files.writeString(target.resolve("part-1.parquet"), "data");
        StagingFolder.removeAbandoned(target);
        assertFalse(Files.exists(dead));
        assertTrue(Files.exists(data));
    }

    @Test
    void leavesWhatAnInterruptedCommitHasPutAside() throws IOException {
        Path dead = left("dead", "driver.lock", "earlier/part-0.parquet");
        StagingFolder.removeAbandoned(target);
        assertTrue(Files.exists(dead.resolve("earlier/part-0.parquet")));
    }

    @Test
    void leavesWhatHasNoLockAsItMayJustBegin() throws IOException {
        Path young = left("young", "driver.lock.new");
        StagingFolder.removeAbandoned(target);
        assertTrue(Files.exists(young));
    }

    @Test
    void leavesTheFoldersOfWritesThatRun() throws IOException {
        try (StagingFolder first = StagingFolder.make(target);
                StagingFolder second = StagingFolder.make(target)) {
            StagingFolder.removeAbandoned(target);
            assertTrue(Files.exists(first.path()));
            assertTrue(Files.exists(second.path()));
        }
        try (var rest = Files.list(target)) {
            assertTrue(rest.findAny().isEmpty());
        }
    }
}
