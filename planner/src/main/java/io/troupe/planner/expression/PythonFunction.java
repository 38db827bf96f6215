package io.troupe.planner.expression;

import io.troupe.planner.type.DataType;
import java.util.Arrays;

/// A user's Python function: `command` is its cloudpickle, `evalType` PySpark's number for its kind
/// (100 row-at-a-time, 101 Arrow rows, 200 scalar pandas, 201 grouped map, 202 grouped aggregate,
/// 204 iterator, 205 map in pandas, 206 cogrouped, 207 map in Arrow …). `id` is unique within a
/// session. `body` is what it computes, as far as that can be told.
public record PythonFunction(
        long id,
        String name,
        byte[] command,
        DataType returnType,
        int evalType,
        boolean deterministic,
        PythonBody body) {
    @Override
    public boolean equals(Object other) {
        return other instanceof PythonFunction that && that.id == id;
    }

    @Override
    public int hashCode() {
        return Long.hashCode(id);
    }

    @Override
    public String toString() {
        return name + "#" + id + "[" + Arrays.hashCode(command) + "]";
    }
}
