package io.troupe.columnar.operator.aggregate;

import io.troupe.columnar.column.Gather;
import io.troupe.columnar.hash.KeyIndex;
import io.troupe.columnar.vector.IntVector;
import io.troupe.columnar.vector.Vector;
import io.troupe.planner.type.AtomicType;
import io.troupe.planner.type.DataType;
import java.util.ArrayList;
import java.util.List;

/// Lets each combination of group and argument values pass once.
final class DistinctRows {
    private final KeyIndex seen;
    int[] rows = {};
    int[] groups = {};
    int count;

    DistinctRows(List<DataType> arguments) {
        List<DataType> types = new ArrayList<>();
        types.add(AtomicType.INTEGER);
        types.addAll(arguments);
        seen = new KeyIndex(types);
    }

    /// Leaves the rows that are new in `rows`, `groups` and `count`.
    void filter(Vector[] arguments, int[] inputRows, int[] inputGroups, int inputCount) {
        Vector[] keys = new Vector[arguments.length + 1];
        keys[0] = new IntVector(inputGroups, inputCount, null);
        for (int a = 0; a < arguments.length; a++) {
            keys[a + 1] = Gather.copy(arguments[a], inputRows, 0, inputCount);
        }
        int[] ids = new int[inputCount];
        int known = seen.size();
        seen.assign(keys, Gather.identity(inputCount), inputCount, ids);
        if (rows.length < inputCount) {
            rows = new int[inputCount];
            groups = new int[inputCount];
        }
        count = 0;
        int next = known;
        for (int i = 0; i < inputCount; i++) {
            if (ids[i] == next) {
                rows[count] = inputRows[i];
                groups[count++] = inputGroups[i];
                next++;
            }
        }
    }

    long bytes() {
        return seen.bytes();
    }
}
