package io.troupe.columnar.compile;

import static io.troupe.columnar.compile.Evaluation.call;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.troupe.columnar.kernel.EvaluationSettings;
import io.troupe.planner.expression.Attribute;
import io.troupe.planner.expression.Cast;
import io.troupe.planner.type.DecimalType;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// Decimal kernels against BigDecimal, over random values of many widths. Results that do not fit
/// are null (ANSI off).
class DecimalArithmeticTest {
    private static final int[][] TYPES = {
        {5, 2}, {15, 2}, {18, 0}, {18, 18}, {19, 4}, {38, 10}, {38, 0}, {10, 10}, {30, 2}
    };
    private final Random random = new Random(7);

    private BigDecimal value(DecimalType type) {
        return value(type, type.precision());
    }

    private BigDecimal value(DecimalType type, int mostDigits) {
        if (random.nextInt(8) == 0) {
            return null;
        }
        int digits = 1 + random.nextInt(Math.min(mostDigits, type.precision()));
        BigInteger unscaled = new BigInteger(128, random).mod(BigInteger.TEN.pow(digits));
        return new BigDecimal(random.nextBoolean() ? unscaled : unscaled.negate(), type.scale());
    }

    private static BigDecimal fit(BigDecimal exact, DecimalType type) {
        BigDecimal rounded = exact.setScale(type.scale(), RoundingMode.HALF_UP);
        return rounded.unscaledValue().abs().compareTo(BigInteger.TEN.pow(type.precision())) < 0
                ? rounded
                : null;
    }

    private static BigDecimal expected(
            String operator, BigDecimal a, BigDecimal b, DecimalType type) {
        if (a == null || b == null || operator.equals("/") && b.signum() == 0) {
            return null;
        }
        return switch (operator) {
            case "+" -> fit(a.add(b), type);
            case "-" -> fit(a.subtract(b), type);
            case "*" -> fit(a.multiply(b), type);
            default -> fit(a.divide(b, type.scale(), RoundingMode.HALF_UP), type);
        };
    }

    private static DecimalType result(String operator, DecimalType a, DecimalType b) {
        int whole = Math.max(a.precision() - a.scale(), b.precision() - b.scale());
        int scale =
                switch (operator) {
                    case "+", "-" -> Math.max(a.scale(), b.scale());
                    case "*" -> a.scale() + b.scale();
                    default -> Math.max(6, a.scale() + b.precision() + 1);
                };
        int precision =
                switch (operator) {
                    case "+", "-" -> whole + scale + 1;
                    case "*" -> a.precision() + b.precision() + 1;
                    default -> a.precision() - a.scale() + b.scale() + scale;
                };
        if (precision <= 38) {
            return new DecimalType(precision, scale);
        }
        int kept = Math.max(38 - (precision - scale), Math.min(scale, 6));
        return new DecimalType(38, kept);
    }

    @Test
    void agreesWithBigDecimalForAllOperatorsAndWidths() {
        for (int[] left : TYPES) {
            for (int[] right : TYPES) {
                DecimalType a = new DecimalType(left[0], left[1]);
                DecimalType b = new DecimalType(right[0], right[1]);
                for (String operator : List.of("+", "-", "*", "/")) {
                    check(operator, a, b, 38);
                    check(operator, a, b, 18);
                }
                checkCast(a, b);
            }
        }
    }

    private void check(String operator, DecimalType a, DecimalType b, int mostDigits) {
        Evaluation e = new Evaluation(EvaluationSettings.DEFAULT.withAnsi(false));
        List<Object> x = new ArrayList<>();
        List<Object> y = new ArrayList<>();
        List<Object> wanted = new ArrayList<>();
        DecimalType type = result(operator, a, b);
        for (int i = 0; i < 70; i++) {
            BigDecimal p = value(a, mostDigits);
            BigDecimal q = value(b, mostDigits);
            x.add(p);
            y.add(q);
            wanted.add(expected(operator, p, q, type));
        }
        Attribute c = e.column(a, x.toArray());
        Attribute d = e.column(b, y.toArray());
        assertEquals(wanted, e.values(call(operator, type, c, d)), a + operator + b);
    }

    private void checkCast(DecimalType a, DecimalType b) {
        if (a.equals(b)) {
            return;
        }
        Evaluation e = new Evaluation();
        List<Object> x = new ArrayList<>();
        List<Object> wanted = new ArrayList<>();
        for (int i = 0; i < 70; i++) {
            BigDecimal p = value(a);
            x.add(p);
            wanted.add(p == null ? null : fit(p, b));
        }
        assertEquals(
                wanted,
                e.values(new Cast(e.column(a, x.toArray()), b, Cast.Mode.TRY)),
                a + " to " + b);
    }
}
