package io.troupe.console.rest;

import io.troupe.console.http.ClientError;
import io.troupe.console.model.ApplicationModel;
import io.troupe.console.model.CacheModel;
import io.troupe.console.model.CachedBlocks;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Cached plans as Spark's `RDDStorageInfo`.
final class StorageAnswers {
    private StorageAnswers() {}

    static List<Map<String, Object>> all(ApplicationModel model) {
        List<Map<String, Object>> answers = new ArrayList<>();
        for (CacheModel cache : model.caches()) {
            if (cache.dropped() == 0) {
                answers.add(of(model, cache));
            }
        }
        return answers;
    }

    static Map<String, Object> one(ApplicationModel model, long id) {
        for (CacheModel cache : model.caches()) {
            if (cache.id() == id && cache.dropped() == 0) {
                return of(model, cache);
            }
        }
        throw ClientError.missing("cached plan " + id);
    }

    private static Map<String, Object> of(ApplicationModel model, CacheModel cache) {
        CachedBlocks blocks = CachedBlocks.of(model, cache);
        return new Fields()
                .put("id", cache.id())
                .put("name", cache.description())
                .put("numPartitions", blocks.partitions())
                .put("numCachedPartitions", blocks.filled())
                .put("storageLevel", cache.level())
                .put("memoryUsed", blocks.bytes() - blocks.spilled())
                .put("diskUsed", blocks.spilled())
                .done();
    }
}
