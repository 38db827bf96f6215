package io.troupe.columnar.vector;

/// A column of a batch. Immutable once handed on; many vectors may share arrays. The vector does
/// not know its SQL type: plans do; the class follows [io.troupe.planner.type.Storage].
///
/// Validity is a bitmap in Arrow's layout: bit `row & 63` of word `row >> 6`, 1 for present; `null`
/// when every row is present. The value slot of a null row holds anything (readable, never an
/// out-of-range offset or code).
public sealed interface Vector
        permits NullVector,
                BooleanVector,
                IntVector,
                LongVector,
                FloatVector,
                DoubleVector,
                Decimal128Vector,
                BytesVector,
                IntervalVector,
                ListVector,
                MapVector,
                StructVector,
                DictionaryVector {
    int length();

    /// The bitmap, or null when no row is null.
    long[] validity();

    default boolean isNull(int row) {
        long[] validity = validity();
        return validity != null && (validity[row >> 6] >>> row & 1L) == 0;
    }

    /// Approximate heap bytes, shared arrays counted in full.
    long bytes();
}
