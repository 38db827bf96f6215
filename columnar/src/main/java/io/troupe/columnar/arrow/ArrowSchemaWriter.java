package io.troupe.columnar.arrow;

import com.google.flatbuffers.FlatBufferBuilder;
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
import io.troupe.planner.type.UserDefinedType;
import io.troupe.planner.type.YearMonthIntervalType;
import java.util.List;
import org.apache.arrow.flatbuf.Binary;
import org.apache.arrow.flatbuf.Bool;
import org.apache.arrow.flatbuf.Date;
import org.apache.arrow.flatbuf.DateUnit;
import org.apache.arrow.flatbuf.Decimal;
import org.apache.arrow.flatbuf.Duration;
import org.apache.arrow.flatbuf.Endianness;
import org.apache.arrow.flatbuf.Field;
import org.apache.arrow.flatbuf.FloatingPoint;
import org.apache.arrow.flatbuf.Int;
import org.apache.arrow.flatbuf.Interval;
import org.apache.arrow.flatbuf.IntervalUnit;
import org.apache.arrow.flatbuf.Message;
import org.apache.arrow.flatbuf.MessageHeader;
import org.apache.arrow.flatbuf.MetadataVersion;
import org.apache.arrow.flatbuf.Null;
import org.apache.arrow.flatbuf.Precision;
import org.apache.arrow.flatbuf.Schema;
import org.apache.arrow.flatbuf.Struct_;
import org.apache.arrow.flatbuf.Time;
import org.apache.arrow.flatbuf.TimeUnit;
import org.apache.arrow.flatbuf.Timestamp;
import org.apache.arrow.flatbuf.Type;
import org.apache.arrow.flatbuf.Utf8;

/// Arrow schema messages of Spark schemas, with the types that PySpark uses on the wire.
final class ArrowSchemaWriter {
    private final FlatBufferBuilder builder = new FlatBufferBuilder(1024);
    private final String zone;

    private ArrowSchemaWriter(String zone) {
        this.zone = zone;
    }

    /// The metadata of a schema message.
    static byte[] message(StructType schema, String zone) {
        ArrowSchemaWriter writer = new ArrowSchemaWriter(zone);
        FlatBufferBuilder builder = writer.builder;
        int fields = Schema.createFieldsVector(builder, writer.fields(schema.fields()));
        int header = Schema.createSchema(builder, Endianness.Little, fields, 0, 0);
        builder.finish(
                Message.createMessage(
                        builder, MetadataVersion.V5, MessageHeader.Schema, header, 0, 0));
        return builder.sizedByteArray();
    }

    private int[] fields(List<StructField> fields) {
        return fields.stream()
                .mapToInt(field -> field(field.name(), field.type(), field.nullable()))
                .toArray();
    }

    private int field(String name, DataType type, boolean nullable) {
        DataType plain = ArrowTypes.plain(type);
        int[] children =
                switch (plain) {
                    case ArrayType array ->
                            new int[] {field("element", array.element(), array.containsNull())};
                    case MapType map -> new int[] {entries(map)};
                    case StructType struct -> fields(struct.fields());
                    default -> new int[0];
                };
        int childVector = Field.createChildrenVector(builder, children);
        int nameOffset = builder.createString(name);
        Typed typed = type(plain);
        return Field.createField(
                builder, nameOffset, nullable, typed.kind, typed.offset, 0, childVector, 0);
    }

    private int entries(MapType map) {
        int[] children = {
            field("key", map.key(), false), field("value", map.value(), map.valueContainsNull())
        };
        int childVector = Field.createChildrenVector(builder, children);
        int name = builder.createString("entries");
        Struct_.startStruct_(builder);
        int struct = Struct_.endStruct_(builder);
        return Field.createField(builder, name, false, Type.Struct_, struct, 0, childVector, 0);
    }

    private record Typed(byte kind, int offset) {}

    private Typed type(DataType type) {
        return switch (type) {
            case AtomicType atomic -> atomic(atomic);
            case DecimalType decimal ->
                    new Typed(
                            Type.Decimal,
                            Decimal.createDecimal(
                                    builder, decimal.precision(), decimal.scale(), 128));
            case StringType ignored -> utf8();
            case YearMonthIntervalType ignored ->
                    new Typed(
                            Type.Interval,
                            Interval.createInterval(builder, IntervalUnit.YEAR_MONTH));
            case DayTimeIntervalType ignored ->
                    new Typed(
                            Type.Duration, Duration.createDuration(builder, TimeUnit.MICROSECOND));
            case TimeType ignored ->
                    new Typed(Type.Time, Time.createTime(builder, TimeUnit.NANOSECOND, 64));
            case ArrayType ignored -> {
                org.apache.arrow.flatbuf.List.startList(builder);
                yield new Typed(Type.List, org.apache.arrow.flatbuf.List.endList(builder));
            }
            case MapType ignored ->
                    new Typed(Type.Map, org.apache.arrow.flatbuf.Map.createMap(builder, false));
            case StructType ignored -> {
                Struct_.startStruct_(builder);
                yield new Typed(Type.Struct_, Struct_.endStruct_(builder));
            }
            case UserDefinedType user -> type(user.sqlType());
        };
    }

    private Typed atomic(AtomicType type) {
        return switch (type) {
            case VOID -> {
                Null.startNull(builder);
                yield new Typed(Type.Null, Null.endNull(builder));
            }
            case BOOLEAN -> {
                Bool.startBool(builder);
                yield new Typed(Type.Bool, Bool.endBool(builder));
            }
            case BYTE -> integer(8);
            case SHORT -> integer(16);
            case INTEGER -> integer(32);
            case LONG -> integer(64);
            case FLOAT ->
                    new Typed(
                            Type.FloatingPoint,
                            FloatingPoint.createFloatingPoint(builder, Precision.SINGLE));
            case DOUBLE ->
                    new Typed(
                            Type.FloatingPoint,
                            FloatingPoint.createFloatingPoint(builder, Precision.DOUBLE));
            case BINARY -> {
                Binary.startBinary(builder);
                yield new Typed(Type.Binary, Binary.endBinary(builder));
            }
            case DATE -> new Typed(Type.Date, Date.createDate(builder, DateUnit.DAY));
            case TIMESTAMP -> {
                int zoneOffset = builder.createString(zone);
                yield new Typed(
                        Type.Timestamp,
                        Timestamp.createTimestamp(builder, TimeUnit.MICROSECOND, zoneOffset));
            }
            case TIMESTAMP_NTZ ->
                    new Typed(
                            Type.Timestamp,
                            Timestamp.createTimestamp(builder, TimeUnit.MICROSECOND, 0));
            case CALENDAR_INTERVAL ->
                    new Typed(
                            Type.Interval,
                            Interval.createInterval(builder, IntervalUnit.MONTH_DAY_NANO));
            case VARIANT -> utf8();
        };
    }

    private Typed utf8() {
        Utf8.startUtf8(builder);
        return new Typed(Type.Utf8, Utf8.endUtf8(builder));
    }

    private Typed integer(int bits) {
        return new Typed(Type.Int, Int.createInt(builder, bits, true));
    }
}
