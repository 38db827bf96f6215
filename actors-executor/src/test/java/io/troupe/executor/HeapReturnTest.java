package io.troupe.executor;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class HeapReturnTest {
    private static final long MEBIBYTE = 1L << 20;

    @Test
    void leavesSmallGarbageAlone() {
        assertFalse(HeapReturn.isDue(500 * MEBIBYTE, 0));
        assertFalse(HeapReturn.isDue(600 * MEBIBYTE, 100 * MEBIBYTE));
    }

    @Test
    void collectsWhenGarbageIsLargeBesideWhatLives() {
        assertTrue(HeapReturn.isDue(613 * MEBIBYTE, 100 * MEBIBYTE));
    }

    @Test
    void waitsForAsMuchGarbageAsIsAliveSoThatLargeCachesAreNotWalkedForLittle() {
        assertFalse(HeapReturn.isDue(7_000 * MEBIBYTE, 4_000 * MEBIBYTE));
        assertTrue(HeapReturn.isDue(8_001 * MEBIBYTE, 4_000 * MEBIBYTE));
    }
}
