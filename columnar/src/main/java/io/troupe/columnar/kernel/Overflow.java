package io.troupe.columnar.kernel;

/// What a kernel does with a result that its type cannot hold, or with a zero divisor.
public enum Overflow {
    /// An error (ANSI).
    FAIL,
    /// The low bits for integers, null for decimals and zero divisors (ANSI off).
    WRAP,
    /// Null (the `try_` functions).
    NULL;

    public static Overflow of(boolean ansi) {
        return ansi ? FAIL : WRAP;
    }
}
