package io.troupe.columnar.compile;

import io.troupe.columnar.column.Gather;
import io.troupe.columnar.kernel.Blend;
import io.troupe.columnar.vector.Batch;
import io.troupe.columnar.vector.NullVector;
import io.troupe.columnar.vector.Vector;
import io.troupe.planner.type.DataType;
import java.util.List;

/// Searched CASE: each condition sees the rows that no earlier one took, each value its condition's
/// rows. The last value is ELSE's.
final class CaseFunction implements VectorFunction {
    private final List<VectorPredicate> conditions;
    private final List<VectorFunction> values;
    private final DataType type;

    CaseFunction(List<VectorPredicate> conditions, List<VectorFunction> values, DataType type) {
        this.conditions = conditions;
        this.values = values;
        this.type = type;
    }

    @Override
    public Vector evaluate(Batch batch, int[] selection, int count) {
        int length = batch.rowCount();
        int[] left = selection == null ? Gather.identity(count) : selection;
        int remaining = count;
        Blend blend = new Blend(type, length);
        boolean any = false;
        for (int i = 0; i < conditions.size() && remaining > 0; i++) {
            int[] taken = new int[remaining];
            int found = conditions.get(i).select(batch, left, remaining, taken);
            if (found > 0) {
                Vector value = values.get(i).evaluate(batch, taken, found);
                if (found == count) {
                    return value;
                }
                any |= !(value instanceof NullVector);
                blend.put(value, taken, found);
                left = Selections.without(left, remaining, taken, found);
                remaining -= found;
            }
        }
        if (remaining > 0) {
            Vector value = values.getLast().evaluate(batch, left, remaining);
            if (remaining == count) {
                return value;
            }
            any |= !(value instanceof NullVector);
            blend.put(value, left, remaining);
        }
        return any ? blend.build() : new NullVector(length);
    }
}
