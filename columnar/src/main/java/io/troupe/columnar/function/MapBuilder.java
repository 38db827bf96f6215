package io.troupe.columnar.function;

import io.troupe.columnar.kernel.EvaluationSettings;
import io.troupe.columnar.kernel.Failures;
import java.util.AbstractMap.SimpleImmutableEntry;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Puts a map value together from keys and values in literal form. Keys may not be null; a key that
/// comes twice is an error, or the last one wins, as `spark.sql.mapKeyDedupPolicy` says.
final class MapBuilder {
    private final boolean lastWins;
    private final Map<Object, Integer> places = new HashMap<>();
    private final List<Object> keys = new ArrayList<>();
    private final List<Object> values = new ArrayList<>();

    MapBuilder(EvaluationSettings settings) {
        lastWins =
                settings.conf("spark.sql.mapKeyDedupPolicy", "EXCEPTION")
                        .equalsIgnoreCase("LAST_WIN");
    }

    void clear() {
        places.clear();
        keys.clear();
        values.clear();
    }

    /// Arrays of bytes have no equality of their own, and -0.0 is 0.0 as a key.
    private static Object identity(Object key) {
        return switch (key) {
            case byte[] bytes -> Arrays.asList("bytes", Arrays.toString(bytes));
            case Double number when number == 0 -> 0.0;
            case Float number when number == 0 -> 0.0f;
            default -> key;
        };
    }

    void put(Object key, Object value) {
        if (key == null) {
            throw Failures.runtime("NULL_MAP_KEY");
        }
        Object same = identity(key);
        Integer place = places.putIfAbsent(same, keys.size());
        if (place == null) {
            keys.add(key instanceof Double || key instanceof Float ? same : key);
            values.add(value);
        } else if (lastWins) {
            values.set(place, value);
        } else {
            throw Failures.runtime(
                    "DUPLICATED_MAP_KEY",
                    "key",
                    String.valueOf(key),
                    "mapKeyDedupPolicy",
                    "\"spark.sql.mapKeyDedupPolicy\"");
        }
    }

    List<Map.Entry<Object, Object>> entries() {
        List<Map.Entry<Object, Object>> entries = new ArrayList<>(keys.size());
        for (int i = 0; i < keys.size(); i++) {
            entries.add(new SimpleImmutableEntry<>(keys.get(i), values.get(i)));
        }
        return entries;
    }
}
