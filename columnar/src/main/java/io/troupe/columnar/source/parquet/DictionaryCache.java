package io.troupe.columnar.source.parquet;

import io.troupe.columnar.vector.Vector;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/// Decoded dictionaries of column chunks, kept for the scans that follow: queries of a session read
/// the same columns again and again, and most of what decompression costs goes into dictionaries of
/// numbers.
///
/// The least recently used one makes room, but only when it has lain idle for many look-ups: a scan
/// of more than the cache holds would otherwise replace everything and find nothing.
final class DictionaryCache {
    private static final long MOST_BYTES = 192L << 20;
    private static final int HEAP_SHARE = 32;

    /// An entry is idle after this many look-ups per entry held.
    private static final int IDLE_ROUNDS = 8;

    static final DictionaryCache OF_PROCESS =
            new DictionaryCache(
                    Math.min(MOST_BYTES, Runtime.getRuntime().maxMemory() / HEAP_SHARE));

    private final long capacity;
    private final Map<Key, Held> entries = new LinkedHashMap<>(64, 0.75f, true);
    private long bytes;
    private long clock;

    /// @param capacity bytes of vectors
    DictionaryCache(long capacity) {
        this.capacity = capacity;
    }

    /// A column chunk: footers are one object per state of a file.
    ///
    /// @param leaf number of the column among the file's leaves
    /// @param start where the chunk begins
    record Key(ParquetFooter footer, int leaf, long start) {}

    /// A dictionary as stored in the file.
    ///
    /// @param next where in the file the page behind the dictionary begins
    /// @param distinct whether its entries are known to differ
    record Entry(Vector values, long next, boolean distinct) {}

    private static final class Held {
        final Entry entry;
        long used;

        Held(Entry entry, long used) {
            this.entry = entry;
            this.used = used;
        }
    }

    /// The dictionary of this chunk; null when it is not known.
    synchronized Entry find(Key chunk) {
        clock++;
        Held held = entries.get(chunk);
        if (held == null) {
            return null;
        }
        held.used = clock;
        return held.entry;
    }

    synchronized void keep(Key chunk, Entry entry) {
        long size = entry.values().bytes();
        if (size > capacity || entries.containsKey(chunk) || !makeRoom(size)) {
            return;
        }
        entries.put(chunk, new Held(entry, clock));
        bytes += size;
    }

    private boolean makeRoom(long size) {
        Iterator<Held> eldest = entries.values().iterator();
        while (bytes + size > capacity && eldest.hasNext()) {
            Held held = eldest.next();
            if (clock - held.used < (long) IDLE_ROUNDS * entries.size()) {
                return false;
            }
            bytes -= held.entry.values().bytes();
            eldest.remove();
        }
        return true;
    }

    synchronized long bytes() {
        return bytes;
    }
}
