package io.troupe.console.model;

import java.util.Comparator;
import java.util.List;

/// What a cached plan holds, from the tasks of the stage that filled it.
///
/// @param partitions that it has
/// @param filled that were filled
/// @param bytes of all its blocks
/// @param spilled bytes of those that went to disk as they were written
public record CachedBlocks(int partitions, int filled, long bytes, long spilled) {
    /// Empty before the first task that fills it has ended.
    public static CachedBlocks of(ApplicationModel model, CacheModel cache) {
        List<StageModel> stages = model.stagesOf(cache.query());
        return stages.stream()
                .max(Comparator.comparingInt(StageModel::stage))
                .map(CachedBlocks::of)
                .orElse(new CachedBlocks(0, 0, 0, 0));
    }

    private static CachedBlocks of(StageModel stage) {
        return new CachedBlocks(
                stage.tasks(),
                stage.succeeded(),
                stage.sum(TaskMetric.SHUFFLE_WRITE_BYTES) + stage.sum(TaskMetric.RESULT_BYTES),
                stage.counters().getOrDefault("exchange.spill.bytes", 0L));
    }
}
