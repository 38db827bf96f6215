package io.troupe.console.model;

/// A cached plan.
///
/// @param id its number
/// @param level its storage level
/// @param description what is cached
/// @param filled when it was asked to be filled, in milliseconds since the epoch
/// @param dropped when it was dropped, or 0
public record CacheModel(long id, String level, String description, long filled, long dropped) {
    /// The query number under which its stages run.
    public long query() {
        return -1 - id;
    }

    CacheModel drop(long time) {
        return new CacheModel(id, level, description, filled, time);
    }
}
