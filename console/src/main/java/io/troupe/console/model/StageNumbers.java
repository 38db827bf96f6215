package io.troupe.console.model;

import java.util.HashMap;
import java.util.Map;

/// Numbers the stages of an application from 0 in the order in which jobs name them, as Spark does:
/// the log names them by query and place.
final class StageNumbers {
    private final Map<Key, Integer> numbers = new HashMap<>();

    private record Key(long query, int stage) {}

    int of(long query, int stage) {
        return numbers.computeIfAbsent(new Key(query, stage), key -> numbers.size());
    }
}
