package io.troupe.columnar.arrow;

import io.troupe.columnar.arrow.ArrowField.Kind;
import io.troupe.columnar.arrow.ArrowField.Layout;
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
import org.apache.arrow.flatbuf.Date;
import org.apache.arrow.flatbuf.DateUnit;
import org.apache.arrow.flatbuf.Decimal;
import org.apache.arrow.flatbuf.DictionaryEncoding;
import org.apache.arrow.flatbuf.Duration;
import org.apache.arrow.flatbuf.Endianness;
import org.apache.arrow.flatbuf.Field;
import org.apache.arrow.flatbuf.FixedSizeBinary;
import org.apache.arrow.flatbuf.FixedSizeList;
import org.apache.arrow.flatbuf.FloatingPoint;
import org.apache.arrow.flatbuf.Int;
import org.apache.arrow.flatbuf.Interval;
import org.apache.arrow.flatbuf.IntervalUnit;
import org.apache.arrow.flatbuf.Precision;
import org.apache.arrow.flatbuf.Schema;
import org.apache.arrow.flatbuf.Time;
import org.apache.arrow.flatbuf.TimeUnit;
import org.apache.arrow.flatbuf.Timestamp;
import org.apache.arrow.flatbuf.Type;

/// Reads Arrow schemas into Spark types and layouts.
final class ArrowSchemaReader {
    private static final int MAX_DEPTH = 64;

    private ArrowSchemaReader() {}

    static List<ArrowField> fields(Schema schema) {
        if (schema.endianness() != Endianness.Little) {
            throw new ArrowFormatException(
                    "the Arrow stream is big-endian; write it little-endian");
        }
        List<ArrowField> fields = new ArrayList<>();
        for (int i = 0; i < schema.fieldsLength(); i++) {
            fields.add(field(schema.fields(i), 0));
        }
        return fields;
    }

    static StructType structOf(List<ArrowField> fields) {
        return new StructType(
                fields.stream()
                        .map(field -> new StructField(field.name(), field.type(), field.nullable()))
                        .toList());
    }

    private static ArrowField field(Field field, int depth) {
        if (depth > MAX_DEPTH) {
            throw new ArrowFormatException(
                    "column types are nested more than " + MAX_DEPTH + " deep");
        }
        String name = field.name() == null ? "" : field.name();
        List<ArrowField> children = new ArrayList<>();
        for (int i = 0; i < field.childrenLength(); i++) {
            children.add(field(field.children(i), depth + 1));
        }
        Typed typed = type(field, name, children);
        DictionaryEncoding dictionary = field.dictionary();
        if (dictionary == null) {
            return new ArrowField(
                    name, field.nullable(), typed.type, typed.layout, children, -1, 0, false);
        }
        Int index = dictionary.indexType();
        int bits = index == null ? 32 : index.bitWidth();
        boolean signed = index == null || index.isSigned();
        return new ArrowField(
                name,
                field.nullable(),
                typed.type,
                typed.layout,
                children,
                dictionary.id(),
                bits,
                signed);
    }

    private record Typed(DataType type, Layout layout) {
        Typed(DataType type, Kind kind, int width) {
            this(type, new Layout(kind, width));
        }
    }

    private static Typed type(Field field, String name, List<ArrowField> children) {
        return switch (field.typeType()) {
            case Type.Null -> new Typed(AtomicType.VOID, Kind.NULL, 0);
            case Type.Bool -> new Typed(AtomicType.BOOLEAN, Kind.BOOLEAN, 0);
            case Type.Int -> integer((Int) field.type(new Int()));
            case Type.FloatingPoint -> floating((FloatingPoint) field.type(new FloatingPoint()));
            case Type.Decimal -> decimal((Decimal) field.type(new Decimal()), name);
            case Type.Utf8 -> new Typed(StringType.STRING, Kind.BYTES, 4);
            case Type.LargeUtf8 -> new Typed(StringType.STRING, Kind.BYTES, 8);
            case Type.Binary -> new Typed(AtomicType.BINARY, Kind.BYTES, 4);
            case Type.LargeBinary -> new Typed(AtomicType.BINARY, Kind.BYTES, 8);
            case Type.FixedSizeBinary ->
                    new Typed(
                            AtomicType.BINARY,
                            Kind.FIXED_BYTES,
                            ((FixedSizeBinary) field.type(new FixedSizeBinary())).byteWidth());
            case Type.Date -> date((Date) field.type(new Date()));
            case Type.Time -> time((Time) field.type(new Time()));
            case Type.Timestamp -> timestamp((Timestamp) field.type(new Timestamp()));
            case Type.Duration ->
                    new Typed(
                            DayTimeIntervalType.DEFAULT,
                            new Layout(
                                    Kind.LONG,
                                    8,
                                    micros(((Duration) field.type(new Duration())).unit())));
            case Type.Interval -> interval((Interval) field.type(new Interval()));
            case Type.List -> list(children, name, Kind.LIST, 4);
            case Type.LargeList -> list(children, name, Kind.LIST, 8);
            case Type.FixedSizeList ->
                    list(
                            children,
                            name,
                            Kind.FIXED_LIST,
                            ((FixedSizeList) field.type(new FixedSizeList())).listSize());
            case Type.Struct_ -> new Typed(structOf(children), Kind.STRUCT, 0);
            case Type.Map -> map(children, name);
            default ->
                    throw new ArrowFormatException(
                            "column "
                                    + name
                                    + " has the Arrow type "
                                    + (field.typeType() < Type.names.length
                                            ? Type.names[field.typeType()]
                                            : field.typeType())
                                    + ", which is not supported; cast it first, views to string or binary");
        };
    }

    private static Typed list(List<ArrowField> children, String name, Kind kind, int width) {
        if (children.size() != 1) {
            throw new ArrowFormatException(
                    "list column " + name + " has " + children.size() + " children");
        }
        ArrowField element = children.getFirst();
        return new Typed(new ArrayType(element.type(), element.nullable()), kind, width);
    }

    private static Typed map(List<ArrowField> children, String name) {
        if (children.size() != 1 || children.getFirst().children().size() != 2) {
            throw new ArrowFormatException(
                    "map column " + name + " has no entries of key and value");
        }
        List<ArrowField> entry = children.getFirst().children();
        return new Typed(
                new MapType(entry.get(0).type(), entry.get(1).type(), entry.get(1).nullable()),
                Kind.MAP,
                4);
    }

    private static Typed integer(Int type) {
        boolean signed = type.isSigned();
        return switch (type.bitWidth()) {
            case 8 ->
                    signed
                            ? new Typed(AtomicType.BYTE, Kind.INT, 1)
                            : new Typed(AtomicType.SHORT, Kind.UNSIGNED_INT, 1);
            case 16 ->
                    signed
                            ? new Typed(AtomicType.SHORT, Kind.INT, 2)
                            : new Typed(AtomicType.INTEGER, Kind.UNSIGNED_INT, 2);
            case 32 ->
                    signed
                            ? new Typed(AtomicType.INTEGER, Kind.INT, 4)
                            : new Typed(AtomicType.LONG, Kind.UNSIGNED_INT, 4);
            default ->
                    signed
                            ? new Typed(AtomicType.LONG, Kind.LONG, 8)
                            : new Typed(new DecimalType(20, 0), Kind.UNSIGNED_LONG, 8);
        };
    }

    private static Typed floating(FloatingPoint type) {
        return switch (type.precision()) {
            case Precision.HALF -> new Typed(AtomicType.FLOAT, Kind.HALF, 2);
            case Precision.SINGLE -> new Typed(AtomicType.FLOAT, Kind.FLOAT, 4);
            default -> new Typed(AtomicType.DOUBLE, Kind.DOUBLE, 8);
        };
    }

    private static Typed decimal(Decimal type, String name) {
        int precision = type.precision();
        int scale = type.scale();
        if (precision < 1
                || precision > DecimalType.MAX_PRECISION
                || scale < 0
                || scale > precision) {
            throw new ArrowFormatException(
                    "column "
                            + name
                            + " is decimal("
                            + precision
                            + ","
                            + scale
                            + "); at most 38 digits and a scale within them are supported");
        }
        return new Typed(new DecimalType(precision, scale), Kind.DECIMAL, type.bitWidth() / 8);
    }

    private static Typed date(Date type) {
        return type.unit() == DateUnit.DAY
                ? new Typed(AtomicType.DATE, Kind.INT, 4)
                : new Typed(AtomicType.DATE, Kind.DATE_MILLIS, 8);
    }

    private static Typed time(Time type) {
        long factor =
                switch (type.unit()) {
                    case TimeUnit.SECOND -> 1_000_000_000L;
                    case TimeUnit.MILLISECOND -> 1_000_000L;
                    case TimeUnit.MICROSECOND -> 1_000L;
                    default -> 1L;
                };
        Kind kind = type.bitWidth() == 32 ? Kind.LONG_FROM_INT : Kind.LONG;
        return new Typed(TimeType.DEFAULT, new Layout(kind, type.bitWidth() / 8, factor));
    }

    private static Typed timestamp(Timestamp type) {
        boolean zoned = type.timezone() != null && !type.timezone().isEmpty();
        DataType spark = zoned ? AtomicType.TIMESTAMP : AtomicType.TIMESTAMP_NTZ;
        return new Typed(spark, new Layout(Kind.LONG, 8, micros(type.unit())));
    }

    private static long micros(short unit) {
        return switch (unit) {
            case TimeUnit.SECOND -> 1_000_000L;
            case TimeUnit.MILLISECOND -> 1_000L;
            case TimeUnit.MICROSECOND -> 1L;
            default -> -1_000L;
        };
    }

    private static Typed interval(Interval type) {
        return switch (type.unit()) {
            case IntervalUnit.YEAR_MONTH -> new Typed(YearMonthIntervalType.DEFAULT, Kind.INT, 4);
            case IntervalUnit.DAY_TIME -> new Typed(DayTimeIntervalType.DEFAULT, Kind.DAY_TIME, 8);
            default -> new Typed(AtomicType.CALENDAR_INTERVAL, Kind.MONTH_DAY_NANO, 16);
        };
    }
}
