package io.troupe.columnar.kernel;

/// The rows to compute: `selection[0 .. count)`, or 0 .. count when `selection` is null. Argument
/// and result vectors have `length` rows; rows outside the selection may be computed too when that
/// cannot fail, and hold anything.
public record Rows(int[] selection, int count, int length) {
    public static Rows all(int length) {
        return new Rows(null, length, length);
    }

    public int row(int i) {
        return selection == null ? i : selection[i];
    }

    /// Whether a loop over all rows is at least as cheap as one over the selection.
    public boolean dense() {
        return selection == null || count * 2 >= length;
    }
}
