"""Data types to Arrow's and back. pyarrow is imported when first needed: it is slow to load."""

from __future__ import annotations

from typing import Any

from troupe.errors import PySparkTypeError
from troupe.sql._types import atomic
from troupe.sql._types.atomic import CharType, DataType, DecimalType, StringType, TimeType, VarcharType
from troupe.sql._types.intervals import DayTimeIntervalType, YearMonthIntervalType
from troupe.sql._types.nested import ArrayType, MapType, StructField, StructType
from troupe.sql._types.opaque import UserDefinedType, VariantType


def to_arrow_type(dt: DataType) -> Any:
    """The Arrow type that carries values of this type."""
    import pyarrow as pa

    simple = {
        atomic.BooleanType: pa.bool_,
        atomic.ByteType: pa.int8,
        atomic.ShortType: pa.int16,
        atomic.IntegerType: pa.int32,
        atomic.LongType: pa.int64,
        atomic.FloatType: pa.float32,
        atomic.DoubleType: pa.float64,
        atomic.BinaryType: pa.binary,
        atomic.DateType: pa.date32,
        atomic.NullType: pa.null,
    }.get(type(dt))  # type: ignore[arg-type]
    if simple is not None:
        return simple()
    if isinstance(dt, (StringType, CharType, VarcharType)):
        return pa.utf8()
    if isinstance(dt, DecimalType):
        return pa.decimal128(dt.precision, dt.scale)
    if isinstance(dt, atomic.TimestampType):
        return pa.timestamp("us", tz="UTC")
    if isinstance(dt, atomic.TimestampNTZType):
        return pa.timestamp("us")
    if isinstance(dt, DayTimeIntervalType):
        return pa.duration("us")
    if isinstance(dt, YearMonthIntervalType):
        return pa.int32()
    if isinstance(dt, TimeType):
        return pa.time64("ns")
    if isinstance(dt, ArrayType):
        return pa.list_(pa.field("element", to_arrow_type(dt.elementType), nullable=dt.containsNull))
    if isinstance(dt, MapType):
        value = pa.field("value", to_arrow_type(dt.valueType), nullable=dt.valueContainsNull)
        return pa.map_(pa.field("key", to_arrow_type(dt.keyType), nullable=False), value)
    if isinstance(dt, StructType):
        return pa.struct(list(to_arrow_schema(dt)))
    if isinstance(dt, UserDefinedType):
        return to_arrow_type(dt.sqlType())
    if isinstance(dt, VariantType):
        return pa.struct([pa.field("value", pa.binary(), False), pa.field("metadata", pa.binary(), False)])
    raise PySparkTypeError(
        errorClass="UNSUPPORTED_DATA_TYPE_FOR_ARROW_CONVERSION", messageParameters={"data_type": str(dt)}
    )


def to_arrow_schema(schema: StructType) -> Any:
    import pyarrow as pa

    return pa.schema([pa.field(f.name, to_arrow_type(f.dataType), nullable=f.nullable) for f in schema.fields])


def from_arrow_type(at: Any, prefer_ntz: bool = True) -> DataType:
    """The data type of Arrow data that a user gives."""
    import pyarrow.types as kinds

    for check, cls in (
        (kinds.is_boolean, atomic.BooleanType),
        (kinds.is_int8, atomic.ByteType),
        (kinds.is_int16, atomic.ShortType),
        (kinds.is_int32, atomic.IntegerType),
        (kinds.is_int64, atomic.LongType),
        (kinds.is_float32, atomic.FloatType),
        (kinds.is_float64, atomic.DoubleType),
        (kinds.is_date32, atomic.DateType),
        (kinds.is_null, atomic.NullType),
        (kinds.is_duration, DayTimeIntervalType),
        (kinds.is_time, TimeType),
    ):
        if check(at):
            return cls()
    if kinds.is_string(at) or kinds.is_large_string(at) or kinds.is_string_view(at):
        return StringType()
    if kinds.is_binary(at) or kinds.is_large_binary(at) or kinds.is_fixed_size_binary(at):
        return atomic.BinaryType()
    if kinds.is_decimal(at):
        return DecimalType(precision=at.precision, scale=at.scale)
    if kinds.is_timestamp(at):
        return atomic.TimestampNTZType() if at.tz is None and prefer_ntz else atomic.TimestampType()
    if kinds.is_list(at) or kinds.is_large_list(at) or kinds.is_fixed_size_list(at):
        return ArrayType(from_arrow_type(at.value_type, prefer_ntz))
    if kinds.is_map(at):
        return MapType(from_arrow_type(at.key_type, prefer_ntz), from_arrow_type(at.item_type, prefer_ntz))
    if kinds.is_struct(at):
        return StructType([StructField(f.name, from_arrow_type(f.type, prefer_ntz), f.nullable) for f in at])
    if kinds.is_dictionary(at):
        return from_arrow_type(at.value_type, prefer_ntz)
    raise PySparkTypeError(
        errorClass="UNSUPPORTED_DATA_TYPE_FOR_ARROW_CONVERSION", messageParameters={"data_type": str(at)}
    )


def from_arrow_schema(schema: Any, prefer_ntz: bool = True) -> StructType:
    return StructType([StructField(f.name, from_arrow_type(f.type, prefer_ntz), f.nullable) for f in schema])
