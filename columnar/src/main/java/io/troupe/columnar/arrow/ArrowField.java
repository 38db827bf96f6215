package io.troupe.columnar.arrow;

import io.troupe.planner.type.DataType;
import java.util.List;

/// A column of an incoming stream: its Spark type and how its bytes lie. `dictionary` is the id of
/// the dictionary that it is encoded with, -1 for none; then `indexBits` and `indexSigned` describe
/// the codes, and the layout that of the dictionary's values.
record ArrowField(
        String name,
        boolean nullable,
        DataType type,
        Layout layout,
        List<ArrowField> children,
        long dictionary,
        int indexBits,
        boolean indexSigned) {

    /// How values lie in buffers. `width` is bytes per value or per offset, `factor` scales stored
    /// units to the engine's when positive and divides when negative.
    record Layout(Kind kind, int width, long factor) {
        Layout(Kind kind, int width) {
            this(kind, width, 1);
        }
    }

    enum Kind {
        NULL,
        BOOLEAN,
        INT,
        UNSIGNED_INT,
        LONG_FROM_INT,
        LONG,
        UNSIGNED_LONG,
        HALF,
        FLOAT,
        DOUBLE,
        DECIMAL,
        DATE_MILLIS,
        BYTES,
        FIXED_BYTES,
        MONTH_DAY_NANO,
        DAY_TIME,
        LIST,
        FIXED_LIST,
        STRUCT,
        MAP
    }
}
