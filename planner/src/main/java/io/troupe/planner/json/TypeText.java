package io.troupe.planner.json;

import io.troupe.planner.error.Conditions;
import io.troupe.planner.error.TroupeException;
import io.troupe.planner.type.ArrayType;
import io.troupe.planner.type.AtomicType;
import io.troupe.planner.type.DataType;
import io.troupe.planner.type.DayTimeIntervalType;
import io.troupe.planner.type.DecimalType;
import io.troupe.planner.type.MapType;
import io.troupe.planner.type.StringType;
import io.troupe.planner.type.StructField;
import io.troupe.planner.type.StructType;
import io.troupe.planner.type.TimeType;
import io.troupe.planner.type.YearMonthIntervalType;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// Reads types in DDL form: `decimal(10,2)`, `array<struct<a: int, b: string not null>>`, and table
/// schemas `a int, b string COMMENT 'x'`.
public final class TypeText {
    private final String text;
    private int position;

    private TypeText(String text) {
        this.text = text;
    }

    /// A single type.
    public static DataType type(String text) {
        TypeText parser = new TypeText(text);
        DataType type = parser.type();
        parser.end();
        return type;
    }

    /// A schema, or a single type when the text is one (then a struct with one field `value` unless
    /// it is a struct).
    public static StructType schema(String text) {
        TypeText parser = new TypeText(text);
        try {
            StructType schema =
                    new StructType(parser.skipSpace() ? parser.fields('\0') : List.of());
            parser.end();
            return schema;
        } catch (TroupeException notColumns) {
            try {
                DataType type = type(text);
                return type instanceof StructType struct
                        ? struct
                        : new StructType(List.of(new StructField("value", type, true)));
            } catch (TroupeException notType) {
                throw notColumns;
            }
        }
    }

    private List<StructField> fields(char close) {
        List<StructField> fields = new ArrayList<>();
        do {
            skipSpace();
            if (close != '\0' && peek() == close) {
                break;
            }
            String name = identifier();
            skipSpace();
            if (peek() == ':') {
                position++;
            }
            DataType type = type();
            boolean nullable = true;
            String metadata = StructField.NO_METADATA;
            while (skipSpace() && Character.isLetter(peek())) {
                String word = identifier().toLowerCase(Locale.ROOT);
                switch (word) {
                    case "not" -> {
                        expectWord("null");
                        nullable = false;
                    }
                    case "comment" -> metadata = Json.write(Map.of("comment", quotedText()));
                    case "collate" -> type = new StringType(StringType.Kind.STRING, 0, collation());
                    default -> throw error(word);
                }
            }
            fields.add(new StructField(name, type, nullable, metadata));
            skipSpace();
        } while (accept(','));
        return fields;
    }

    private DataType type() {
        skipSpace();
        int start = position;
        String word = identifier().toLowerCase(Locale.ROOT);
        return switch (word) {
            case "boolean", "bool" -> AtomicType.BOOLEAN;
            case "tinyint", "byte" -> AtomicType.BYTE;
            case "smallint", "short" -> AtomicType.SHORT;
            case "int", "integer" -> AtomicType.INTEGER;
            case "bigint", "long" -> AtomicType.LONG;
            case "float", "real" -> AtomicType.FLOAT;
            case "double" -> AtomicType.DOUBLE;
            case "date" -> AtomicType.DATE;
            case "timestamp" -> timestamp();
            case "timestamp_ltz" -> AtomicType.TIMESTAMP;
            case "timestamp_ntz" -> AtomicType.TIMESTAMP_NTZ;
            case "time" -> new TimeType(argument(6));
            case "binary" -> AtomicType.BINARY;
            case "void", "null" -> AtomicType.VOID;
            case "variant" -> AtomicType.VARIANT;
            case "string" -> string();
            case "char", "character" ->
                    new StringType(StringType.Kind.CHAR, size(word), StringType.BINARY_COLLATION);
            case "varchar" ->
                    new StringType(
                            StringType.Kind.VARCHAR, size(word), StringType.BINARY_COLLATION);
            case "decimal", "dec", "numeric" -> decimal();
            case "interval" -> interval();
            case "array" -> {
                expect('<');
                DataType element = type();
                expect('>');
                yield new ArrayType(element, true);
            }
            case "map" -> {
                expect('<');
                DataType key = type();
                expect(',');
                DataType value = type();
                expect('>');
                yield new MapType(key, value, true);
            }
            case "struct" -> {
                expect('<');
                List<StructField> fields = fields('>');
                expect('>');
                yield new StructType(fields);
            }
            default ->
                    throw Conditions.parse(
                            "UNSUPPORTED_DATATYPE",
                            "typeName",
                            Conditions.quoted(
                                    text.substring(start, position).toUpperCase(Locale.ROOT)));
        };
    }

    private DataType timestamp() {
        int mark = position;
        skipSpace();
        if (Character.isLetter(peek())) {
            String word = identifier().toLowerCase(Locale.ROOT);
            if (word.equals("without") || word.equals("with")) {
                if (word.equals("with")) {
                    skipSpace();
                    int local = position;
                    if (!identifier().equalsIgnoreCase("local")) {
                        position = local;
                    }
                }
                expectWord("time");
                expectWord("zone");
                return word.equals("with") ? AtomicType.TIMESTAMP : AtomicType.TIMESTAMP_NTZ;
            }
        }
        position = mark;
        return AtomicType.TIMESTAMP;
    }

    private DataType string() {
        int mark = position;
        skipSpace();
        if (Character.isLetter(peek()) && identifier().equalsIgnoreCase("collate")) {
            return new StringType(StringType.Kind.STRING, 0, collation());
        }
        position = mark;
        return StringType.STRING;
    }

    private String collation() {
        skipSpace();
        return identifier().toUpperCase(Locale.ROOT);
    }

    private DataType decimal() {
        skipSpace();
        if (!accept('(')) {
            return DecimalType.DEFAULT;
        }
        int precision = number();
        int scale = 0;
        skipSpace();
        if (accept(',')) {
            scale = number();
        }
        expect(')');
        if (precision > DecimalType.MAX_PRECISION) {
            throw Conditions.parse(
                    "DECIMAL_PRECISION_EXCEEDS_MAX_PRECISION",
                    "precision",
                    Integer.toString(precision),
                    "maxPrecision",
                    Integer.toString(DecimalType.MAX_PRECISION));
        }
        if (scale > precision) {
            throw Conditions.parse(
                    "INVALID_DECIMAL_TYPE_SCALE_EXCEEDS_PRECISION_FALLBACK",
                    "scale",
                    Integer.toString(scale),
                    "precision",
                    Integer.toString(precision));
        }
        return new DecimalType(precision, scale);
    }

    private DataType interval() {
        int mark = position;
        skipSpace();
        if (!Character.isLetter(peek())) {
            return AtomicType.CALENDAR_INTERVAL;
        }
        String from = identifier().toUpperCase(Locale.ROOT);
        boolean yearMonth = from.equals("YEAR") || from.equals("MONTH");
        boolean dayTime = !yearMonth && isDayTimeField(from);
        if (!yearMonth && !dayTime) {
            position = mark;
            return AtomicType.CALENDAR_INTERVAL;
        }
        String to = from;
        int beforeTo = position;
        skipSpace();
        if (Character.isLetter(peek()) && identifier().equalsIgnoreCase("to")) {
            skipSpace();
            to = identifier().toUpperCase(Locale.ROOT);
        } else {
            position = beforeTo;
        }
        try {
            return yearMonth
                    ? new YearMonthIntervalType(
                            YearMonthIntervalType.Field.valueOf(from),
                            YearMonthIntervalType.Field.valueOf(to))
                    : new DayTimeIntervalType(
                            DayTimeIntervalType.Field.valueOf(from),
                            DayTimeIntervalType.Field.valueOf(to));
        } catch (IllegalArgumentException e) {
            throw error(to);
        }
    }

    private static boolean isDayTimeField(String word) {
        return word.equals("DAY")
                || word.equals("HOUR")
                || word.equals("MINUTE")
                || word.equals("SECOND");
    }

    private int argument(int otherwise) {
        skipSpace();
        if (!accept('(')) {
            return otherwise;
        }
        int value = number();
        expect(')');
        return value;
    }

    private int size(String typeName) {
        skipSpace();
        if (peek() != '(') {
            throw Conditions.parse(
                    "DATATYPE_MISSING_SIZE",
                    "type",
                    Conditions.quoted(typeName.toUpperCase(Locale.ROOT)));
        }
        return argument(0);
    }

    private int number() {
        skipSpace();
        int start = position;
        while (Character.isDigit(peek()) || position == start && peek() == '-') {
            position++;
        }
        try {
            return Integer.parseInt(text.substring(start, position));
        } catch (NumberFormatException e) {
            throw error(near());
        }
    }

    private String identifier() {
        skipSpace();
        if (peek() == '`') {
            StringBuilder name = new StringBuilder();
            position++;
            while (position < text.length()) {
                char c = text.charAt(position++);
                if (c != '`') {
                    name.append(c);
                } else if (peek() == '`') {
                    name.append('`');
                    position++;
                } else {
                    return name.toString();
                }
            }
            throw error(near());
        }
        int start = position;
        while (Character.isLetterOrDigit(peek()) || peek() == '_') {
            position++;
        }
        if (start == position) {
            throw error(near());
        }
        return text.substring(start, position);
    }

    private String quotedText() {
        skipSpace();
        char quote = peek();
        if (quote != '\'' && quote != '"') {
            throw error(near());
        }
        int end = text.indexOf(quote, position + 1);
        if (end < 0) {
            throw error(near());
        }
        String value = text.substring(position + 1, end);
        position = end + 1;
        return value;
    }

    private void expectWord(String word) {
        skipSpace();
        String found = Character.isLetter(peek()) ? identifier() : near();
        if (!found.equalsIgnoreCase(word)) {
            throw error(found);
        }
    }

    private void expect(char c) {
        skipSpace();
        if (!accept(c)) {
            throw error(near());
        }
    }

    private boolean accept(char c) {
        if (peek() == c) {
            position++;
            return true;
        }
        return false;
    }

    private char peek() {
        return position < text.length() ? text.charAt(position) : '\0';
    }

    /// Skips white space; says whether anything is left.
    private boolean skipSpace() {
        while (Character.isWhitespace(peek())) {
            position++;
        }
        return position < text.length();
    }

    private void end() {
        if (skipSpace()) {
            throw error(near());
        }
    }

    private String near() {
        return position >= text.length()
                ? "end of input"
                : text.substring(position, Math.min(text.length(), position + 1));
    }

    private TroupeException error(String near) {
        String error = near.equals("end of input") ? near : "'" + near + "'";
        return Conditions.parse("PARSE_SYNTAX_ERROR", "error", error, "hint", "");
    }
}
