package io.troupe.executor.block;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.troupe.cluster.protocol.QueryId;
import io.troupe.cluster.protocol.StageAttempt;
import io.troupe.cluster.protocol.StageId;
import io.troupe.cluster.protocol.TaskAttemptId;
import io.troupe.columnar.memory.MemoryPool;
import io.troupe.columnar.vector.Batch;
import io.troupe.columnar.vector.DictionaryVector;
import io.troupe.columnar.vector.LongVector;
import io.troupe.columnar.vector.Vector;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BlockStoreTest {
    @TempDir Path folder;

    private final MemoryPool pool = new MemoryPool(100_000);
    private ScratchFolders scratch;
    private BlockStore store;

    private BlockStore store() throws IOException {
        return store("a");
    }

    private BlockStore store(String... parents) throws IOException {
        scratch = ScratchFolders.create(Arrays.stream(parents).map(folder::resolve).toList());
        store = new BlockStore(pool, scratch);
        return store;
    }

    @AfterEach
    void nothingIsLeft() throws IOException {
        store.close();
        assertEquals(0, pool.used());
        assertEquals(List.of(), files());
        scratch.close();
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> paths = Files.walk(folder)) {
            return paths.filter(p -> p.getFileName().toString().startsWith("blocks-")).toList();
        }
    }

    static TaskAttemptId task(long query, int partition) {
        return new TaskAttemptId(
                new StageAttempt(new StageId(new QueryId(query), 0), 0), partition, 0);
    }

    static Batch batch(long... values) {
        return new Batch(new Vector[] {new LongVector(values, values.length, null)}, values.length);
    }

    private List<Long> read(TaskAttemptId task, int from, int to) throws IOException {
        List<Long> values = new ArrayList<>();
        try (BlockCursor cursor = store.read(task, from, to)) {
            for (Batch batch = cursor.next(); batch != null; batch = cursor.next()) {
                for (int i = 0; i < batch.selected(); i++) {
                    values.add(((LongVector) batch.column(0)).values()[batch.row(i)]);
                }
            }
        }
        return values;
    }

    @Test
    void whatManyBatchesPickRowsOfIsCountedOnce() throws IOException {
        long[] values = new long[1000];
        Vector column = new LongVector(values, values.length, null);
        OutputWriter writer = store().write(task(1, 0), 1);
        for (int b = 0; b < 50; b++) {
            int[] rows = {b, b + 1};
            writer.add(
                    0,
                    new Batch(
                            new Vector[] {new DictionaryVector(rows, column, 2, null, false)}, 2));
        }
        assertEquals(column.bytes() + 50 * 2 * 4, pool.used());
        assertEquals(0, writer.spilledBytes());
        writer.commit();
        store.drop(new QueryId(1));
    }

    @Test
    void batchesInMemoryAreHandedOverByReference() throws IOException {
        OutputWriter writer = store().write(task(1, 0), 2);
        Batch batch = batch(1, 2, 3);
        writer.add(1, batch);
        assertFalse(store.holds(task(1, 0)));
        writer.commit();
        try (BlockCursor cursor = store.read(task(1, 0), 0, 2)) {
            assertSame(batch, cursor.next());
            assertNull(cursor.next());
        }
    }

    @Test
    void spilledOutputsReadAsWrittenInTheSameOrder() throws IOException {
        store();
        List<Long> expected = new ArrayList<>();
        OutputWriter writer = store.write(task(1, 0), 3);
        for (int i = 0; i < 300; i++) {
            long[] values = new long[1_000];
            for (int k = 0; k < values.length; k++) {
                values[k] = i * 1_000L + k;
                if (i % 3 == 1) {
                    expected.add(values[k]);
                }
            }
            writer.add(i % 3, batch(values));
        }
        writer.commit();
        assertTrue(writer.spilledBytes() > 0);
        assertTrue(pool.used() <= pool.limit());
        assertEquals(expected, read(task(1, 0), 1, 2));
        assertEquals(300_000, read(task(1, 0), 0, 3).size());
    }

    @Test
    void memoryThatOperatorsNeedIsGivenBackOldestOutputFirst() throws IOException {
        store();
        for (int i = 0; i < 3; i++) {
            OutputWriter writer = store.write(task(1, i), 1);
            writer.add(0, batch(new long[3_000]));
            writer.commit();
        }
        assertTrue(pool.tryReserve(30_000));
        assertEquals(3_000, read(task(1, 0), 0, 1).size());
        assertTrue(store.diskBytes() > 0);
        assertTrue(store.memoryBytes() > 0);
        pool.release(30_000);
    }

    @Test
    void uncommittedOutputLeavesNothing() throws IOException {
        try (OutputWriter writer = store().write(task(1, 0), 1)) {
            for (int i = 0; i < 30; i++) {
                writer.add(0, batch(new long[1_000]));
            }
        }
        assertNull(store.read(task(1, 0), 0, 1));
        assertEquals(0, store.size());
    }

    @Test
    void droppedOutputFailsItsReadersInsteadOfEndingEarly() throws IOException {
        OutputWriter writer = store().write(task(1, 0), 2);
        writer.add(0, batch(1));
        writer.add(1, batch(2));
        writer.commit();
        try (BlockCursor cursor = store.read(task(1, 0), 0, 2)) {
            cursor.next();
            store.drop(new QueryId(1));
            assertThrows(IOException.class, cursor::next);
        }
    }

    @Test
    void queriesAreDroppedWholeAndAlone() throws IOException {
        store();
        for (long query = 1; query <= 2; query++) {
            OutputWriter writer = store.write(task(query, 0), 1);
            writer.add(0, batch(query));
            writer.commit();
        }
        store.drop(new QueryId(1));
        assertFalse(store.holds(task(1, 0)));
        assertEquals(List.of(2L), read(task(2, 0), 0, 1));
    }

    @Test
    void damagedFileIsNoticed() throws IOException {
        OutputWriter writer = store().write(task(1, 0), 1);
        for (int i = 0; i < 20; i++) {
            long[] values = new long[1_000];
            for (int k = 0; k < values.length; k++) {
                values[k] = k * 0x9E3779B97F4A7C15L;
            }
            writer.add(0, batch(values));
        }
        writer.commit();
        Path file = files().getFirst();
        byte[] bytes = Files.readAllBytes(file);
        bytes[bytes.length / 2] ^= 1;
        Files.write(file, bytes);
        IOException e = assertThrows(IOException.class, () -> read(task(1, 0), 0, 1));
        assertTrue(e.getMessage().contains("corrupt"), e.getMessage());
    }

    @Test
    void folderThatCannotBeWrittenLeavesItsShareToTheOther() throws IOException {
        store("a", "b");
        Path gone = scratch.next();
        try (Stream<Path> paths = Files.walk(gone)) {
            for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
        OutputWriter writer = store.write(task(1, 0), 1);
        for (int i = 0; i < 200; i++) {
            writer.add(0, batch(new long[1_000]));
        }
        writer.commit();
        assertTrue(writer.spilledBytes() > 0);
        assertEquals(200_000, read(task(1, 0), 0, 1).size());
        assertNotEquals(gone, scratch.next());
    }

    @Test
    void noFolderThatCanBeWrittenIsATypedFailureAndLosesNothing() throws IOException {
        store();
        OutputWriter writer = store.write(task(1, 0), 1);
        writer.add(0, batch(new long[10_000]));
        Files.delete(scratch.next().resolve("lock"));
        Files.delete(scratch.next());
        ScratchException failure =
                assertThrows(ScratchException.class, () -> writer.add(0, batch(new long[10_000])));
        assertEquals(scratch.next(), failure.folder());
        writer.commit();
        assertEquals(10_000, read(task(1, 0), 0, 1).size());
    }

    @Test
    void missingParentIsMadeAndOneThatCannotBeIsLeftOut() throws IOException {
        Files.writeString(folder.resolve("file"), "");
        store("file", "deep/er");
        assertTrue(scratch.next().startsWith(folder.resolve("deep/er")));
        assertThrows(
                IOException.class, () -> ScratchFolders.create(List.of(folder.resolve("file"))));
    }

    @Test
    void leftoversOfDeadProcessesAreRemovedAndFoldersOfTheLivingAreNot() throws IOException {
        store();
        Path dead = Files.createDirectory(folder.resolve("troupe-scratch-dead"));
        Files.writeString(dead.resolve("lock"), "");
        Files.writeString(dead.resolve("blocks-1"), "x");
        try (ScratchFolder first = ScratchFolder.create(folder)) {
            assertFalse(Files.exists(dead));
            try (ScratchFolder second = ScratchFolder.create(folder)) {
                assertTrue(Files.exists(first.path()));
                assertTrue(Files.exists(second.path()));
            }
        }
        assertArrayEquals(new Object[0], files().toArray());
    }
}
