package io.troupe.columnar.operator.aggregate;

import io.troupe.columnar.column.Values;
import io.troupe.planner.expression.AggregateCall;
import io.troupe.planner.type.AtomicType;
import io.troupe.planner.type.DataType;
import java.util.Arrays;

/// Aggregates over bitmaps of 32,768 bits.
final class Bitmaps {
    private static final int BYTES = 4096;

    private Bitmaps() {}

    static Collected.Finisher finisher(AggregateCall call) {
        DataType type = call.arguments().getFirst().type();
        return switch (call.function()) {
            case "bitmap_construct_agg" ->
                    (columns, from, to) -> {
                        byte[] bits = new byte[BYTES];
                        for (int row = from; row < to; row++) {
                            long position =
                                    ((Number) Values.get(columns[0], row, type)).longValue();
                            bits[(int) (position >> 3)] |= (byte) (1 << (position & 7));
                        }
                        return bits;
                    };
            case "bitmap_or_agg" ->
                    (columns, from, to) -> {
                        byte[] bits = new byte[BYTES];
                        for (int row = from; row < to; row++) {
                            byte[] other = (byte[]) Values.get(columns[0], row, AtomicType.BINARY);
                            for (int i = 0; i < Math.min(BYTES, other.length); i++) {
                                bits[i] |= other[i];
                            }
                        }
                        return bits;
                    };
            default ->
                    (columns, from, to) -> {
                        byte[] bits = new byte[BYTES];
                        Arrays.fill(bits, (byte) -1);
                        for (int row = from; row < to; row++) {
                            byte[] other = (byte[]) Values.get(columns[0], row, AtomicType.BINARY);
                            for (int i = 0; i < BYTES; i++) {
                                bits[i] &= i < other.length ? other[i] : 0;
                            }
                        }
                        return bits;
                    };
        };
    }
}
