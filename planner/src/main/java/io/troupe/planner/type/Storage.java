package io.troupe.planner.type;

/// The physical form of a column: which vector class of the engine holds it.
public enum Storage {
    /// No values: every row is null.
    NULL,
    /// One byte per row, 0 or 1.
    BOOLEAN,
    /// `int[]`: tinyint, smallint, int, date, year-month interval.
    INT,
    /// `long[]`: bigint, timestamps, time, day-time interval, decimal of precision ≤ 18 (unscaled).
    LONG,
    FLOAT,
    DOUBLE,
    /// Two `long[]` (high, low) in two's complement: decimal of precision > 18 (unscaled).
    DECIMAL128,
    /// Bytes with offsets: string (UTF-8) and binary.
    BYTES,
    /// Months, days, microseconds.
    INTERVAL,
    ARRAY,
    MAP,
    STRUCT
}
