package io.troupe.columnar.source.json;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.troupe.columnar.source.text.TextColumn;
import io.troupe.columnar.source.text.TextTimes;
import io.troupe.columnar.vector.Vector;
import io.troupe.planner.type.AtomicType;
import io.troupe.planner.type.DataType;
import io.troupe.planner.type.DecimalType;
import io.troupe.planner.type.StringType;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.Base64;

/// A column of an atomic type. Numbers come from JSON numbers only; strings take any value, as the
/// text that it had.
final class JsonScalarColumn extends JsonColumn {
    private static final long MICROS_PER_SECOND = 1_000_000L;

    private final DataType type;
    private final TextColumn column;

    JsonScalarColumn(DataType type, TextTimes times) {
        this.type = type;
        this.column = new TextColumn(type, times);
    }

    @Override
    boolean append(JsonParser parser, byte[] source) throws IOException {
        JsonToken token = parser.currentToken();
        if (token == JsonToken.VALUE_NULL) {
            appendNull();
            return true;
        }
        if (type instanceof StringType || type == AtomicType.VARIANT) {
            return text(parser, token, source);
        }
        if (type instanceof DecimalType) {
            return decimal(parser, token);
        }
        return type instanceof AtomicType atomic
                ? atomic(parser, token, atomic)
                : string(parser, token);
    }

    private boolean atomic(JsonParser parser, JsonToken token, AtomicType atomic)
            throws IOException {
        return switch (atomic) {
            case BOOLEAN -> {
                if (token != JsonToken.VALUE_TRUE && token != JsonToken.VALUE_FALSE) {
                    yield mismatch(parser);
                }
                column.appendBoolean(token == JsonToken.VALUE_TRUE);
                yield true;
            }
            case BYTE, SHORT, INTEGER, LONG -> whole(parser, token, atomic);
            case FLOAT, DOUBLE -> floating(parser, token);
            case TIMESTAMP -> {
                if (token == JsonToken.VALUE_NUMBER_INT) {
                    column.appendLong(Math.multiplyExact(parser.getLongValue(), MICROS_PER_SECOND));
                    yield true;
                }
                yield string(parser, token);
            }
            case BINARY -> binary(parser, token);
            default -> string(parser, token);
        };
    }

    private boolean whole(JsonParser parser, JsonToken token, AtomicType atomic)
            throws IOException {
        if (token != JsonToken.VALUE_NUMBER_INT
                || parser.getNumberType() == JsonParser.NumberType.BIG_INTEGER) {
            return mismatch(parser);
        }
        long value = parser.getLongValue();
        boolean fits =
                switch (atomic) {
                    case BYTE -> value == (byte) value;
                    case SHORT -> value == (short) value;
                    case INTEGER -> value == (int) value;
                    default -> true;
                };
        if (!fits) {
            return mismatch(parser);
        }
        column.appendLong(value);
        return true;
    }

    private boolean floating(JsonParser parser, JsonToken token) throws IOException {
        if (token == JsonToken.VALUE_NUMBER_INT || token == JsonToken.VALUE_NUMBER_FLOAT) {
            column.appendDouble(parser.getDoubleValue());
            return true;
        }
        Double special =
                token != JsonToken.VALUE_STRING
                        ? null
                        : switch (parser.getText()) {
                            case "NaN" -> Double.NaN;
                            case "+INF", "INF", "+Infinity", "Infinity" -> Double.POSITIVE_INFINITY;
                            case "-INF", "-Infinity" -> Double.NEGATIVE_INFINITY;
                            default -> null;
                        };
        if (special == null) {
            return mismatch(parser);
        }
        column.appendDouble(special);
        return true;
    }

    private boolean decimal(JsonParser parser, JsonToken token) throws IOException {
        if (token == JsonToken.VALUE_NUMBER_INT || token == JsonToken.VALUE_NUMBER_FLOAT) {
            return column.appendDecimal(parser.isNaN() ? null : parser.getDecimalValue());
        }
        if (token != JsonToken.VALUE_STRING) {
            return mismatch(parser);
        }
        try {
            return column.appendDecimal(new BigDecimal(parser.getText()));
        } catch (NumberFormatException malformed) {
            return mismatch(parser);
        }
    }

    private boolean binary(JsonParser parser, JsonToken token) throws IOException {
        if (token != JsonToken.VALUE_STRING) {
            return mismatch(parser);
        }
        try {
            byte[] data = Base64.getMimeDecoder().decode(parser.getText());
            return column.appendBytes(data, 0, data.length);
        } catch (IllegalArgumentException malformed) {
            return mismatch(parser);
        }
    }

    private boolean string(JsonParser parser, JsonToken token) throws IOException {
        return token == JsonToken.VALUE_STRING && !parser.getText().isEmpty()
                ? column.appendText(parser.getText())
                : mismatch(parser);
    }

    /// Strings as they are; everything else as its JSON text.
    private boolean text(JsonParser parser, JsonToken token, byte[] source) throws IOException {
        if (token == JsonToken.VALUE_STRING && type instanceof StringType) {
            return column.appendText(parser.getText());
        }
        int from = (int) parser.currentTokenLocation().getByteOffset();
        parser.skipChildren();
        parser.finishToken();
        int to = (int) parser.currentLocation().getByteOffset();
        // A number's end shows only by the character behind it, which may already be counted.
        while (to > from && !endsValue(source[to - 1], token)) {
            to--;
        }
        return column.appendBytes(source, from, to);
    }

    private static boolean endsValue(byte last, JsonToken token) {
        return !token.isNumeric()
                || last >= '0' && last <= '9'
                || last == '.'
                || last >= 'A' && last <= 'z' && last != ']';
    }

    @Override
    void appendNull() {
        column.appendNull();
    }

    @Override
    int length() {
        return column.length();
    }

    @Override
    void truncate(int length) {
        if (length < column.length()) {
            column.truncate(length);
        }
    }

    @Override
    Vector build() {
        return column.build();
    }
}
