package io.troupe.columnar.source.parquet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;

import io.troupe.columnar.vector.LongVector;
import org.junit.jupiter.api.Test;

class DictionaryCacheTest {
    private static final long ENTRY_BYTES = 80;

    private final DictionaryCache cache = new DictionaryCache(4 * ENTRY_BYTES);

    private static DictionaryCache.Key chunk(int number) {
        return new DictionaryCache.Key(null, 0, number);
    }

    private static DictionaryCache.Entry entry(int values) {
        return new DictionaryCache.Entry(new LongVector(new long[values], values, null), 4L, false);
    }

    private DictionaryCache.Entry read(int number) {
        DictionaryCache.Entry known = cache.find(chunk(number));
        if (known != null) {
            return known;
        }
        cache.keep(chunk(number), entry(10));
        return null;
    }

    @Test
    void givesBackWhatWasKept() {
        DictionaryCache.Entry kept = entry(10);
        cache.keep(chunk(1), kept);
        assertSame(kept, cache.find(chunk(1)));
        assertNull(cache.find(new DictionaryCache.Key(null, 1, 1)), "another column");
        assertEquals(ENTRY_BYTES, cache.bytes());
    }

    @Test
    void staysWithinItsBytes() {
        for (int i = 0; i < 1000; i++) {
            read(i);
        }
        assertEquals(4 * ENTRY_BYTES, cache.bytes());
        cache.keep(chunk(-1), entry(1000));
        assertNull(cache.find(chunk(-1)), "larger than the cache");
    }

    @Test
    void keepsHittingWhenScansNeedMoreThanItHolds() {
        int hits = 0;
        for (int round = 0; round < 10; round++) {
            for (int i = 0; i < 8; i++) {
                hits += read(i) == null ? 0 : 1;
            }
        }
        assertEquals(9 * 4, hits, "half of each later scan");
    }

    @Test
    void forgetsWhatLiesIdle() {
        for (int i = 0; i < 4; i++) {
            read(i);
        }
        for (int round = 0; round < 20; round++) {
            for (int i = 10; i < 14; i++) {
                read(i);
            }
        }
        for (int i = 10; i < 14; i++) {
            assertNotNull(read(i));
        }
    }
}
