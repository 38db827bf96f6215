package io.troupe.planner.type;

/// Fixed-point number: `precision` digits in all (1 to 38), `scale` of them after the point (0 to
/// precision).
public record DecimalType(int precision, int scale) implements DataType {
    public static final int MAX_PRECISION = 38;

    /// Widest precision whose unscaled value always fits a `long`.
    public static final int MAX_LONG_PRECISION = 18;

    public static final DecimalType DEFAULT = new DecimalType(10, 0);

    public DecimalType {
        if (precision < 0 || precision > MAX_PRECISION || scale > precision) {
            throw new IllegalArgumentException(
                    "decimal(" + precision + "," + scale + ") is out of range");
        }
    }

    @Override
    public String simpleString() {
        return "decimal(" + precision + "," + scale + ")";
    }

    @Override
    public Storage storage() {
        return precision <= MAX_LONG_PRECISION ? Storage.LONG : Storage.DECIMAL128;
    }
}
