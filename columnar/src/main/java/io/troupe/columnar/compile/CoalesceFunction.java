package io.troupe.columnar.compile;

import io.troupe.columnar.column.Gather;
import io.troupe.columnar.kernel.Blend;
import io.troupe.columnar.vector.Batch;
import io.troupe.columnar.vector.NullVector;
import io.troupe.columnar.vector.Vector;
import io.troupe.planner.type.DataType;
import java.util.List;

/// The first argument that is not null; later ones are computed only for the rows still null.
final class CoalesceFunction implements VectorFunction {
    private final List<VectorFunction> arguments;
    private final DataType type;

    CoalesceFunction(List<VectorFunction> arguments, DataType type) {
        this.arguments = arguments;
        this.type = type;
    }

    @Override
    public Vector evaluate(Batch batch, int[] selection, int count) {
        int length = batch.rowCount();
        int[] left = selection == null ? Gather.identity(count) : selection;
        int remaining = count;
        Blend blend = null;
        for (VectorFunction argument : arguments) {
            if (remaining == 0) {
                break;
            }
            Vector value = argument.evaluate(batch, left, remaining);
            if (value instanceof NullVector) {
                continue;
            }
            long[] validity = value.validity();
            if (validity == null && remaining == count) {
                return value;
            }
            int[] present = new int[remaining];
            int[] missing = new int[remaining];
            int found = 0;
            int lost = 0;
            for (int i = 0; i < remaining; i++) {
                int row = left[i];
                boolean there = validity == null || (validity[row >> 6] >>> row & 1L) != 0;
                present[found] = row;
                missing[lost] = row;
                found += there ? 1 : 0;
                lost += there ? 0 : 1;
            }
            blend = blend == null ? new Blend(type, length) : blend;
            blend.put(value, present, found);
            left = missing;
            remaining = lost;
        }
        return blend == null ? new NullVector(length) : blend.build();
    }
}
