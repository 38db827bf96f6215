package io.troupe.columnar.compile;

import io.troupe.columnar.column.Gather;
import io.troupe.columnar.column.Values;
import io.troupe.columnar.kernel.EvaluationSettings;
import io.troupe.columnar.kernel.Failures;
import io.troupe.columnar.kernel.ValueOrder;
import io.troupe.columnar.vector.MapVector;
import io.troupe.columnar.vector.Vector;
import java.util.Arrays;

/// Keeps the keys of each map distinct: a key that comes twice is an error, or its last value wins,
/// as `spark.sql.mapKeyDedupPolicy` says. A null key is an error.
final class MapKeys {
    private final boolean lastWins;

    MapKeys(EvaluationSettings settings) {
        lastWins =
                settings.conf("spark.sql.mapKeyDedupPolicy", "EXCEPTION")
                        .equalsIgnoreCase("LAST_WIN");
    }

    MapVector distinct(int[] offsets, Vector keys, Vector values, int length, long[] validity) {
        int[] keyRows = new int[keys.length()];
        int[] valueRows = new int[keys.length()];
        int[] kept = new int[length + 1];
        int at = 0;
        for (int row = 0; row < length; row++) {
            kept[row] = at;
            for (int e = offsets[row]; e < offsets[row + 1]; e++) {
                int same = find(keys, keyRows, kept[row], at, e);
                if (same < 0) {
                    keyRows[at] = e;
                    valueRows[at++] = e;
                } else if (lastWins) {
                    valueRows[same] = e;
                } else {
                    throw duplicate(keys, e);
                }
            }
        }
        kept[length] = at;
        if (at == keys.length()) {
            return new MapVector(offsets, keys, values, length, validity);
        }
        return new MapVector(
                kept,
                Gather.copy(keys, Arrays.copyOf(keyRows, at), 0, at),
                Gather.copy(values, Arrays.copyOf(valueRows, at), 0, at),
                length,
                validity);
    }

    private static int find(Vector keys, int[] rows, int from, int to, int key) {
        if (keys.isNull(key)) {
            throw Failures.runtime("NULL_MAP_KEY");
        }
        for (int i = from; i < to; i++) {
            if (ValueOrder.compare(keys, rows[i], keys, key) == 0) {
                return i;
            }
        }
        return -1;
    }

    private static RuntimeException duplicate(Vector keys, int row) {
        Object shown =
                keys instanceof io.troupe.columnar.vector.BytesVector
                        ? Values.get(keys, row, io.troupe.planner.type.StringType.STRING)
                        : "at row " + row;
        return Failures.runtime(
                "DUPLICATED_MAP_KEY",
                "key",
                String.valueOf(shown),
                "mapKeyDedupPolicy",
                "\"spark.sql.mapKeyDedupPolicy\"");
    }
}
