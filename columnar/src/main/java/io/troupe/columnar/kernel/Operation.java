package io.troupe.columnar.kernel;

/// A binary arithmetic operation.
public enum Operation {
    ADD("+", "try_add"),
    SUBTRACT("-", "try_subtract"),
    MULTIPLY("*", "try_multiply"),
    DIVIDE("/", "try_divide"),
    INTEGRAL_DIVIDE("div", "try_divide"),
    REMAINDER("%", "try_mod"),
    POSITIVE_MODULUS("pmod", "");

    private final String symbol;
    private final String tryFunction;

    Operation(String symbol, String tryFunction) {
        this.symbol = symbol;
        this.tryFunction = tryFunction;
    }

    public String symbol() {
        return symbol;
    }

    public String tryFunction() {
        return tryFunction;
    }

    boolean divides() {
        return ordinal() >= DIVIDE.ordinal();
    }

    RuntimeException zeroDivisor() {
        return this == REMAINDER || this == POSITIVE_MODULUS
                ? Failures.arithmetic("REMAINDER_BY_ZERO", "config", Failures.ANSI_CONFIG)
                : Failures.divideByZero();
    }
}
