package io.troupe.columnar.operator.exchange;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.troupe.columnar.column.Gather;
import io.troupe.columnar.column.Values;
import io.troupe.columnar.source.PlainTaskContext;
import io.troupe.columnar.vector.Batch;
import io.troupe.columnar.vector.DictionaryVector;
import io.troupe.columnar.vector.LongVector;
import io.troupe.columnar.vector.Vector;
import io.troupe.planner.type.AtomicType;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class PartitionedWriterTest {
    private static final int ROWS = 8192;

    private static List<Batch> written(Batch... batches) {
        List<Batch> handedOn = new ArrayList<>();
        try (PartitionedWriter writer =
                new PartitionedWriter(
                        List.of(AtomicType.LONG),
                        RowPartitioner.roundRobin(1, 0),
                        new PlainTaskContext(),
                        (_, batch) -> handedOn.add(batch))) {
            for (Batch batch : batches) {
                writer.write(batch);
            }
            writer.finish();
        }
        return handedOn;
    }

    private static LongVector numbers(long from) {
        return new LongVector(LongStream.range(from, from + ROWS).toArray(), ROWS, null);
    }

    private static Batch every(int step, long from) {
        int[] rows = IntStream.range(0, ROWS / step).map(i -> i * step).toArray();
        return new Batch(new Vector[] {numbers(from)}, ROWS, rows, rows.length);
    }

    private static List<Long> values(List<Batch> batches) {
        List<Long> values = new ArrayList<>();
        for (Batch batch : batches) {
            int[] rows = Gather.rows(batch);
            for (int i = 0; i < batch.selected(); i++) {
                values.add((Long) Values.get(batch.column(0), rows[i], AtomicType.LONG));
            }
        }
        return values;
    }

    @Test
    void fewRowsOfABatchAreCopiedOutOfIt() {
        List<Batch> handedOn = written(every(64, 0), every(64, ROWS));
        assertEquals(1, handedOn.size());
        assertEquals(LongStream.range(0, 256).map(i -> i * 64).boxed().toList(), values(handedOn));
        assertTrue(handedOn.getFirst().bytes() <= 8 * 256, handedOn.getFirst().bytes() + " bytes");
    }

    @Test
    void mostRowsOfABatchAreHandedOnAsTheyAre() {
        Batch full = new Batch(new Vector[] {numbers(0)}, ROWS);
        assertSame(full, written(full).getFirst());
    }

    @Test
    void rowsStayInOrderWhereSomeAreCopiedAndSomeAreNot() {
        Batch full = new Batch(new Vector[] {numbers(ROWS)}, ROWS);
        List<Long> values = values(written(every(64, 0), full, every(64, 2 * ROWS)));
        assertEquals(values.stream().sorted().toList(), values);
        assertEquals(ROWS + 256, values.size());
    }

    @Test
    void aViewOfMuchMoreThanItsRowsIsCopied() {
        int[] codes = {7, 70, 700};
        Vector view = new DictionaryVector(codes, numbers(0), 3, null, false);
        List<Batch> handedOn = written(new Batch(new Vector[] {view}, 3));
        assertEquals(List.of(7L, 70L, 700L), values(handedOn));
        assertTrue(handedOn.getFirst().bytes() <= 64, handedOn.getFirst().bytes() + " bytes");
    }
}
