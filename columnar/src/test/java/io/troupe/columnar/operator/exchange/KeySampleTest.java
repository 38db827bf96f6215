package io.troupe.columnar.operator.exchange;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.troupe.columnar.hash.KeyHash;
import io.troupe.columnar.operator.TaskMetrics;
import io.troupe.columnar.vector.LongVector;
import io.troupe.columnar.vector.Vector;
import io.troupe.planner.type.AtomicType;
import io.troupe.planner.type.DataType;
import io.troupe.planner.type.DecimalType;
import java.util.List;
import java.util.Map;
import java.util.function.IntToLongFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class KeySampleTest {
    private static final int ROWS = 200_000;
    private static final int BATCH = 5000;

    private static Map<String, Long> told(DataType type, IntToLongFunction key, long[] validity) {
        KeySample sample = new KeySample(new KeyText(List.of(type)));
        int[] rows = IntStream.range(0, BATCH).toArray();
        long[] hashes = new long[BATCH];
        for (int from = 0; from < ROWS; from += BATCH) {
            int start = from;
            long[] values =
                    IntStream.range(0, BATCH).mapToLong(i -> key.applyAsLong(start + i)).toArray();
            Vector[] columns = {new LongVector(values, BATCH, validity)};
            KeyHash.hash(columns, rows, BATCH, 42, hashes);
            sample.look(columns, rows, hashes, BATCH);
        }
        TaskMetrics metrics = new TaskMetrics();
        sample.tell(metrics);
        return metrics.snapshot();
    }

    @Test
    void aKeyWithMostOfTheRowsIsToldWithAnEstimateOfThem() {
        Map<String, Long> told = told(AtomicType.LONG, i -> i % 10 < 6 ? 7 : i, null);
        long rows = told.get("exchange.heavy.7.rows");
        assertTrue(Math.abs(rows - 0.6 * ROWS) < 0.15 * ROWS, told.toString());
        assertEquals(1, told.size());
    }

    @Test
    void evenKeysAreNotTold() {
        assertEquals(Map.of(), told(AtomicType.LONG, i -> i % 1000, null));
    }

    @Test
    void missingKeysAreToldAsNull() {
        assertEquals(
                List.of("exchange.heavy.NULL.rows"),
                List.copyOf(told(AtomicType.LONG, i -> i, new long[(BATCH + 63) / 64]).keySet()));
    }

    @Test
    void decimalsAreToldWithTheirPoint() {
        assertEquals(
                Map.of("exchange.heavy.1.50.rows", (long) ROWS),
                told(new DecimalType(10, 2), i -> 150, null));
    }
}
