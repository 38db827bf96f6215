package io.troupe.planner.sql;

import io.troupe.planner.error.TroupeException;
import io.troupe.planner.expression.Literal;
import io.troupe.planner.type.AtomicType;
import io.troupe.planner.type.DataType;
import io.troupe.planner.type.DecimalType;
import io.troupe.planner.type.TimeType;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Locale;
import java.util.stream.Collectors;
import org.antlr.v4.runtime.ParserRuleContext;

/// Literals to typed values.
final class LiteralReader {
    private static final String TYPED_KINDS =
            "\"DATE\", \"TIMESTAMP_NTZ\", \"TIMESTAMP_LTZ\", \"TIMESTAMP\", \"INTERVAL\", \"X\", \"TIME\"";

    private final Readers readers;
    private final IntervalReader intervals;

    LiteralReader(Readers readers) {
        this.readers = readers;
        this.intervals = new IntervalReader(readers);
    }

    Literal literal(TroupeSql.LiteralContext tree) {
        return switch (tree) {
            case TroupeSql.NullLiteralContext ignored -> Literal.ofNull(AtomicType.VOID);
            case TroupeSql.BooleanLiteralContext truth ->
                    truth.TRUE() != null ? Literal.TRUE : Literal.FALSE;
            case TroupeSql.NumberLiteralContext number ->
                    number(number, number.number(), number.DASH() != null);
            case TroupeSql.IntervalLiteralContext interval -> intervals.literal(interval);
            case TroupeSql.TypedLiteralContext typed -> typed(typed);
            case TroupeSql.TextLiteralContext text -> Literal.of(text(text.stringLiteral()));
            default -> throw Readers.unknown(tree);
        };
    }

    String text(TroupeSql.StringLiteralContext tree) {
        return tree.stringToken().stream().map(this::text).collect(Collectors.joining());
    }

    String text(TroupeSql.StringTokenContext tree) {
        return QuotedText.value(tree.getText(), readers.settings().escapedStringLiterals());
    }

    Literal number(ParserRuleContext tree, TroupeSql.NumberContext number, boolean negative) {
        String written = number.getText();
        String sign = negative ? "-" : "";
        return switch (number.getStart().getType()) {
            case TroupeSql.WHOLE_NUMBER -> whole(tree, new BigInteger(sign + written));
            case TroupeSql.DECIMAL_NUMBER -> decimal(tree, number(tree, sign + written));
            case TroupeSql.EXPONENT_NUMBER ->
                    real(tree, sign + written, Double.MAX_VALUE, "double");
            case TroupeSql.BIGINT_NUMBER ->
                    bounded(
                            tree,
                            sign + cut(written, 1),
                            AtomicType.LONG,
                            Long.MIN_VALUE,
                            Long.MAX_VALUE);
            case TroupeSql.SMALLINT_NUMBER ->
                    bounded(
                            tree,
                            sign + cut(written, 1),
                            AtomicType.SHORT,
                            Short.MIN_VALUE,
                            Short.MAX_VALUE);
            case TroupeSql.TINYINT_NUMBER ->
                    bounded(
                            tree,
                            sign + cut(written, 1),
                            AtomicType.BYTE,
                            Byte.MIN_VALUE,
                            Byte.MAX_VALUE);
            case TroupeSql.FLOAT_NUMBER ->
                    real(tree, sign + cut(written, 1), Float.MAX_VALUE, "float");
            case TroupeSql.DOUBLE_NUMBER ->
                    real(tree, sign + cut(written, 1), Double.MAX_VALUE, "double");
            case TroupeSql.BIG_DECIMAL_NUMBER ->
                    decimal(tree, number(tree, sign + cut(written, 2)));
            default -> throw Readers.unknown(number);
        };
    }

    private static String cut(String text, int suffix) {
        return text.substring(0, text.length() - suffix);
    }

    private Literal whole(ParserRuleContext tree, BigInteger value) {
        if (value.bitLength() < Integer.SIZE) {
            return Literal.of(value.intValueExact());
        }
        return value.bitLength() < Long.SIZE
                ? Literal.of(value.longValueExact())
                : decimal(tree, new BigDecimal(value));
    }

    private Literal decimal(ParserRuleContext tree, BigDecimal written) {
        // Counted before the zeros of a large exponent are written out.
        long digits = (long) written.precision() - written.scale();
        if (written.scale() < 0 && written.signum() != 0 && digits > DecimalType.MAX_PRECISION) {
            throw tooPrecise(digits);
        }
        BigDecimal value = written.scale() < 0 ? written.setScale(0) : written;
        int precision = Math.max(value.precision(), value.scale());
        if (precision > DecimalType.MAX_PRECISION) {
            throw tooPrecise(precision);
        }
        return new Literal(value, new DecimalType(precision, value.scale()));
    }

    private static TroupeException tooPrecise(long precision) {
        return new TroupeException(
                TroupeException.Kind.ParseException,
                "DECIMAL_PRECISION_EXCEEDS_MAX_PRECISION",
                "22003",
                "Decimal precision "
                        + precision
                        + " exceeds max precision "
                        + DecimalType.MAX_PRECISION
                        + ".",
                Names.pairs(
                        "precision",
                        "" + precision,
                        "maxPrecision",
                        "" + DecimalType.MAX_PRECISION));
    }

    private Literal bounded(
            ParserRuleContext tree, String digits, AtomicType type, long minimum, long maximum) {
        BigInteger value = new BigInteger(digits);
        if (value.compareTo(BigInteger.valueOf(minimum)) < 0
                || value.compareTo(BigInteger.valueOf(maximum)) > 0) {
            throw outOfRange(tree, digits, type.simpleString(), "" + minimum, "" + maximum);
        }
        return switch (type) {
            case BYTE -> new Literal(value.byteValueExact(), type);
            case SHORT -> new Literal(value.shortValueExact(), type);
            default -> new Literal(value.longValueExact(), type);
        };
    }

    private Literal real(ParserRuleContext tree, String digits, double largest, String typeName) {
        BigDecimal value = number(tree, digits);
        if (value.abs().compareTo(new BigDecimal(largest)) > 0) {
            String bound = typeName.equals("float") ? "" + Float.MAX_VALUE : "" + Double.MAX_VALUE;
            throw outOfRange(tree, digits, typeName, "-" + plus(bound), plus(bound));
        }
        return typeName.equals("float")
                ? new Literal(Float.parseFloat(digits), AtomicType.FLOAT)
                : new Literal(Double.parseDouble(digits), AtomicType.DOUBLE);
    }

    private BigDecimal number(ParserRuleContext tree, String digits) {
        try {
            return new BigDecimal(digits);
        } catch (NumberFormatException e) {
            throw readers.fail(
                    tree,
                    "_LEGACY_ERROR_TEMP_0060",
                    "42601",
                    "The exponent of the number " + digits + " is too large.",
                    "msg",
                    String.valueOf(e.getMessage()));
        }
    }

    private static String plus(String scientific) {
        return scientific.replace("E", "E+");
    }

    private TroupeException outOfRange(
            ParserRuleContext tree, String number, String type, String minimum, String maximum) {
        return readers.fail(
                tree,
                "INVALID_NUMERIC_LITERAL_RANGE",
                "22003",
                "Numeric literal "
                        + number
                        + " is outside the valid range for "
                        + type
                        + " with minimum value of "
                        + minimum
                        + " and maximum value of "
                        + maximum
                        + ". Please adjust the value accordingly.",
                "rawStrippedQualifier",
                number,
                "typeName",
                type,
                "minValue",
                minimum,
                "maxValue",
                maximum);
    }

    private Literal typed(TroupeSql.TypedLiteralContext tree) {
        String kind = Names.of(tree.typeName).toUpperCase(Locale.ROOT);
        String text = text(tree.stringToken());
        DateTimeText dates = new DateTimeText(readers.settings().zone());
        Object value = null;
        DataType type = null;
        switch (kind) {
            case "DATE" -> {
                type = AtomicType.DATE;
                value = dates.date(text);
            }
            case "TIMESTAMP_NTZ" -> {
                type = AtomicType.TIMESTAMP_NTZ;
                value = dates.localTimestamp(text);
            }
            case "TIMESTAMP_LTZ" -> {
                type = AtomicType.TIMESTAMP;
                value = dates.timestamp(text);
            }
            case "TIMESTAMP" -> {
                boolean local = readers.settings().timestampNtz() && !dates.namesZone(text);
                type = local ? AtomicType.TIMESTAMP_NTZ : AtomicType.TIMESTAMP;
                value = local ? dates.localTimestamp(text) : dates.timestamp(text);
            }
            case "TIME" -> {
                type = TimeType.DEFAULT;
                value = dates.time(text);
            }
            case "X" -> {
                type = AtomicType.BINARY;
                value = bytes(text);
            }
            case "INTERVAL" -> {
                return intervals.text(tree, text);
            }
            default -> throw unsupported(tree, kind);
        }
        if (value == null) {
            throw invalid(tree, kind, text);
        }
        return new Literal(value, type);
    }

    TroupeException invalid(ParserRuleContext tree, String kind, String text) {
        return readers.fail(
                tree,
                "INVALID_TYPED_LITERAL",
                "42604",
                "The value of the typed literal \"" + kind + "\" is invalid: '" + text + "'.",
                "valueType",
                "\"" + kind + "\"",
                "value",
                "'" + text + "'");
    }

    private TroupeException unsupported(ParserRuleContext tree, String kind) {
        return readers.fail(
                tree,
                "UNSUPPORTED_TYPED_LITERAL",
                "0A000",
                "Literals of the type \""
                        + kind
                        + "\" are not supported. Supported types are "
                        + TYPED_KINDS
                        + ".",
                "unsupportedType",
                "\"" + kind + "\"",
                "supportedTypes",
                TYPED_KINDS);
    }

    private static byte[] bytes(String digits) {
        String even = digits.length() % 2 == 0 ? digits : "0" + digits;
        byte[] out = new byte[even.length() / 2];
        for (int i = 0; i < out.length; i++) {
            int high = Character.digit(even.charAt(2 * i), 16);
            int low = Character.digit(even.charAt(2 * i + 1), 16);
            if (high < 0 || low < 0) {
                return null;
            }
            out[i] = (byte) (high << 4 | low);
        }
        return out;
    }
}
