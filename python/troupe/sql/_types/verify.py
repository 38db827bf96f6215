"""Checks and conversions of Python values against a given schema."""

from __future__ import annotations

import array
import datetime
import decimal
from collections.abc import Callable
from typing import Any

from troupe.errors import PySparkTypeError, PySparkValueError
from troupe.sql._types import atomic, intervals
from troupe.sql._types.atomic import CharType, DataType, NullType, StringType, VarcharType
from troupe.sql._types.nested import ArrayType, MapType, StructType
from troupe.sql._types.opaque import UserDefinedType, VariantType
from troupe.sql._types.spatial import Geography, GeographyType, Geometry, GeometryType

Check = Callable[[Any], None]

_acceptable_types: dict[type[DataType], tuple[type, ...]] = {
    atomic.BooleanType: (bool,),
    atomic.ByteType: (int,),
    atomic.ShortType: (int,),
    atomic.IntegerType: (int,),
    atomic.LongType: (int,),
    atomic.FloatType: (float,),
    atomic.DoubleType: (float,),
    atomic.DecimalType: (decimal.Decimal,),
    atomic.StringType: (str,),
    atomic.CharType: (str,),
    atomic.VarcharType: (str,),
    atomic.BinaryType: (bytearray, bytes),
    atomic.DateType: (datetime.date, datetime.datetime),
    atomic.TimeType: (datetime.time,),
    atomic.TimestampType: (datetime.datetime,),
    atomic.TimestampNTZType: (datetime.datetime,),
    intervals.DayTimeIntervalType: (datetime.timedelta,),
    GeographyType: (Geography,),
    GeometryType: (Geometry,),
    ArrayType: (list, tuple, array.array),
    MapType: (dict,),
    StructType: (tuple, list, dict),
}

_BOUNDS: dict[type[DataType], tuple[int, int]] = {
    atomic.ByteType: (-(1 << 7), (1 << 7) - 1),
    atomic.ShortType: (-(1 << 15), (1 << 15) - 1),
    atomic.IntegerType: (-(1 << 31), (1 << 31) - 1),
    atomic.LongType: (-(1 << 63), (1 << 63) - 1),
}


def _fail(error: type[Exception], condition: str, name: str | None, **parameters: str) -> None:
    if name is not None:
        raise error(errorClass=f"{condition}_WITH_NAME", messageParameters={"field_name": name, **parameters})  # type: ignore[call-arg]
    raise error(errorClass=condition, messageParameters=parameters)  # type: ignore[call-arg]


def _refuse(dt: DataType, obj: Any, name: str | None) -> None:
    _fail(
        PySparkTypeError,
        "FIELD_DATA_TYPE_UNACCEPTABLE",
        name,
        data_type=str(dt),
        obj=repr(obj),
        obj_type=str(type(obj)),
    )


def _make_type_verifier(dataType: DataType, nullable: bool = True, name: str | None = None) -> Check:
    """A function that raises when a value is not of the type, naming the field."""
    check = _value_check(dataType, name)

    def verify(obj: Any) -> None:
        if obj is None or (isinstance(obj, decimal.Decimal) and obj.is_nan()):
            if not nullable:
                _fail(PySparkValueError, "FIELD_NOT_NULLABLE", name)
        else:
            check(obj)

    return verify


def _value_check(dt: DataType, name: str | None) -> Check:
    if isinstance(dt, (StringType, CharType, VarcharType, VariantType)):
        return lambda obj: None  # any object becomes text
    if isinstance(dt, UserDefinedType):
        return _udt_check(dt, name)
    if isinstance(dt, ArrayType):
        return _array_check(dt, name)
    if isinstance(dt, MapType):
        return _map_check(dt, name)
    if isinstance(dt, StructType):
        return _struct_check(dt, name)
    return _plain_check(dt, name)


def _plain_check(dt: DataType, name: str | None) -> Check:
    accepted = _acceptable_types.get(type(dt))
    bounds = _BOUNDS.get(type(dt))

    def check(obj: Any) -> None:
        assert accepted is not None, f"unknown datatype: {dt} for object {obj!r}"
        if type(obj) not in accepted:
            _refuse(dt, obj, name)
        if bounds is not None and not bounds[0] <= obj <= bounds[1]:
            raise PySparkValueError(
                errorClass="VALUE_OUT_OF_BOUNDS",
                messageParameters={
                    "arg_name": "obj",
                    "lower_bound": str(bounds[0]),
                    "upper_bound": str(bounds[1]),
                    "actual": str(obj),
                },
            )

    return check


def _udt_check(dt: UserDefinedType, name: str | None) -> Check:
    inner = _make_type_verifier(dt.sqlType(), name=name)

    def check(obj: Any) -> None:
        if not (hasattr(obj, "__UDT__") and dt == obj.__UDT__):
            _fail(PySparkValueError, "FIELD_TYPE_MISMATCH", name, obj=str(obj), data_type=str(dt))
        inner(dt.toInternal(obj))

    return check


def _array_check(dt: ArrayType, name: str | None) -> Check:
    plain = _plain_check(dt, name)
    element = _make_type_verifier(dt.elementType, dt.containsNull, name=f"element in array {name}")

    def check(obj: Any) -> None:
        plain(obj)
        for value in obj:
            element(value)

    return check


def _map_check(dt: MapType, name: str | None) -> Check:
    plain = _plain_check(dt, name)
    key_check = _make_type_verifier(dt.keyType, False, name=f"key of map {name}")
    value_check = _make_type_verifier(dt.valueType, dt.valueContainsNull, name=f"value of map {name}")

    def check(obj: Any) -> None:
        plain(obj)
        for key, value in obj.items():
            key_check(key)
            value_check(value)

    return check


def _struct_check(dt: StructType, name: str | None) -> Check:
    def field_name(field: str) -> str:
        return f"field {field}" if name is None else f"field {field} in {name}"

    checks = [(f.name, _make_type_verifier(f.dataType, f.nullable, name=field_name(f.name))) for f in dt.fields]

    def check(obj: Any) -> None:
        if isinstance(obj, (tuple, list)):
            if len(obj) != len(checks):
                _fail(
                    PySparkValueError,
                    "FIELD_STRUCT_LENGTH_MISMATCH",
                    name,
                    object_length=str(len(obj)),
                    field_length=str(len(checks)),
                )
            for value, (_, verify) in zip(obj, checks, strict=True):
                verify(value)
        elif isinstance(obj, dict) or hasattr(obj, "__dict__"):
            values = obj if isinstance(obj, dict) else obj.__dict__
            for field, verify in checks:
                verify(values.get(field))
        else:
            _refuse(dt, obj, name)

    return check


def _need_converter(dt: DataType) -> bool:
    if isinstance(dt, ArrayType):
        return _need_converter(dt.elementType)
    if isinstance(dt, MapType):
        return _need_converter(dt.keyType) or _need_converter(dt.valueType)
    return isinstance(dt, (StructType, NullType, StringType))


def _as_text(value: Any) -> str | None:
    if value is None:
        return None
    return str(value).lower() if isinstance(value, bool) else str(value)


def _create_converter(dataType: DataType) -> Callable[[Any], Any]:
    """A function that turns rows of any accepted shape into tuples in the schema's order."""
    if isinstance(dataType, StructType):
        return _struct_converter(dataType)
    if not _need_converter(dataType):
        return lambda x: x
    if isinstance(dataType, ArrayType):
        convert = _create_converter(dataType.elementType)
        return lambda row: None if row is None else [convert(v) for v in row]
    if isinstance(dataType, MapType):
        key, value = _create_converter(dataType.keyType), _create_converter(dataType.valueType)
        return lambda row: None if row is None else {key(k): value(v) for k, v in row.items()}
    return _as_text if isinstance(dataType, StringType) else lambda x: None


def _struct_converter(dt: StructType) -> Callable[[Any], Any]:
    names = dt.names
    converters = [_create_converter(f.dataType) for f in dt.fields]

    def convert(obj: Any) -> tuple[Any, ...] | None:
        if obj is None:
            return None
        if isinstance(obj, (tuple, list)):
            return tuple(c(v) for v, c in zip(obj, converters, strict=False))
        values = obj if isinstance(obj, dict) else getattr(obj, "__dict__", None)
        if values is None:
            raise PySparkTypeError(
                errorClass="UNSUPPORTED_DATA_TYPE", messageParameters={"data_type": type(obj).__name__}
            )
        return tuple(c(values.get(n)) for n, c in zip(names, converters, strict=True))

    return convert
